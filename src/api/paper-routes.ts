// Hugging Face's papers API: https://huggingface.co/docs/hub/api.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { App } from '../app.ts';
import { type Day, dayPeriod, parseMonth, parseWeek } from '../base/calendar.ts';
import { parseCursor, renderCursor } from '../base/cursor.ts';
import { AppError } from '../base/errors.ts';
import { hydrate } from '../feed/hydrate.ts';
import { loadPaperPage } from '../feed/load-paper.ts';
import { loadPapersOf } from '../feed/load-period.ts';
import {
  listedSkeleton,
  newestSkeleton,
  publishedSkeleton,
  type Skeleton,
  trendingSkeleton,
} from '../feed/skeleton.ts';
import { findPaper } from '../papers/paper-store.ts';
import { INVALID, json, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { addCitationRoute } from './citation-routes.ts';
import { addCommentRoutes, presentComments } from './comment-routes.ts';
import { ownVotes, upvotedOf } from './own-votes.ts';
import {
  presentDailyItem,
  presentDetail,
  presentListedPaper,
  presentRepositories,
} from './present-paper.ts';
import {
  DailyPaper,
  DailyPapersQuery,
  ListedPaper,
  PaperDetail,
  PaperParam,
  PaperQuery,
  PapersQuery,
  Repositories,
} from './schemas.ts';
import { addSearchRoutes } from './search-routes.ts';
import { addSubmitRoutes } from './submit-routes.ts';
import { addVoteApi } from './vote-api.ts';
import { addWhoAmIRoute } from './whoami-routes.ts';

const PAGED = {
  headers: z.object({
    Link: z.string().optional().openapi({ description: 'The next page, rel="next"' }),
  }),
};

const dailyPapers = createRoute({
  method: 'get',
  path: '/api/daily_papers',
  tags: ['Papers by day'],
  summary: 'The lists of a day, a week or a month, or the newest papers on any list',
  description:
    'A day’s list begins with what editors pinned; the rest is ordered by votes, then by publication time, both descending. Weeks and months: the newest list first, or with sort=trending all of them by votes. Without date, week and month: the newest lists first, or the trending papers.',
  request: { query: DailyPapersQuery },
  responses: {
    200: { ...json(z.array(DailyPaper), 'At most limit papers'), ...PAGED },
    400: INVALID,
  },
});

const papers = createRoute({
  method: 'get',
  path: '/api/papers',
  tags: ['Papers'],
  summary: 'All papers, the newest publication first',
  request: { query: PapersQuery },
  responses: {
    200: { ...json(z.array(ListedPaper), 'At most limit papers'), ...PAGED },
    400: INVALID,
  },
});

const paper = createRoute({
  method: 'get',
  path: '/api/papers/{id}',
  tags: ['Papers'],
  summary: 'One paper with its linked repositories',
  request: { params: PaperParam, query: PaperQuery },
  responses: { 200: json(PaperDetail, 'The paper'), 400: INVALID, 404: NOT_FOUND },
});

const repositories = createRoute({
  method: 'get',
  path: '/api/arxiv/{id}/repos',
  tags: ['Papers'],
  summary: 'Models, datasets and spaces that cite a paper; empty lists where none is known',
  request: { params: PaperParam },
  responses: { 200: json(Repositories, 'The repositories'), 400: INVALID },
});

export function paperRoutes(app: App, publicUrl: () => string): OpenAPIHono<ApiEnv> {
  const db = app.database.read;
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const issue = result.error.issues[0];
      throw new AppError('invalid', `${issue?.path.join('.') || 'The request'} ${issue?.message}`);
    },
  });

  api.openapi(dailyPapers, async (c) => {
    const query = c.req.valid('query');
    const today = app.today();
    if ([query.date, query.week, query.month].filter(Boolean).length > 1) {
      throw new AppError('invalid', 'Give one of date, week and month.');
    }
    if (query.date && query.date > today) {
      throw new AppError('invalid', `date is in the future: today is ${today}.`);
    }
    const page = {
      limit: query.limit,
      offset: query.p * query.limit,
      isByDay: query.sort === 'publishedAt',
      ...(query.submitter ? { submitter: query.submitter } : {}),
    };
    let skeleton: Skeleton;
    if (query.date) skeleton = await listedSkeleton(db, dayPeriod(query.date as Day), page);
    else if (query.week) skeleton = await listedSkeleton(db, parseWeek(query.week), page);
    else if (query.month) skeleton = await listedSkeleton(db, parseMonth(query.month), page);
    else if (query.sort === 'trending') skeleton = await trendingSkeleton(db, today, page);
    else skeleton = await newestSkeleton(db, today, page);
    const items = await hydrate(db, skeleton.items, { isHtml: false });
    if (skeleton.hasMore) linkNext(c, { p: String(query.p + 1), limit: String(query.limit) });
    if (query.date && query.date < today) c.set('isClosed', true);
    const own = await ownVotes(c, db, items);
    const presented = items.map((item) => ({
      ...presentDailyItem(item, publicUrl()),
      ...upvotedOf(item, own),
    }));
    return c.json(presented as never, 200);
  });

  api.openapi(papers, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = cursor ? { after: parseCursor(cursor) } : {};
    const page = await loadPapersOf(db, await publishedSkeleton(db, { limit, ...after }), false);
    if (page.hasMore && page.last) {
      const { publishedAt, key } = page.last.paper;
      linkNext(c, { cursor: renderCursor({ publishedAt, key }), limit: String(limit) });
    }
    const own = await ownVotes(c, db, page.items);
    const presented = page.items.map((item) =>
      presentListedPaper(item, publicUrl(), own?.has(item.paper.key) ?? false),
    );
    return c.json(presented as never, 200);
  });

  addSearchRoutes(api, app, publicUrl);
  addCitationRoute(api, app, publicUrl);
  addCommentRoutes(api, app, publicUrl);
  addVoteApi(api, app);
  addWhoAmIRoute(api, app, publicUrl);
  addSubmitRoutes(api, app, publicUrl);

  api.openapi(paper, async (c) => {
    const found = await findPaper(db, c.req.valid('param').id);
    const page =
      found && (await loadPaperPage(db, found.paper, { isHtml: false, today: app.today() }));
    if (!page) throw new AppError('not-found', 'Paper not found');
    const fields = [c.req.valid('query').field ?? []].flat();
    const comments = fields.includes('comments')
      ? await presentComments(app, c, page.item.paper, publicUrl())
      : [];
    const own = await ownVotes(c, db, [page.item]);
    const presented = presentDetail(page.item, fields, comments);
    return c.json({ ...presented, ...upvotedOf(page.item, own) } as never, 200);
  });

  api.openapi(repositories, async (c) => {
    const found = await findPaper(db, c.req.valid('param').id);
    if (!found) return c.json({ models: [], datasets: [], spaces: [] }, 200);
    return c.json(presentRepositories(found.paper) as never, 200);
  });

  return api;
}

/** The same address with other parameters, as Hugging Face writes it. */
function linkNext(c: Context, changes: Record<string, string>): void {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const [name, value] of Object.entries(changes)) searchParams.set(name, value);
  c.header('Link', `<${pathname}?${searchParams}>; rel="next"`);
}
