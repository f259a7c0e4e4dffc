import type { Child } from 'hono/jsx';
import { words } from '../language/words.ts';
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
  problems: { q?: string; votes?: string };
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
  const texts = words.feeds;
  return (
    <Layout
      site={site}
      head={{
        title: texts.title,
        description: texts.description(site.name),
        path: '/feeds',
        feeds: GENERAL_FEEDS.map((kind) => ({ kind })),
      }}
    >
      <div class="prose feeds-page">
        <h1>{texts.title}</h1>
        <p>
          {texts.about((text) => (
            <a href="/feeds.opml">{text}</a>
          ))}
        </p>
        <h2 id="general">{texts.lists}</h2>
        <ul class="rows">
          {GENERAL_FEEDS.map((kind) => (
            <FeedRow site={site} choice={choiceOf({ kind })}>
              {texts.general[kind]}
            </FeedRow>
          ))}
        </ul>
        <h2 id="narrower">{texts.fewer}</h2>
        <p>{texts.fewerNote(MAX_ITEMS)}</p>
        <SearchFeed site={site} built={built} />
        <h2 id="others">{texts.others}</h2>
        <p>{texts.othersNote}</p>
        <dl class="feed-patterns">
          {PATTERNS.map(([pattern, kind]) => (
            <>
              <dt>
                <code>{pattern}</code>
              </dt>
              <dd>{texts.patterns[kind]}</dd>
            </>
          ))}
        </dl>
        <h2 id="private">{texts.private}</h2>
        <p>
          {texts.privateNote((text) => (
            <a href="/settings/feeds">{text}</a>
          ))}
        </p>
        <h2 id="categories">{texts.categories}</h2>
        {categories.length === 0 ? (
          <p class="empty">{texts.noCategories}</p>
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
  ['/feeds/authors/ada-lovelace.atom', 'author'],
  ['/feeds/people/handle/votes.atom', 'votes'],
  ['/feeds/people/handle/comments.atom', 'comments'],
  ['/feeds/editions/2025-10-29-page.atom', 'edition'],
  ['/feeds/papers/2510.12345/comments.atom', 'discussion'],
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
        <a
          href={renderFeedPath(choice, format)}
          aria-label={words.feeds.as(name, FORMAT_NAMES[format])}
        >
          {FORMAT_NAMES[format]}
        </a>
      ))}
    </span>
  );
}

/** What a search may go by, each with its label. */
export function waysOfSearch(): [string, string][] {
  return Object.entries(words.feeds.search.ways);
}

function SearchFeed({ site, built }: { site: Site; built: BuiltSearch }) {
  const texts = words.feeds.search;
  return (
    <>
      <h2 id="search">{texts.title}</h2>
      <form action="/feeds#search" class="stacked feed-search">
        <label for="feed-q">{texts.for}</label>
        <input
          id="feed-q"
          name="q"
          value={built.q}
          required
          maxlength={300}
          {...problemAttributes('feed-q', built.problems.q)}
        />
        <FieldProblem id="feed-q" problem={built.problems.q} />
        <label for="feed-by">{texts.by}</label>
        <select id="feed-by" name="by">
          {waysOfSearch().map(([value, label]) => (
            <option value={value} selected={value === built.by}>
              {label}
            </option>
          ))}
        </select>
        <label for="feed-votes">{texts.votes}</label>
        <input
          id="feed-votes"
          name="min_votes"
          inputmode="numeric"
          value={built.votes}
          {...problemAttributes('feed-votes', built.problems.votes)}
        />
        <FieldProblem id="feed-votes" problem={built.problems.votes} />
        <button type="submit">{texts.show}</button>
      </form>
      {built.choice && (
        <ul class="rows">
          <FeedRow site={site} choice={built.choice} />
        </ul>
      )}
    </>
  );
}
