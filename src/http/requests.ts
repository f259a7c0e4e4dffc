// Around every request: its id, its log line, its measures, the headers that browsers are told to
// obey, and what is said when it fails.
import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, STATUS, TooManyError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { pagePolicy } from '../web/page-policy.ts';
import { clientAddressReader } from './client-address.ts';
import type { Metrics } from './metrics.ts';

export type HttpEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** The answer has its id and the common headers already. */
    hasAllHeaders?: boolean;
  } & ApiEnv['Variables'];
};

const SECURITY_HEADERS = {
  'content-security-policy': pagePolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Of those, what says something about a file that is a part of pages; a page has many, and the rest would outweigh some. */
const FILE_HEADERS = ['x-content-type-options', 'strict-transport-security'];

/** What every answer carries that is no such file. */
export function commonHeadersOf(config: Pick<App['config'], 'url'>): Record<string, string> {
  if (!config.url?.startsWith('https:')) return SECURITY_HEADERS;
  return { ...SECURITY_HEADERS, 'strict-transport-security': 'max-age=31536000' };
}

/** A request id of a proxy before us is kept, so that its log and ours can be joined. */
const REQUEST_ID = /^[\w.-]{8,64}$/;

export function aroundRequests(app: App, metrics: Metrics): MiddlewareHandler<HttpEnv> {
  const headers = Object.entries(commonHeadersOf(app.config));
  const headersOfFiles = headers.filter(([name]) => FILE_HEADERS.includes(name));
  const clientAddress = clientAddressReader(app.config.trustedProxies);
  return async (c, next) => {
    const startedAt = performance.now();
    const given = c.req.header('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    const client = clientAddress(
      c.env?.incoming?.socket.remoteAddress ?? '',
      c.req.header('x-forwarded-for'),
    );
    c.set('client', client);
    await next();
    const seconds = (performance.now() - startedAt) / 1000;
    if (!c.get('hasAllHeaders')) {
      const isFile = c.res.ok && c.req.path.startsWith('/assets/');
      for (const [name, value] of isFile ? headersOfFiles : headers) {
        // Few answers have a policy of their own, and mean it.
        if (!c.res.headers.has(name)) c.res.headers.set(name, value);
      }
      if (!isFile) c.res.headers.set('x-request-id', requestId);
    }
    metrics.requests.inc({ method: c.req.method, status: c.res.status });
    metrics.seconds.observe({ kind: kindOf(c.req.path) }, seconds);
    if (!app.log.isLevelEnabled('info')) return;
    app.log.info(
      {
        requestId,
        method: c.req.method,
        path: withoutSecret(c.req.path),
        status: c.res.status,
        ms: Math.round(seconds * 100_000) / 100,
        client,
      },
      'request',
    );
  };
}

/** Links that work without an account let whoever reads the log use them. */
function withoutSecret(path: string): string {
  return path.replace(
    /^(\/(?:subscribe\/confirm|subscription|unsubscribe|feeds\/private)\/)[^/]+/,
    '$1…',
  );
}

export type Failure = {
  status: 400 | 401 | 403 | 404 | 409 | 415 | 429 | 500 | 503;
  message: string;
  /** When to try again, in seconds. */
  retryAfterS?: number;
};

/** What the person who asked is told; a defect's details go to the log only. */
export function explainFailure(app: App, c: Context<HttpEnv>, error: unknown): Failure {
  if (error instanceof AppError) {
    const { retryAfterS } = error instanceof TooManyError ? error : {};
    const failure = { status: STATUS[error.code], message: error.message };
    return retryAfterS === undefined ? failure : { ...failure, retryAfterS };
  }
  // What the router itself refuses: bodies that are not what their type says.
  if (error instanceof HTTPException && error.status === 415) {
    return { status: 415, message: words.states.failure.notJson };
  }
  if (error instanceof HTTPException && error.status === 400) {
    return { status: 400, message: words.states.failure.notReadable };
  }
  const requestId = c.get('requestId');
  app.log.error({ requestId, err: error, path: withoutSecret(c.req.path) }, 'a request failed');
  return {
    status: 500,
    message: words.states.failure.defect(requestId),
  };
}

export function isForMachines(path: string): boolean {
  return path.startsWith('/api/') && path !== '/api/docs';
}

function kindOf(path: string): string {
  const [, first = '', second = ''] = path.split('/', 3);
  if (first === 'papers') {
    return ['date', 'week', 'month'].includes(second) ? `papers-${second}` : 'papers';
  }
  const known = ['', 'api', 'assets', 'editions', 'authors', 'categories', 'about', 'feeds'];
  return known.includes(first) ? first || 'home' : 'other';
}
