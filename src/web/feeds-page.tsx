import type { Child } from 'hono/jsx';
import {
  choiceOf,
  type FeedChoice,
  GENERAL_FEEDS,
  MAX_ITEMS,
  renderFeedPath,
} from '../syndication/feed-address.ts';
import { FEED_FORMATS } from '../syndication/feed-document.ts';
import { pageOfSubject, subjectInWords } from '../syndication/feed-subject.ts';
import { FORMAT_NAMES } from './feed-links.tsx';
import { Layout, type Site } from './layout.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

/** The feed of a search that the form asks for. */
export type BuiltSearch = {
  q: string;
  by: string;
  votes: string;
  choice: FeedChoice | undefined;
  problem: string | undefined;
};

const ABOUT: Record<(typeof GENERAL_FEEDS)[number], string> = {
  day: 'Each paper on the list of its day, an item a paper.',
  days: 'The list of each day in its order when the day closed, an item a day.',
  trending: 'What is talked about most for its age and field.',
  week: 'The papers with the most votes on the lists of the newest week.',
  month: 'The same of the newest month.',
};

export function FeedsPage({
  site,
  categories,
  built,
}: {
  site: Site;
  categories: string[];
  built: BuiltSearch;
}) {
  return (
    <Layout
      site={site}
      head={{
        title: 'Feeds',
        description: `Papers of ${site.name} in a feed reader: RSS, Atom and JSON Feed.`,
        path: '/feeds',
        feeds: GENERAL_FEEDS.map((kind) => ({ kind })),
      }}
    >
      <div class="prose feeds-page">
        <h1>Feeds</h1>
        <p>
          Papers come to a feed reader by themselves. Each feed is there as RSS 2.0, Atom and JSON
          Feed: give your reader one of the addresses, or{' '}
          <a href="/feeds.opml">all of them as OPML</a>.
        </p>
        <h2 id="general">Lists</h2>
        <ul class="rows">
          {GENERAL_FEEDS.map((kind) => (
            <FeedRow site={site} choice={choiceOf({ kind })}>
              {ABOUT[kind]}
            </FeedRow>
          ))}
        </ul>
        <h2 id="narrower">Fewer papers</h2>
        <p>
          Every address takes <code>?min_votes=20</code>: a paper comes in when it first has so many
          votes, here and elsewhere together, once, and stays in. <code>?limit=10</code> gives so
          many items, up to {MAX_ITEMS}.
        </p>
        <SearchFeed site={site} built={built} />
        <h2 id="others">Of one author, person, edition or paper</h2>
        <p>
          The pages of authors, people, editions and papers name their feeds, so that a reader finds
          them when it is given the page’s address. They are:
        </p>
        <dl class="feed-patterns">
          {PATTERNS.map(([pattern, about]) => (
            <>
              <dt>
                <code>{pattern}</code>
              </dt>
              <dd>{about}</dd>
            </>
          ))}
        </dl>
        <h2 id="private">Private feeds</h2>
        <p>
          Members make private feeds in their <a href="/settings/feeds">settings</a>, of all of this
          and of what their alerts find. Such an address needs no signing in and can be revoked.
        </p>
        <h2 id="categories">Categories</h2>
        {categories.length === 0 ? (
          <p class="empty">No paper here is in a category yet.</p>
        ) : (
          <ul class="feed-categories">
            {categories.map((category) => (
              <li>
                <a href={pageOfSubject({ kind: 'category', category })}>{category}</a>{' '}
                <Formats choice={choiceOf({ kind: 'category', category })} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Layout>
  );
}

const PATTERNS = [
  ['/feeds/authors/ada-lovelace.atom', 'papers under a name'],
  ['/feeds/people/handle/votes.atom', 'what somebody votes for, where they let everyone see it'],
  ['/feeds/people/handle/comments.atom', 'what somebody writes'],
  ['/feeds/editions/2025-10-29-page.atom', 'the papers of a saved page'],
  ['/feeds/papers/2510.12345/comments.atom', 'the discussion of a paper'],
] as const;

function FeedRow({ site, choice, children }: { site: Site; choice: FeedChoice; children?: Child }) {
  return (
    <li>
      <span>
        <b>{subjectInWords(choice.subject)}</b> <Formats choice={choice} />
        {children && (
          <>
            <br />
            <span class="note">{children}</span>
          </>
        )}
        <FeedAddress url={site.url + renderFeedPath(choice, 'atom')} />
      </span>
    </li>
  );
}

/** A click marks the whole of it, ready to be copied. */
export function FeedAddress({ url }: { url: string }) {
  return <code class="feed-address">{url}</code>;
}

function Formats({ choice }: { choice: FeedChoice }) {
  const name = subjectInWords(choice.subject);
  return (
    <span class="feed-formats">
      {FEED_FORMATS.map((format) => (
        <a href={renderFeedPath(choice, format)} aria-label={`${name} as ${FORMAT_NAMES[format]}`}>
          {FORMAT_NAMES[format]}
        </a>
      ))}
    </span>
  );
}

export const WAYS: [string, string][] = [
  ['either', 'words or meaning'],
  ['words', 'words'],
  ['meaning', 'meaning'],
];

function SearchFeed({ site, built }: { site: Site; built: BuiltSearch }) {
  return (
    <>
      <h2 id="search">A search as a feed</h2>
      <form action="/feeds#search" class="stacked feed-search">
        <label for="feed-q">Search for</label>
        <input
          id="feed-q"
          name="q"
          value={built.q}
          required
          maxlength={300}
          {...problemAttributes('feed-q', built.problem)}
        />
        <FieldProblem id="feed-q" problem={built.problem} />
        <label for="feed-by">By</label>
        <select id="feed-by" name="by">
          {WAYS.map(([value, label]) => (
            <option value={value} selected={value === built.by}>
              {label}
            </option>
          ))}
        </select>
        <label for="feed-votes">From so many votes on, or nothing</label>
        <input id="feed-votes" name="min_votes" inputmode="numeric" value={built.votes} />
        <button type="submit">Show the address</button>
      </form>
      {built.choice && (
        <ul class="rows">
          <FeedRow site={site} choice={built.choice} />
        </ul>
      )}
    </>
  );
}
