// Everything that answers over HTTP, put together.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiEnv } from '../api/api-env.ts';
import { describeApi, describePlainRoutes, OPENAPI_PATH } from '../api/openapi.ts';
import { paperRoutes } from '../api/paper-routes.ts';
import type { App } from '../app.ts';
import { AppError, messageOf } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { words } from '../language/words.ts';
import { ApiDocsPage, type OpenApiDocument } from '../web/api-docs-page.tsx';
import { FailurePage } from '../web/failure-page.tsx';
import { createSourcesReport } from '../web/load-sources.ts';
import { webRoutes } from '../web/routes.tsx';
import { loadSite, siteWithoutDatabase } from '../web/site.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { packAnswers } from './pack-answers.ts';
import { pageCache } from './page-cache.ts';
import {
  aroundRequests,
  commonHeadersOf,
  explainFailure,
  type HttpEnv,
  isForMachines,
} from './requests.ts';
import { sendAsset } from './send-asset.ts';
import { findTypedText } from './typed-text.ts';
import { wall } from './wall.ts';

const API_OPEN = 'public, max-age=0, must-revalidate';
const API_CLOSED = 'public, max-age=3600, stale-while-revalidate=86400';
/** A comment of the longest kind, with every sign of it escaped. */
const MAX_BODY_BYTES = 1_048_576;

export type ServerApp = {
  fetch: Hono<HttpEnv>['fetch'];
  /** Of every route: method and path as the router knows them. */
  routes: { method: string; path: string }[];
  openApi(): OpenApiDocument;
  metrics: Metrics;
};

/**
 * `publicUrl` is asked for at every use, because a free port is known only after listening; `former` is what
 * answered before, whose measures go on.
 */
export function createServerApp(app: App, publicUrl: () => string, former?: ServerApp): ServerApp {
  const sources = createSourcesReport(app);
  const metrics = former?.metrics ?? createMetrics(sources);
  metrics.follow(sources);
  const server = new Hono<HttpEnv & ApiEnv>();
  server.use(aroundRequests(app, metrics));
  server.use(packAnswers);
  server.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new AppError('invalid', words.states.failure.tooLarge);
      },
    }),
  );
  server.use(wall(app, publicUrl));

  server.get('/healthz', (c) => c.text('ok\n', 200, { 'cache-control': 'no-store' }));
  server.get('/readyz', async (c) => {
    c.header('cache-control', 'no-store');
    try {
      const pending = await pendingMigrations(app.database);
      if (pending.length === 0) return c.text('ready\n');
      return c.text('not ready: the schema is not current, run "broadsheet migrate"\n', 503);
    } catch (error) {
      app.log.warn({ err: error }, 'not ready');
      return c.text(
        `not ready: ${error instanceof AppError ? messageOf(error) : 'the database does not answer'}\n`,
        503,
      );
    }
  });
  server.get('/metrics', async (c) =>
    c.text(await metrics.registry.metrics(), 200, {
      'content-type': metrics.registry.contentType,
      'cache-control': 'no-store',
    }),
  );
  server.get('/assets/:file', sendAsset);

  server.use(async (c, next) => {
    // PostgreSQL has no text with this character, and no address of ours needs it; a search drops it.
    if (/%00/.test(c.req.url) && !SEARCHES.has(c.req.path))
      throw new AppError('invalid', words.states.failure.zeroByte);
    await next();
  });
  server.use(
    pageCache(app, {
      maxBytes: app.config.pageCacheBytes,
      metrics,
      commonHeaders: commonHeadersOf(app.config),
    }),
  );
  server.use('/api/*', async (c, next) => {
    await next();
    // Programs in other origins' pages may read what anyone may read.
    c.res.headers.set('access-control-allow-origin', '*');
    c.res.headers.set(
      'access-control-expose-headers',
      'Link, ETag, X-Request-Id, X-Search-Answered-By',
    );
    if (c.res.ok && !c.res.headers.has('cache-control')) {
      c.res.headers.set('cache-control', c.get('isClosed') ? API_CLOSED : API_OPEN);
    }
  });

  const api = paperRoutes(app, publicUrl);
  describePlainRoutes(api);
  const document = () =>
    describeApi(api, { name: app.config.name, version: VERSION, url: publicUrl() });
  server.get(OPENAPI_PATH, (c) => c.json(document()));
  server.get('/api/docs', async (c) =>
    c.html(
      <ApiDocsPage
        site={await loadSite(app, publicUrl())}
        document={document() as unknown as OpenApiDocument}
      />,
    ),
  );
  server.route('/', api);
  server.route('/', webRoutes(app, publicUrl, sources));

  server.notFound(() => {
    throw new AppError('not-found', words.states.failure.notFound);
  });
  server.onError(async (error, c) => {
    const { status, message, retryAfterS } = explainFailure(app, c, error);
    if (retryAfterS !== undefined) c.header('retry-after', String(retryAfterS));
    if (status >= 500) c.header('cache-control', 'no-store');
    if (isForMachines(c.req.path)) {
      c.header('x-error-message', message.replace(/[^\x20-\x7e]/g, '?'));
      c.header('access-control-allow-origin', '*');
      return c.json({ error: message }, status);
    }
    const url = publicUrl();
    const site = await loadSite(app, url).catch(() => siteWithoutDatabase(app, url));
    const { pathname, search } = new URL(c.req.url);
    const failure = {
      status,
      message,
      requestId: c.get('requestId'),
      opensAt: retryAfterS === undefined ? undefined : new Date(Date.now() + retryAfterS * 1000),
      path: c.req.method === 'GET' ? pathname + search : undefined,
      typed: await findTypedText(c),
    };
    return c.html(<FailurePage site={site} failure={failure} />, status);
  });

  return {
    fetch: (request, ...rest) => server.fetch(withWholeId(request), ...rest),
    routes: server.routes.map(({ method, path }) => ({ method, path })),
    openApi: () => document() as unknown as OpenApiDocument,
    metrics,
  };
}

const SEARCHES = new Set(['/papers', '/api/papers/search', '/api/suggest']);

/** An identity may hold slashes (`hep-th/9901001`), which a router would take for its own. */
const ID_PATH =
  /^(https?:\/\/[^/]*\/(?:papers|api\/papers|api\/arxiv)\/)([^?#]*?)(\/cite(?:\.(?:bib|ris|json|txt))?|\/citation|\/repos|\/similar|\/vote|\/links|\/entry\/\d{4}-\d\d-\d\d|\/comments(?:\/[0-9a-f]{24})?|\/comment(?:\/[0-9a-f]{24}\/reply)?)?(?=[?#]|$)/;
const NOT_AN_ID = /^(?:date|week|month|archive|submit)(?:\/|$)/;

function withWholeId(request: Request): Request {
  const match = ID_PATH.exec(request.url);
  const id = match?.[2];
  if (!match || !id?.includes('/') || NOT_AN_ID.test(id)) return request;
  const rest = request.url.slice(match[0].length);
  const whole = id.replace(/\/+$/, '').replaceAll('/', '%2F');
  return new Request(`${match[1]}${whole}${match[3] ?? ''}${rest}`, request);
}
