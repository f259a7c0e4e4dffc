// Answers that were given already, for everyone who asks before anything changes. An answer belongs
// to the change number and the day at which it was made; with another, it is made anew.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import type { App } from '../app.ts';
import type { Metrics } from './metrics.ts';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** What is kept of an answer. */
type Page = {
  stamp: string;
  status: number;
  headers: [string, string][];
  etag: string;
  madeAt: number;
  isCompressible: boolean;
  /** Made when first asked for. */
  bodies: Map<Encoding, Promise<Bytes>>;
  bytes: number;
};
type Bytes = Uint8Array<ArrayBuffer>;
type Encoding = 'br' | 'gzip' | 'identity';

/** Beyond it a page of a day takes longer to pack than to make. */
const BROTLI_QUALITY = 4;
const MIN_COMPRESSED_BYTES = 1_024;
/** Larger answers are passed on, not kept. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
/** Compressed copies come with the page; this is what they are reckoned to add. */
const COPIES = 1.5;

export type PageCacheOptions = {
  maxBytes: number;
  metrics: Metrics;
};

/** Keeps GET answers, compresses them, and answers conditional requests (RFC 9110, section 13). */
export function pageCache(app: App, { maxBytes, metrics }: PageCacheOptions): MiddlewareHandler {
  const pages = new Map<string, Page>();
  let bytes = 0;

  const drop = (key: string) => {
    bytes -= pages.get(key)?.bytes ?? 0;
    pages.delete(key);
  };
  const keep = (key: string, page: Page) => {
    drop(key);
    if (page.bytes > Math.min(maxBytes, MAX_PAGE_BYTES)) return;
    pages.set(key, page);
    bytes += page.bytes;
    for (const oldest of pages.keys()) {
      if (bytes <= maxBytes) break;
      drop(oldest);
    }
  };

  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const stamp = `${await app.database.currentChange()} ${app.today()}`;
    const key = keyOf(c);
    const kept = pages.get(key);
    if (kept?.stamp === stamp) {
      pages.delete(key);
      pages.set(key, kept);
      metrics.pageCache.inc({ result: 'hit' });
      return answer(c, kept);
    }
    await next();
    if (!isKeepable(c.res)) return;
    metrics.pageCache.inc({ result: 'miss' });
    const page = await pageOf(c.res, stamp);
    // The same bytes as before are as old as before.
    if (kept?.etag === page.etag) page.madeAt = kept.madeAt;
    keep(key, page);
    c.res = undefined;
    c.res = await answer(c, page);
  };
}

/** The address without a fragment, and what else the answer depends on. */
function keyOf(c: Context): string {
  const url = c.req.url;
  const address = url.slice(url.indexOf('/', 8));
  return /\bmarkdown\b/.test(c.req.header('accept') ?? '') ? `md ${address}` : address;
}

function isKeepable(response: Response): boolean {
  const { status, headers } = response;
  return (
    [200, 301, 302, 308, 404].includes(status) &&
    !headers.has('set-cookie') &&
    !/no-store/.test(headers.get('cache-control') ?? '')
  );
}

async function pageOf(response: Response, stamp: string): Promise<Page> {
  const body = new Uint8Array(await response.arrayBuffer());
  const headers = [...response.headers].filter(([name]) => name !== 'content-length');
  const type = response.headers.get('content-type') ?? '';
  return {
    stamp,
    status: response.status,
    headers,
    etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    madeAt: Math.floor(Date.now() / 1000) * 1000,
    isCompressible: body.length >= MIN_COMPRESSED_BYTES && /^text\/|json|xml|svg/.test(type),
    bodies: new Map([['identity', Promise.resolve(body)]]),
    bytes: Math.ceil(body.length * COPIES) + 1_024,
  };
}

async function answer(c: Context, page: Page): Promise<Response> {
  const headers = new Headers(page.headers);
  headers.append('vary', 'accept-encoding');
  headers.append('vary', 'accept');
  const encoding = chooseEncoding(c.req.header('accept-encoding') ?? '', page);
  if (page.status === 200) {
    headers.set('etag', `"${page.etag}${encoding === 'identity' ? '' : `-${encoding}`}"`);
    headers.set('last-modified', new Date(page.madeAt).toUTCString());
    if (isUnchanged(c, page)) return new Response(null, { status: 304, headers });
  }
  const body = await bodyIn(encoding, page);
  if (encoding !== 'identity') headers.set('content-encoding', encoding);
  headers.set('content-length', String(body.length));
  return new Response(c.req.method === 'HEAD' ? null : body, { status: page.status, headers });
}

async function bodyIn(encoding: Encoding, page: Page): Promise<Bytes> {
  let body = page.bodies.get(encoding);
  if (!body) {
    const plain = (await page.bodies.get('identity')) as Bytes;
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    const packed = encoding === 'br' ? compressBrotli(plain, { params }) : compressGzip(plain);
    body = packed as Promise<Bytes>;
    page.bodies.set(encoding, body);
  }
  return body;
}

/** If-None-Match decides where it is given, else If-Modified-Since. */
function isUnchanged(c: Context, page: Page): boolean {
  const match = c.req.header('if-none-match');
  if (match !== undefined) {
    return match
      .split(',')
      .map((tag) =>
        tag
          .trim()
          .replace(/^W\//, '')
          .replace(/^"|(?:-br|-gzip)?"$/g, ''),
      )
      .some((tag) => tag === '*' || tag === page.etag);
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  return !Number.isNaN(since) && since >= page.madeAt;
}

function chooseEncoding(accepted: string, page: Page): Encoding {
  if (!page.isCompressible) return 'identity';
  const refused = (name: string) =>
    new RegExp(`\\b${name}\\s*;\\s*q=0(?:\\.0*)?(?:,|$)`).test(accepted);
  if (/\bbr\b/.test(accepted) && !refused('br')) return 'br';
  if (/\bgzip\b/.test(accepted) && !refused('gzip')) return 'gzip';
  return 'identity';
}
