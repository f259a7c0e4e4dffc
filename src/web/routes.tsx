// The addresses of the pages: those of Hugging Face's papers, so that a link need only change host.
import { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import {
  type Day,
  isDay,
  monthOf,
  type Period,
  parseMonth,
  parseWeek,
  weekOf,
} from '../base/calendar.ts';
import { parseCursor, renderCursor } from '../base/cursor.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { loadThread } from '../comments/load-thread.ts';
import { listUnlisted } from '../days/edit-entry.ts';
import { editionPlaces, findEdition } from '../days/edition-store.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { hydrate } from '../feed/hydrate.ts';
import { loadBestOfDays } from '../feed/load-best.ts';
import { loadPaperPage } from '../feed/load-paper.ts';
import { type DayView, loadDay, loadPapersOf, loadPeriod, newestDay } from '../feed/load-period.ts';
import { loadSimilar } from '../feed/load-similar.ts';
import { createCategoryTimeline, loadAuthorTimeline } from '../feed/load-timeline.ts';
import { loadTrending } from '../feed/load-trending.ts';
import { withoutWithdrawn } from '../feed/rules.ts';
import { listedSkeleton, taggedSkeleton } from '../feed/skeleton.ts';
import { words } from '../language/words.ts';
import { authorKey } from '../papers/author-name.ts';
import { arxivAbsUrl, findPaperId, isArxivId, pathOfPaper } from '../papers/paper-id.ts';
import { countPapers, findPaper } from '../papers/paper-store.ts';
import { createAuthDesk } from '../people/auth-desk.ts';
import { listEditorNames } from '../people/editors.ts';
import { may } from '../people/viewer.ts';
import type { Timeline } from '../pictures/timeline-plot.tsx';
import { withFilters } from '../search/filters.ts';
import { findDirectly } from '../search/find-directly.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import { createPaperDesk } from '../sources/ask-for-paper.ts';
import type { FeedSubject } from '../syndication/feed-address.ts';
import { AboutPage } from './about-page.tsx';
import { AboutSearchPage } from './about-search-page.tsx';
import { addAccountRoutes } from './account-routes.tsx';
import { addArchiveRoutes } from './archive-routes.tsx';
import { chooseForm } from './choose-form.ts';
import { addCiteRoutes } from './cite-routes.tsx';
import { renderThreadMarkdown } from './comment-markdown.ts';
import { addCommentRoutes } from './comment-routes.tsx';
import { DayList } from './day-page.tsx';
import { EditionList } from './edition-page.tsx';
import { addEntryRoutes } from './entry-routes.tsx';
import { addFeedRoutes } from './feed-routes.tsx';
import { addFirstRunRoutes } from './first-run-routes.tsx';
import { addIssuePreviewRoutes } from './issue-preview-routes.tsx';
import type { Paging } from './list-parts.tsx';
import { addLookRoutes } from './look-routes.tsx';
import { addMailEventRoutes } from './mail-event-routes.ts';
import { addModerationRoutes } from './moderation-routes.tsx';
import { addOfflineRoutes } from './offline-routes.tsx';
import { renderMarkdown } from './paper-markdown.ts';
import { PaperView } from './paper-page.tsx';
import { PeriodList } from './period-page.tsx';
import { FetchingPage, WelcomePage } from './plain-pages.tsx';
import { asksForPapers, searchAddressOf } from './search-address.ts';
import { SearchPage } from './search-page.tsx';
import { sendSignInLink } from './send-sign-in-link.ts';
import { addSignInRoutes } from './sign-in-routes.tsx';
import { siteLoader, type WebContext } from './site.ts';
import { renderRobots, renderSitemap, renderSitemapIndex } from './sitemap.ts';
import { SourcesPage, type SourcesReport } from './sources-page.tsx';
import { addSubmitRoutes } from './submit-routes.tsx';
import { addSubscribingRoutes } from './subscribing-routes.tsx';
import { addSuppressionRoutes } from './suppression-routes.tsx';
import { TaggedList } from './tagged-page.tsx';
import { TrendingList } from './trending-page.tsx';
import { addVoteRoutes } from './vote-routes.tsx';

const PAGE_SIZE = 50;
const RESULTS_PAGE_SIZE = 20;
const SIMILAR = 6;
/** Deeper pages are refused, so that a crawler cannot make the server count. */
const MAX_PAGE = 199;
/** The lists of closed days still gain votes and comments. */
const CLOSED_DAY = 'public, max-age=3600, stale-while-revalidate=86400';
const OPEN_DAY = 'public, max-age=0, must-revalidate';

const FETCHING_REFRESH_S = 5;
const SLOW_REFRESH_S = 60;

export function webRoutes(
  app: App,
  publicUrl: () => string,
  sourcesReport: () => Promise<SourcesReport>,
): Hono<ApiEnv> {
  const db = app.database.read;
  const { categories } = app.config;
  const web = new Hono<ApiEnv>();
  const site = siteLoader(app, publicUrl);
  const categoryTimeline = createCategoryTimeline(db);
  const ask = createPaperDesk(app.database);
  const desk = createAuthDesk(app, publicUrl, (link) => sendSignInLink(app, publicUrl(), link));
  addSignInRoutes(web, app, publicUrl, desk);
  addVoteRoutes(web, app);
  addModerationRoutes(web, app, publicUrl);
  addSubmitRoutes(web, app, publicUrl);
  addEntryRoutes(web, app, publicUrl);
  addSubscribingRoutes(web, app, publicUrl);
  const discussions = addCommentRoutes(web, app, publicUrl);
  addAccountRoutes(web, app, publicUrl, desk);
  addIssuePreviewRoutes(web, app, publicUrl);
  addMailEventRoutes(web, app);
  addSuppressionRoutes(web, app, publicUrl);
  addFeedRoutes(web, app, publicUrl);
  addFirstRunRoutes(web, app, publicUrl);
  addLookRoutes(web, app, publicUrl);
  addOfflineRoutes(web, app, publicUrl);
  addArchiveRoutes(web, app, publicUrl);
  const citations = addCiteRoutes(web, app, publicUrl);

  const toNewest = async (c: WebContext) => {
    const day = await newestDay(db, categories, app.today());
    if (day) return c.redirect(`/papers/date/${day}`, 302);
    return c.html(<WelcomePage site={await site(c)} />);
  };
  web.get('/', toNewest);
  web.get('/papers', async (c) => {
    const address = searchAddressOf(new URL(c.req.url).searchParams);
    if (!asksForPapers(address)) return toNewest(c);
    const hasFilters = asksForPapers({ ...address, q: '' });
    const paging = pagingOf(c, RESULTS_PAGE_SIZE);
    if (paging.number === 0 && !hasFilters && address.sort === 'relevance') {
      const direct = await findDirectly(db, address.q);
      if (direct) return c.redirect(direct.path, 302);
    }
    const query = parseQuery(address.q);
    const found = await app.search.search(withFilters(query, address.filters), {
      sort: address.sort,
      ...pageOf(paging),
      isForPage: true,
    });
    if (found.keys.length === 0 && paging.number > 0) throw noSuchPage();
    const items = await hydrate(
      db,
      found.keys.map((paperKey) => ({ paperKey })),
      { isHtml: true },
    );
    c.header('cache-control', found.trouble ? 'no-store' : OPEN_DAY);
    if (found.trouble === 'no index') c.header('refresh', String(FETCHING_REFRESH_S));
    return c.html(
      <SearchPage
        site={await site(c, items)}
        query={query}
        address={address}
        found={found}
        items={withoutWithdrawn(items)}
        paging={paging}
      />,
    );
  });

  for (const view of ['list', 'new'] as const satisfies DayView[]) {
    web.get(view === 'list' ? '/papers/date/:day' : '/papers/date/:day/new', async (c) => {
      const day = c.req.param('day');
      const today = app.today();
      if (!isDay(day) || day > today) return c.redirect('/papers', 302);
      const paging = pagingOf(c);
      const page = await loadDay(db, day, { categories, today, view, page: pageOf(paging) });
      const unlisted = await loadUnlisted(c, day);
      if (page.listed + page.announced + page.editions.length + unlisted.length === 0)
        return c.redirect('/papers', 302);
      if (page.items.length === 0 && paging.number > 0) throw noSuchPage();
      c.header('cache-control', day < today ? CLOSED_DAY : OPEN_DAY);
      const byline = {
        editors: await listEditorNames(db),
        community: app.config.people.community,
      };
      const shown = { page, paging, byline, unlisted };
      return c.html(
        <DayList site={await site(c, [...page.late, ...page.items, ...unlisted])} {...shown} />,
      );
    });
  }

  /** What was taken off the day's list, for editors on a page of their own. */
  async function loadUnlisted(c: WebContext, day: Day) {
    const viewer = c.get('isPersonal') ? c.get('viewer') : undefined;
    if (!viewer || !may(viewer, 'edit', app.config.people.reading)) return [];
    return hydrate(db, await listUnlisted(db, day), { isHtml: true });
  }

  const periods = [
    { kind: 'week', parse: parseWeek, keyOf: weekOf, perDay: 3 },
    { kind: 'month', parse: parseMonth, keyOf: monthOf, perDay: 1 },
  ] as const;
  for (const { kind, parse, keyOf, perDay } of periods) {
    const toNewestPeriod = async (c: WebContext) => {
      const day = await newestListedDay(db, app.today());
      return c.redirect(day ? `/papers/${kind}/${keyOf(day)}` : '/papers', 302);
    };
    web.get(`/papers/${kind}`, toNewestPeriod);
    web.get(`/papers/${kind}/:key`, async (c) => {
      const today = app.today();
      const period = parsedPeriod(parse, c.req.param('key'));
      if (!period || period.first > today) return toNewestPeriod(c);
      const paging = pagingOf(c);
      const page = await loadPeriod(db, period, { today, page: pageOf(paging) });
      if (page.items.length === 0 && paging.number > 0) throw noSuchPage();
      c.header('cache-control', period.end <= today ? CLOSED_DAY : OPEN_DAY);
      const best = paging.number === 0 ? await loadBestOfDays(db, period, { perDay }) : undefined;
      const shown = { page, paging, best };
      return c.html(<PeriodList site={await site(c, page.items)} {...shown} />);
    });
  }

  web.get('/papers/trending', async (c) => {
    const paging = pagingOf(c);
    const page = await loadTrending(db, app.today(), pageOf(paging));
    if (page.items.length === 0 && paging.number > 0) throw noSuchPage();
    c.header('cache-control', OPEN_DAY);
    return c.html(<TrendingList site={await site(c, page.items)} page={page} paging={paging} />);
  });

  web.get('/papers/:id', async (c) => {
    const asked = c.req.param('id');
    const isMarkdownPath = asked.endsWith('.md');
    const text = isMarkdownPath ? asked.slice(0, -'.md'.length) : asked;
    const id = findPaperId(text)?.id;
    const found = id && (await findPaper(db, id));
    if (!found) return answerUnknown(c, id, text);
    if (found.paper.id !== text) {
      return c.redirect(`${pathOfPaper(found.paper.id)}${isMarkdownPath ? '.md' : ''}`, 301);
    }
    const citation = isMarkdownPath ? undefined : await citations.answerPaper(c, found.paper);
    if (citation) return citation;
    const isMarkdown = isMarkdownPath || chooseForm(c.req.header('accept')).kind === 'markdown';
    const page = await loadPaperPage(db, found.paper, {
      isHtml: !isMarkdown,
      today: app.today(),
    });
    if (!page) throw new AppError('not-found', 'There is no such paper here.');
    c.header('cache-control', OPEN_DAY);
    if (isMarkdown) {
      c.header('content-type', 'text/markdown; charset=utf-8');
      const thread = await loadThread(db, found.paper, { reader: undefined, isWhole: true });
      return c.body(renderMarkdown(page, publicUrl()) + renderThreadMarkdown(thread.comments));
    }
    const similar = await loadSimilar(db, app.search, found.paper, {
      limit: SIMILAR,
      isHtml: true,
    });
    const discussion = await discussions.renderSection(c, found.paper);
    const own = await site(c, [page.item]);
    return c.html(<PaperView site={own} page={page} similar={similar} discussion={discussion} />);
  });

  async function answerUnknown(c: WebContext, id: string | undefined, text: string) {
    const canAsk = id !== undefined && isArxivId(id) && !app.config.isOffline;
    const asked = canAsk
      ? await ask({ id, client: c.get('client') ?? '', today: app.today() })
      : undefined;
    if (asked?.is === 'wanted') {
      c.header('refresh', String(asked.isSlow ? SLOW_REFRESH_S : FETCHING_REFRESH_S));
      c.header('cache-control', 'no-store');
      return c.html(
        <FetchingPage site={await site(c)} id={id as string} isSlow={asked.isSlow} />,
        202,
      );
    }
    c.header('cache-control', 'no-store');
    const atArxiv = id && isArxivId(id) ? ` It may be at ${arxivAbsUrl(id)}.` : '';
    if (asked?.is === 'refused') {
      throw new AppError(
        'too-many',
        `Too many papers are being fetched right now: try again in an hour.${atArxiv}`,
      );
    }
    const why = asked?.is === 'absent' ? ' arXiv did not know it when asked.' : atArxiv;
    throw new AppError('not-found', `There is no paper ${text.slice(0, 100)} here.${why}`);
  }

  web.get('/editions/:slug', async (c) => {
    const edition = await findEdition(db, c.req.param('slug'));
    if (!edition) throw new AppError('not-found', 'There is no such edition here.');
    const places = await editionPlaces(db, edition.slug);
    const items = await hydrate(db, places, { isHtml: true });
    const byKey = new Map(items.map((item) => [item.paper.key, item]));
    const placed = places.flatMap(({ paperKey, comments }) => {
      const item = byKey.get(paperKey);
      return item ? [{ item, comments }] : [];
    });
    c.header('cache-control', CLOSED_DAY);
    return c.html(<EditionList site={await site(c, items)} edition={edition} items={placed} />);
  });

  web.get('/authors/:key', async (c) => {
    const asked = c.req.param('key');
    const key = authorKey(asked);
    if (key !== asked) return c.redirect(`/authors/${encodeURIComponent(key)}`, 301);
    const after = cursorOf(c);
    const skeleton = await taggedSkeleton(db, { author: key }, { limit: PAGE_SIZE, ...after });
    const page = await loadPapersOf(db, skeleton, true);
    if (!page.last && !after)
      throw new AppError('not-found', 'No author of that name is known here.');
    const heading =
      page.items
        .flatMap((item) => item.paper.authors)
        .find((author) => authorKey(author.name) === key)?.name ?? key;
    return tagged(c, {
      heading,
      note: words.tagged.noteOfAuthor,
      feed: { kind: 'author', author: key },
      timeline: after ? undefined : await loadAuthorTimeline(db, key),
      page,
    });
  });

  web.get('/categories/:category', async (c) => {
    const category = c.req.param('category');
    const after = cursorOf(c);
    const skeleton = await taggedSkeleton(db, { category }, { limit: PAGE_SIZE, ...after });
    const page = await loadPapersOf(db, skeleton, true);
    if (!page.last && !after) {
      throw new AppError('not-found', `No paper here is in the category ${category.slice(0, 40)}.`);
    }
    return tagged(c, {
      heading: category,
      note: words.tagged.noteOfCategory(category),
      feed: { kind: 'category', category },
      timeline: after ? undefined : await categoryTimeline(category),
      page,
    });
  });

  async function tagged(
    c: WebContext,
    list: {
      heading: string;
      note: string;
      feed: FeedSubject;
      timeline: Timeline | undefined;
      page: Awaited<ReturnType<typeof loadPapersOf>>;
    },
  ) {
    const { hasMore, last } = list.page;
    const nextCursor = hasMore && last ? renderCursor(last.paper) : undefined;
    c.header('cache-control', OPEN_DAY);
    return c.html(
      <TaggedList
        site={await site(c, list.page.items)}
        {...list}
        path={new URL(c.req.url).pathname}
        nextCursor={nextCursor}
        isFirst={!c.req.query('after')}
      />,
    );
  }

  web.get('/about', async (c) => {
    const view = {
      papers: await countPapers(db),
      people: app.config.people,
      contact: app.config.contact,
      editors: await listEditorNames(db),
    };
    return c.html(<AboutPage site={await site(c)} view={view} />);
  });

  web.get('/about/search', async (c) => c.html(<AboutSearchPage site={await site(c)} />));
  web.get('/about/sources', async (c) => {
    // It tells how long ago things were, which no kept copy can.
    c.header('cache-control', 'no-store');
    const report = await sourcesReport();
    return c.html(<SourcesPage site={await site(c)} report={report} />);
  });

  web.get('/robots.txt', (c) => c.text(renderRobots(publicUrl())));
  web.get('/sitemap.xml', async (c) => {
    const body = await renderSitemapIndex(db, app.today(), publicUrl());
    return c.body(body, 200, { 'content-type': 'application/xml; charset=utf-8' });
  });
  web.get('/sitemap/:month{[0-9-]+\\.xml}', async (c) => {
    const period = parsedPeriod(parseMonth, c.req.param('month').replace('.xml', ''));
    if (!period) throw new AppError('not-found', 'There is no such sitemap.');
    const list = await listedSkeleton(db, period, { limit: 10_000, offset: 0 });
    const body = await renderSitemap(db, list.items, publicUrl());
    return c.body(body, 200, { 'content-type': 'application/xml; charset=utf-8' });
  });
  return web;
}

function pagingOf(c: WebContext, size = PAGE_SIZE): Paging {
  const text = c.req.query('p') ?? '0';
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number > MAX_PAGE) throw noSuchPage();
  return { number, size };
}

function pageOf({ number, size }: Paging) {
  return { limit: size, offset: number * size };
}

function noSuchPage(): AppError {
  return new AppError('not-found', 'The list has no such page.');
}

function cursorOf(c: WebContext) {
  const text = c.req.query('after');
  return text ? { after: parseCursor(text) } : undefined;
}

function parsedPeriod(parse: (text: string) => Period, text: string): Period | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (isAppError(error, 'invalid')) return undefined;
    throw error;
  }
}
