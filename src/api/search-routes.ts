// Searching over the API: as Hugging Face's answers, with filters of our own.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import { loadSimilar } from '../feed/load-similar.ts';
import { withoutWithdrawn } from '../feed/rules.ts';
import { findPaper } from '../papers/paper-store.ts';
import { withFilters } from '../search/filters.ts';
import { findPaperDirectly } from '../search/find-directly.ts';
import { createHighlighter, type Highlighter } from '../search/highlight/highlight.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import { INVALID, json, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { ownVotes } from './own-votes.ts';
import { presentDailyItem } from './present-paper.ts';
import {
  FoundPaper,
  PaperParam,
  SearchQuerySchema,
  SimilarQuery,
  SuggestionSchema,
  SuggestQuery,
} from './schemas.ts';

const PRESENTED_A_TURN = 15;

const search = createRoute({
  method: 'get',
  path: '/api/papers/search',
  tags: ['Search'],
  summary: 'Papers by words and by meaning',
  description:
    'What `q` may hold is described at /about/search. An arXiv number, a DOI or the address of a paper gives that paper alone. The header X-Search-Answered-By says `words and meaning`; or `meaning` where no paper has any of the words; `database` for one paper by its number, or while the index is not there; `words` for other orders, or while the meaning does not answer.',
  request: { query: SearchQuerySchema },
  responses: { 200: json(z.array(FoundPaper), 'At most limit papers'), 400: INVALID },
});

const similar = createRoute({
  method: 'get',
  path: '/api/papers/{id}/similar',
  tags: ['Search'],
  summary: 'The papers nearest in meaning to a paper, nearest first',
  request: { params: PaperParam, query: SimilarQuery },
  responses: {
    200: json(z.array(FoundPaper), 'At most limit papers; none while the index is being made'),
    400: INVALID,
    404: NOT_FOUND,
  },
});

const suggestions = createRoute({
  method: 'get',
  path: '/api/suggest',
  tags: ['Search'],
  summary: 'Titles, authors and categories that begin as what is being typed',
  request: { query: SuggestQuery },
  responses: { 200: json(z.array(SuggestionSchema), 'At most 12'), 400: INVALID },
});

/** Adds the routes to `api`, before those that would take `search` for an identity. */
export function addSearchRoutes(api: OpenAPIHono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;

  api.openapi(search, async (c) => {
    const { q, limit, p, sort, category, year, after, before } = c.req.valid('query');
    const filters = { category, year, after, before };
    const query = parseQuery(q);
    const named = await findPaperDirectly(db, q);
    const meant = named && 'key' in named ? named.key : undefined;
    const found =
      meant === undefined
        ? await app.search.search(withFilters(query, filters), {
            sort,
            offset: p * limit,
            limit,
            isForPage: false,
          })
        : { keys: p === 0 ? [meant] : [], answeredBy: 'database' as const, trouble: undefined };
    const items = await hydrate(
      db,
      found.keys.map((paperKey) => ({ paperKey })),
      { isHtml: false },
    );
    c.header('x-search-answered-by', found.answeredBy);
    if (found.trouble) c.header('cache-control', 'no-store');
    const highlighter = createHighlighter(query);
    const own = await ownVotes(c, db, items);
    return c.json((await present(items, highlighter, own)) as never, 200);
  });

  /** In turns: all of them at once would hold up every other answer. */
  async function present(
    items: FeedItem[],
    highlighter: Highlighter,
    own: Set<number> | undefined,
  ) {
    const all = [];
    for (const item of withoutWithdrawn(items)) {
      if (all.length > 0 && all.length % PRESENTED_A_TURN === 0) await new Promise(setImmediate);
      const { submittedBy: _, ...presented } = presentDailyItem(item, publicUrl());
      all.push({
        ...presented,
        upvoted: own?.has(item.paper.key) ?? false,
        highlightedTitle: highlighter.parts(String(presented.title)),
        highlightedSummary: highlighter.parts(String(presented.summary)),
      });
    }
    return all;
  }

  api.openapi(similar, async (c) => {
    const found = await findPaper(db, c.req.valid('param').id);
    if (!found) throw new AppError('not-found', 'Paper not found');
    const { limit } = c.req.valid('query');
    const items = await loadSimilar(db, app.search, found.paper, { limit, isHtml: false });
    const own = await ownVotes(c, db, items);
    return c.json((await present(items, createHighlighter(parseQuery('')), own)) as never, 200);
  });

  api.openapi(suggestions, async (c) => {
    c.header('cache-control', 'public, max-age=60');
    return c.json((await app.search.suggest(c.req.valid('query').q)) as never, 200);
  });
}
