import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { words } from '../language/words.ts';
import { authorKey } from '../papers/author-name.ts';
import {
  type FeedChoice,
  parseFeed,
  pathOfSubject,
  renderFeedPath,
} from '../syndication/feed-address.ts';
import { subjectInWords } from '../syndication/feed-subject.ts';
import {
  createFeedToken,
  listPrivateFeeds,
  MAX_FEED_NAME,
  revokeFeedToken,
} from '../syndication/feed-tokens.ts';
import type { FeedLoader } from './feed-loader.ts';
import {
  type FeedProblems,
  FeedSettings,
  NEW_FEED,
  NewFeedPage,
  type TypedFeed,
  WITH_WHICH,
} from './feed-settings.tsx';
import { readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const MAX_ALERTS = 200;

export function addFeedSettingsRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
  load: FeedLoader,
): void {
  const { database } = app;
  const site = siteLoader(app, publicUrl);

  async function page(c: WebContext, typed: TypedFeed, problems: FeedProblems, told: Told) {
    const { person } = viewerOf(c);
    const feeds = await listPrivateFeeds(database.read, person.id);
    const alerts = await database.read
      .selectFrom('alerts')
      .select(['id', 'name'])
      .where('person_id', '=', person.id)
      .orderBy('created_at')
      .limit(MAX_ALERTS)
      .execute();
    const named = feeds.map((feed) => ({ ...feed, inWords: feedInWords(feed.feed, alerts) }));
    return (
      <FeedSettings site={await site(c)} feeds={named} {...{ alerts, typed, problems, told }} />
    );
  }

  web.get('/settings/feeds', async (c) => {
    const done = c.req.query('done') === 'revoked' ? words.feeds.settings.revoked : undefined;
    return c.html(await page(c, NEW_FEED, {}, { done }));
  });

  web.post('/settings/feeds', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const typed: TypedFeed = {
      name: fields.text('name'),
      what: fields.text('what'),
      which: fields.text('which'),
      by: fields.text('by'),
      votes: fields.text('votes'),
    };
    const name = oneLine(cleanText(typed.name));
    const problems: FeedProblems = {};
    if (name === '' || name.length > MAX_FEED_NAME) {
      problems.name = words.feeds.settings.nameProblem(MAX_FEED_NAME);
    }
    const feed = await chosenFeed(typed, person.id, problems);
    if (!feed || problems.name) return c.html(await page(c, typed, problems, {}), 400);
    try {
      const token = await database.transact((tx) => createFeedToken(tx, person.id, { name, feed }));
      return c.html(<NewFeedPage site={await site(c)} name={name} token={token} />);
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return c.html(await page(c, typed, {}, { problem: error.message }), 409);
    }
  });

  web.post('/settings/feeds/revoke', async (c) => {
    const { person } = viewerOf(c);
    const id = (await readFields(c)).text('id');
    await database.transact((tx) => revokeFeedToken(tx, person.id, id));
    return c.redirect('/settings/feeds?done=revoked', 303);
  });

  /** Path and query of a feed that there is; undefined after saying what is wrong. */
  async function chosenFeed(
    typed: TypedFeed,
    personId: string,
    problems: FeedProblems,
  ): Promise<string | undefined> {
    const votes = typed.votes.trim();
    if (!isVotes(votes)) {
      problems.votes = words.feeds.settings.votesProblem;
      return undefined;
    }
    try {
      const choice = parseTyped(typed, votes);
      await load({ ...choice, limit: 1 }, { selfUrl: publicUrl(), readerId: personId });
      return renderFeedPath(choice);
    } catch (error) {
      if (!isAppError(error, 'invalid') && !isAppError(error, 'not-found')) throw error;
      problems.which = error.message;
      return undefined;
    }
  }
}

/** What a field for the least number of votes may hold. */
export function isVotes(typed: string): boolean {
  return typed === '' || /^[1-9]\d{0,5}$/.test(typed);
}

function parseTyped({ what, which, by }: TypedFeed, votes: string): FeedChoice {
  const query = new URLSearchParams(votes === '' ? {} : { min_votes: votes });
  const text = oneLine(cleanText(which));
  const asked = WITH_WHICH.some((kind) => kind === what);
  if (asked && text === '') throw new AppError('invalid', words.feeds.settings.whichProblem);
  if (what === 'search') {
    query.set('q', text);
    query.set('by', by);
  }
  return parseFeed(pathOfTyped(what, text), query);
}

function pathOfTyped(what: string, text: string): string {
  const alert = /^alert (\w+)$/.exec(what)?.[1];
  if (alert) return pathOfSubject({ kind: 'alert', alertId: alert });
  switch (what) {
    case 'category':
      return pathOfSubject({ kind: what, category: text });
    case 'author':
      return pathOfSubject({ kind: what, author: authorKey(text) });
    case 'votes':
    case 'comments':
      return pathOfSubject({ kind: what, handle: text.replace(/^@/, '') });
    case 'discussion':
      return pathOfSubject({ kind: what, paperId: text });
    case 'edition':
      return pathOfSubject({ kind: what, slug: text });
    default:
      return `/feeds/${encodeURIComponent(what)}`;
  }
}

function feedInWords(feed: string, alerts: { id: string; name: string }[]): string {
  const [path = '', query = ''] = feed.split('?', 2);
  const { subject, minVotes } = parseFeed(path, new URLSearchParams(query));
  const alert = subject.kind === 'alert' && alerts.find(({ id }) => id === subject.alertId);
  const { subjects, fromVotes } = words.feeds;
  const what = alert ? subjects.namedAlert(alert.name) : subjectInWords(subject);
  return minVotes === undefined ? what : fromVotes(what, minVotes);
}
