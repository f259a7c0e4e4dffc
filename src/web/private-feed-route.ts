// A private feed answers whoever has its address, also where reading needs an account; no answer of it is
// kept anywhere but in the reader's own program.
import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { parseFeed } from '../syndication/feed-address.ts';
import { FEED_TYPES, type FeedFormat } from '../syndication/feed-document.ts';
import { findFeedToken } from '../syndication/feed-tokens.ts';
import { renderFeed } from '../syndication/render-feed.ts';
import type { FeedLoader } from './feed-loader.ts';
import type { WebContext } from './site.ts';

const FILE = /^([\w-]{1,100})\.(rss|atom|json)$/;

export function addPrivateFeedRoute(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
  load: FeedLoader,
): void {
  web.get('/feeds/private/:file', async (c) => {
    c.header('cache-control', 'private, no-store');
    c.header('x-robots-tag', 'noindex, nofollow');
    c.header('referrer-policy', 'no-referrer');
    const [, token = '', format = ''] = FILE.exec(c.req.param('file')) ?? [];
    const found = token === '' ? undefined : await findFeedToken(app.database, token);
    if (!found) return c.text('There is no private feed at this address.\n', 404);
    if (found.isRevoked) return c.text('This private feed was revoked.\n', 410);
    if (found.person.barred) {
      return c.text('The account that this private feed belongs to is suspended.\n', 403);
    }
    const { pathname, searchParams } = new URL(found.feed, publicUrl());
    const after = c.req.query('after');
    if (after) searchParams.set('after', after);
    const choice = parseFeed(pathname, searchParams);
    const selfUrl = `${publicUrl()}${c.req.path}`;
    const feed = await load(choice, { selfUrl, readerId: found.person.id });
    const body = renderFeed(feed, format as FeedFormat);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    c.header('etag', etag);
    c.header('last-modified', new Date(feed.updated).toUTCString());
    if (isUnchanged(c, etag, feed.updated)) return c.body(null, 304);
    return c.body(body, 200, {
      'content-type': `${FEED_TYPES[format as FeedFormat]}; charset=utf-8`,
    });
  });
}

/** RFC 9110, section 13: the tag decides where it is given, else the time. */
function isUnchanged(c: WebContext, etag: string, updated: string): boolean {
  const match = c.req.header('if-none-match');
  if (match !== undefined) {
    const tags = match.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes(etag) || tags.includes('*');
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  return !Number.isNaN(since) && since >= Math.floor(Date.parse(updated) / 1_000) * 1_000;
}
