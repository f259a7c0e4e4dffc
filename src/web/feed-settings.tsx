import { words } from '../language/words.ts';
import { FEED_FORMATS } from '../syndication/feed-document.ts';
import { MAX_FEED_NAME, type PrivateFeed } from '../syndication/feed-tokens.ts';
import { FORMAT_NAMES } from './feed-links.tsx';
import { FeedAddress, waysOfSearch } from './feeds-page.tsx';
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
const WITHOUT_WHICH = ['day', 'days', 'trending', 'week', 'month'] as const;
export const WITH_WHICH = [
  'category',
  'author',
  'search',
  'votes',
  'comments',
  'discussion',
  'edition',
] as const;

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
  const { title, about, row, revoke, revokeLabel } = words.feeds.settings;
  return (
    <SettingsPage site={site} title={title} path="/settings/feeds" told={told}>
      <p>
        {about((text) => (
          <a href="/feeds">{text}</a>
        ))}
      </p>
      {feeds.length > 0 && (
        <ul class="rows">
          {feeds.map((feed) => (
            <li>
              <span>
                <b>{feed.name}</b>
                <br />
                <span class="note">
                  {row(
                    feed.inWords,
                    <When at={feed.createdAt} />,
                    feed.usedAt && <When at={feed.usedAt} />,
                  )}
                </span>
              </span>
              <form method="post" action="/settings/feeds/revoke">
                <input type="hidden" name="id" value={feed.id} />
                <button type="submit" class="danger" aria-label={revokeLabel(feed.name)}>
                  {revoke}
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
  const texts = words.feeds.settings;
  const named = (kinds: readonly (keyof typeof texts.kinds)[]) =>
    options(kinds.map((kind) => [kind, texts.kinds[kind]]));
  const options = (choices: [string, string][]) =>
    choices.map(([value, label]) => (
      <option value={value} selected={value === typed.what}>
        {label}
      </option>
    ));
  return (
    <>
      <h2>{texts.new}</h2>
      <form method="post" action="/settings/feeds" class="stacked">
        <label for="feed-name">{texts.name}</label>
        <input
          id="feed-name"
          name="name"
          value={typed.name}
          maxlength={MAX_FEED_NAME}
          required
          {...problemAttributes('feed-name', problems.name)}
        />
        <FieldProblem id="feed-name" problem={problems.name} />
        <label for="feed-what">{texts.what}</label>
        <select id="feed-what" name="what">
          <optgroup label={texts.lists}>{named(WITHOUT_WHICH)}</optgroup>
          <optgroup label={texts.withWhich}>{named(WITH_WHICH)}</optgroup>
          {alerts.length > 0 && (
            <optgroup label={texts.alerts}>
              {options(alerts.map(({ id, name }) => [`alert ${id}`, name]))}
            </optgroup>
          )}
        </select>
        <label for="feed-which">{texts.which}</label>
        <input
          id="feed-which"
          name="which"
          value={typed.which}
          maxlength={300}
          {...problemAttributes('feed-which', problems.which)}
        />
        <FieldProblem id="feed-which" problem={problems.which} />
        <label for="feed-by">{texts.by}</label>
        <select id="feed-by" name="by">
          {waysOfSearch().map(([value, label]) => (
            <option value={value} selected={value === typed.by}>
              {label}
            </option>
          ))}
        </select>
        <label for="feed-votes">{texts.votes}</label>
        <input
          id="feed-votes"
          name="votes"
          inputmode="numeric"
          value={typed.votes}
          {...problemAttributes('feed-votes', problems.votes)}
        />
        <FieldProblem id="feed-votes" problem={problems.votes} />
        <button type="submit" class="primary">
          {texts.make}
        </button>
      </form>
    </>
  );
}

/** The only time that the address is shown. */
export function NewFeedPage({ site, name, token }: { site: Site; name: string; token: string }) {
  const { madeTitle, made, toFeeds } = words.feeds.settings;
  return (
    <SettingsPage site={site} title={madeTitle} path="/settings/feeds">
      <p>{made(name)}</p>
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
        <a href="/settings/feeds">{toFeeds}</a>
      </p>
    </SettingsPage>
  );
}
