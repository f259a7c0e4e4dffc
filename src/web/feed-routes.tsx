// Feeds, and their list for people and for feed readers.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import {
  choiceOf,
  type FeedSubject,
  GENERAL_FEEDS,
  parseFeed,
  parseFeedAddress,
  renderFeedPath,
} from '../syndication/feed-address.ts';
import { FEED_TYPES } from '../syndication/feed-document.ts';
import { pageOfSubject, subjectInWords } from '../syndication/feed-subject.ts';
import { listCategories } from '../syndication/list-categories.ts';
import { renderFeed } from '../syndication/render-feed.ts';
import { renderOpml } from '../syndication/render-opml.ts';
import { createFeedLoader } from './feed-loader.ts';
import { addFeedSettingsRoutes, isVotes } from './feed-settings-routes.tsx';
import { type BuiltSearch, FeedsPage } from './feeds-page.tsx';
import { addPrivateFeedRoute } from './private-feed-route.ts';
import { siteLoader, type WebContext } from './site.ts';

/** Readers ask for it each half an hour at most, whatever one tells them. */
const SHARED = 'public, max-age=300, stale-while-revalidate=3600';

export function addFeedRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);
  const load = createFeedLoader(app, publicUrl);

  web.get('/feeds', async (c) => {
    const built = builtSearch(c);
    const categories = await listCategories(db);
    c.header('cache-control', SHARED);
    const isWrong = Object.keys(built.problems).length > 0;
    const shown = { categories, built };
    return c.html(<FeedsPage site={await site(c)} {...shown} />, isWrong ? 400 : 200);
  });

  web.get('/feeds.opml', async (c) => {
    const url = publicUrl();
    const categories = await listCategories(db);
    const outline = (subject: FeedSubject) => ({
      title: subjectInWords(subject),
      feedUrl: url + renderFeedPath(choiceOf(subject), 'atom'),
      pageUrl: url + pageOfSubject(subject),
    });
    const body = renderOpml(words.feeds.opmlTitle(app.config.name), [
      { title: app.config.name, feeds: GENERAL_FEEDS.map((kind) => outline({ kind })) },
      {
        title: words.feeds.categories,
        feeds: categories.map((category) => outline({ kind: 'category', category })),
      },
    ]);
    c.header('cache-control', SHARED);
    return c.body(body, 200, { 'content-type': 'text/x-opml; charset=utf-8' });
  });

  addPrivateFeedRoute(web, app, publicUrl, load);
  addFeedSettingsRoutes(web, app, publicUrl, load);

  web.get('/feeds/:feed{.+}', async (c) => {
    const { pathname, searchParams } = new URL(c.req.url);
    const { choice, format } = parseFeedAddress(pathname, searchParams);
    const feed = await load(choice, { selfUrl: publicUrl() + renderFeedPath(choice, format) });
    c.header('cache-control', SHARED);
    return c.body(renderFeed(feed, format), 200, {
      'content-type': `${FEED_TYPES[format]}; charset=utf-8`,
    });
  });
}

/** What the form on the page asks for. */
function builtSearch(c: WebContext): BuiltSearch {
  const typed = {
    q: c.req.query('q') ?? '',
    by: c.req.query('by') ?? 'either',
    votes: c.req.query('min_votes') ?? '',
  };
  if (c.req.query('q') === undefined) return { ...typed, choice: undefined, problems: {} };
  const query = new URL(c.req.url).searchParams;
  const problems: BuiltSearch['problems'] = {};
  if (typed.q.trim() === '') problems.q = words.feeds.search.forProblem;
  if (!isVotes(typed.votes)) {
    problems.votes = words.feeds.settings.votesProblem;
    query.delete('min_votes');
  }
  try {
    const choice = parseFeed('/feeds/search', query);
    return { ...typed, choice: problems.votes ? undefined : choice, problems };
  } catch (error) {
    if (!isAppError(error, 'invalid')) throw error;
    return { ...typed, choice: undefined, problems: { q: error.message, ...problems } };
  }
}
