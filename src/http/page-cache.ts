// Answers that were given already, for everyone who asks before anything changes. An answer belongs
// to the change number, the day and the state of the search index at which it was made; with others
// it is made anew.
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { App } from '../app.ts';
import { chooseForm, formKey } from '../web/choose-form.ts';
import { type Bytes, chooseEncoding, type Encoding, isPackable, pack } from './encodings.ts';
import type { Metrics } from './metrics.ts';
import type { HttpEnv } from './requests.ts';

const HIT = { result: 'hit' };
const MISS = { result: 'miss' };

/** What is kept of an answer. */
type Page = {
  stamp: string;
  status: number;
  /** Those that every way of sending it has. */
  headers: Record<string, string>;
  etag: string;
  madeAt: number;
  isCompressible: boolean;
  plain: Bytes;
  /** Ready to be sent; made when first asked for. */
  variants: Map<Encoding, Variant>;
  bytes: number;
};
type Variant = { headers: Record<string, string>; body: Bytes };

/** Larger answers are passed on, not kept. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
/** Compressed copies come with the page; this is what they are reckoned to add. */
const COPIES = 1.5;

export type PageCacheOptions = {
  maxBytes: number;
  metrics: Metrics;
  commonHeaders: Record<string, string>;
};

/** Keeps GET answers, compresses them, and answers conditional requests (RFC 9110, section 13). */
export function pageCache(app: App, options: PageCacheOptions): MiddlewareHandler<HttpEnv> {
  const { maxBytes, metrics, commonHeaders } = options;
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
    if (c.get('isPersonal')) return next();
    const change = await app.database.currentChange();
    const stamp = `${change} ${app.today()} ${app.search.stamp()}`;
    const key = keyOf(c);
    const kept = pages.get(key);
    if (kept?.stamp === stamp) {
      pages.delete(key);
      pages.set(key, kept);
      metrics.pageCache.inc(HIT);
      return answer(c, kept, commonHeaders);
    }
    await next();
    if (!isKeepable(c.res)) return;
    metrics.pageCache.inc(MISS);
    const page = await pageOf(c.res, stamp);
    // The same bytes as before are as old as before.
    if (kept?.etag === page.etag) page.madeAt = kept.madeAt;
    keep(key, page);
    c.res = undefined;
    c.res = await answer(c, page, commonHeaders);
  };
}

/** The address without a fragment, and what else the answer depends on. */
function keyOf(c: Context): string {
  const url = c.req.url;
  const address = url.slice(url.indexOf('/', 8));
  const form = chooseForm(c.req.header('accept'));
  return form.kind === 'html' ? address : `${formKey(form)} ${address}`;
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
  const plain = new Uint8Array(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  delete headers['content-length'];
  headers.vary = 'accept-encoding, accept';
  const type = headers['content-type'] ?? '';
  return {
    stamp,
    status: response.status,
    headers,
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    madeAt: Math.floor(Date.now() / 1000) * 1000,
    isCompressible: isPackable(type, plain.length),
    plain,
    variants: new Map(),
    bytes: Math.ceil(plain.length * COPIES) + 1_024,
  };
}

/**
 * The whole answer, with the headers that others would add later: changing them afterwards would
 * cost more than all the rest.
 */
async function answer(
  c: Context<HttpEnv>,
  page: Page,
  commonHeaders: Record<string, string>,
): Promise<Response> {
  c.set('hasAllHeaders', true);
  const own = { ...commonHeaders, 'x-request-id': c.get('requestId') };
  const encoding = page.isCompressible
    ? chooseEncoding(c.req.header('accept-encoding') ?? '')
    : 'identity';
  const variant = page.variants.get(encoding) ?? (await makeVariant(page, encoding));
  const headers = { ...variant.headers, ...own };
  if (page.status === 200 && isUnchanged(c, page)) {
    const {
      'content-length': _,
      'content-encoding': __,
      ...rest
    } = headers as typeof headers & {
      'content-length'?: string;
      'content-encoding'?: string;
    };
    return new Response(null, { status: 304, headers: rest });
  }
  const body = c.req.method === 'HEAD' ? null : variant.body;
  return new Response(body, { status: page.status, headers });
}

async function makeVariant(page: Page, encoding: Encoding): Promise<Variant> {
  const body = await pack(page.plain, encoding);
  const headers: Variant['headers'] = { ...page.headers, 'content-length': String(body.length) };
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  if (page.status === 200) {
    headers.etag = `"${page.etag}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    headers['last-modified'] = new Date(page.madeAt).toUTCString();
  }
  const variant = { headers, body };
  page.variants.set(encoding, variant);
  return variant;
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
