import { FEED_FORMATS } from '../syndication/feed-document.ts';
import { MAX_FEED_NAME, type PrivateFeed } from '../syndication/feed-tokens.ts';
import { FORMAT_NAMES } from './feed-links.tsx';
import { FeedAddress, WAYS } from './feeds-page.tsx';
import type { Site } from './layout.tsx';
import {
  FieldProblem,
  problemAttributes,
  SettingsPage,
  type Told,
  When,
} from './settings-layout.tsx';

export type TypedFeed = { name: string; what: string; which: string; by: string; votes: string };
export type FeedProblems = Partial<Record<'name' | 'which' | 'votes', string>>;
export const NEW_FEED: TypedFeed = { name: '', what: 'day', which: '', by: 'either', votes: '' };

/** What a private feed may be of; those of the second kind are asked which one. */
const WITHOUT_WHICH: [string, string][] = [
  ['day', 'Daily papers, an item a paper'],
  ['days', 'Days, an item a day'],
  ['trending', 'Trending papers'],
  ['week', 'Top of the week'],
  ['month', 'Top of the month'],
];
export const WITH_WHICH: [string, string][] = [
  ['category', 'A category, such as cs.LG'],
  ['author', 'An author, by name'],
  ['search', 'A search, by its words'],
  ['votes', 'Votes of a person, by handle'],
  ['comments', 'Comments by a person, by handle'],
  ['discussion', 'Comments on a paper, by its number'],
  ['edition', 'An edition, by the end of its address'],
];

export function FeedSettings({
  site,
  feeds,
  alerts,
  typed,
  problems,
  told,
}: {
  site: Site;
  feeds: (PrivateFeed & { inWords: string })[];
  /** The person's own. */
  alerts: { id: string; name: string }[];
  typed: TypedFeed;
  problems: FeedProblems;
  told: Told;
}) {
  return (
    <SettingsPage site={site} title="Your private feeds" path="/settings/feeds" told={told}>
      <p>
        A private feed has an address of its own that a feed reader may use without signing in, also
        where reading needs an account. Whoever has the address can read it; revoke it to close it.
        What everyone may read is at <a href="/feeds">Feeds</a>.
      </p>
      {feeds.length > 0 && (
        <ul class="rows">
          {feeds.map((feed) => (
            <li>
              <span>
                <b>{feed.name}</b>
                <br />
                <span class="note">
                  {feed.inWords}; made <When at={feed.createdAt} />,{' '}
                  {feed.usedAt ? (
                    <>
                      read <When at={feed.usedAt} />
                    </>
                  ) : (
                    'never read'
                  )}
                </span>
              </span>
              <form method="post" action="/settings/feeds/revoke">
                <input type="hidden" name="id" value={feed.id} />
                <button type="submit" class="danger" aria-label={`Revoke ${feed.name}`}>
                  Revoke
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <NewFeedForm alerts={alerts} typed={typed} problems={problems} />
    </SettingsPage>
  );
}

function NewFeedForm({
  alerts,
  typed,
  problems,
}: {
  alerts: { id: string; name: string }[];
  typed: TypedFeed;
  problems: FeedProblems;
}) {
  const options = (choices: [string, string][]) =>
    choices.map(([value, label]) => (
      <option value={value} selected={value === typed.what}>
        {label}
      </option>
    ));
  return (
    <>
      <h2>A new private feed</h2>
      <form method="post" action="/settings/feeds" class="stacked">
        <label for="feed-name">What you call it</label>
        <input
          id="feed-name"
          name="name"
          value={typed.name}
          maxlength={MAX_FEED_NAME}
          required
          {...problemAttributes('feed-name', problems.name)}
        />
        <FieldProblem id="feed-name" problem={problems.name} />
        <label for="feed-what">What is in it</label>
        <select id="feed-what" name="what">
          <optgroup label="Lists">{options(WITHOUT_WHICH)}</optgroup>
          <optgroup label="Say which one below">{options(WITH_WHICH)}</optgroup>
          {alerts.length > 0 && (
            <optgroup label="Your alerts">
              {options(alerts.map(({ id, name }) => [`alert ${id}`, name]))}
            </optgroup>
          )}
        </select>
        <label for="feed-which">Which one: category, name, words, handle or number</label>
        <input
          id="feed-which"
          name="which"
          value={typed.which}
          maxlength={300}
          {...problemAttributes('feed-which', problems.which)}
        />
        <FieldProblem id="feed-which" problem={problems.which} />
        <label for="feed-by">A search goes by</label>
        <select id="feed-by" name="by">
          {WAYS.map(([value, label]) => (
            <option value={value} selected={value === typed.by}>
              {label}
            </option>
          ))}
        </select>
        <label for="feed-votes">Only papers with so many votes, or nothing</label>
        <input
          id="feed-votes"
          name="votes"
          inputmode="numeric"
          value={typed.votes}
          {...problemAttributes('feed-votes', problems.votes)}
        />
        <FieldProblem id="feed-votes" problem={problems.votes} />
        <button type="submit" class="primary">
          Make the feed
        </button>
      </form>
    </>
  );
}

/** The only time that the address is shown. */
export function NewFeedPage({ site, name, token }: { site: Site; name: string; token: string }) {
  return (
    <SettingsPage site={site} title="Your new private feed" path="/settings/feeds">
      <p>
        Give your feed reader one of these addresses of “{name}” now: they are kept as a hash only
        and cannot be shown again. Whoever has one can read the feed.
      </p>
      <ul class="rows">
        {FEED_FORMATS.map((format) => (
          <li>
            <span>
              <b>{FORMAT_NAMES[format]}</b>
              <FeedAddress url={`${site.url}/feeds/private/${token}.${format}`} />
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/settings/feeds">To your private feeds</a>
      </p>
    </SettingsPage>
  );
}
