// Before anything answers: which route is it, who asks, may they, and did they mean to?
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { findTokenHolder } from '../people/api-tokens.ts';
import { spend } from '../people/limits.ts';
import {
  findSession,
  HINT_COOKIE,
  prolongSession,
  SESSION_DAYS,
  sessionCookieOf,
  sessionSecret,
} from '../people/sessions.ts';
import { allow, type Viewer } from '../people/viewer.ts';
import { pageBefore, signInPath, withMine } from '../web/mine.ts';
import type { HttpEnv } from './requests.ts';
import { findRule, isFromElsewhere, type Rule } from './route-rules.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const DAY_S = 86_400;
/** `?mine` asks for a page with one's own votes and reactions in it. */
const MINE = 'mine';
/** What the router calls the method of middleware, which answers nothing by itself. */
const MIDDLEWARE = 'ALL';

export function wall(app: App, publicUrl: () => string): MiddlewareHandler<HttpEnv> {
  const { reading } = app.config.people;
  return async (c, next) => {
    const { rule, isOpenToAll } = ruleOf(c);
    const isSafe = SAFE.has(c.req.method);
    if (!isSafe) {
      if (!isOpenToAll) refuseForeignForms(c, publicUrl());
      await spend(app.database, 'write from a client', c.get('client') ?? '');
    }
    const wantsOwn = isSafe && asksForOwn(c);
    // What comes from elsewhere proves by itself that it may, in a way of its own.
    const isShared =
      (isOpenToAll && rule === 'open') ||
      (isSafe && !wantsOwn && (rule === 'open' || (rule === 'read' && reading === 'everyone')));
    if (rule !== undefined && !isShared) {
      const viewer = await findViewer(app, c, publicUrl());
      c.set('viewer', viewer);
      const first = viewer ? undefined : pathAfterSignIn(c, rule);
      if (first !== undefined) {
        c.header('cache-control', 'private, no-store');
        return c.redirect(signInPath(first), 303);
      }
      if (rule === 'known') refuseUnknown(viewer);
      else if (rule !== 'open') allow(viewer, rule, reading);
      if (viewer && (wantsOwn || (rule !== 'read' && rule !== 'open'))) c.set('isPersonal', true);
    }
    await next();
    if (c.get('isPersonal') || !isSafe) c.res.headers.set('cache-control', 'private, no-store');
    else if (rule === 'read' && reading === 'members') {
      c.res.headers.set('cache-control', 'private, no-cache');
    }
  };
}

function refuseUnknown(viewer: Viewer | undefined): void {
  if (!viewer) throw new AppError('unauthorised', 'Send a token, or sign in first, at /sign-in.');
}

/** Of the route that will answer; without a rule where none will. */
function ruleOf(c: Context<HttpEnv>): { rule: Rule | undefined; isOpenToAll: boolean } {
  const routes = matchedRoutes(c).filter(({ method }) => method !== MIDDLEWARE);
  const route = routes[0];
  if (!route) return { rule: undefined, isOpenToAll: false };
  const rule = findRule(route.method, route.path);
  if (rule === undefined) throw new Error(`the route ${route.method} ${route.path} has no rule`);
  return { rule, isOpenToAll: isFromElsewhere(route.method, route.path) };
}

/** A program that comes with credentials, or a page that is asked for with one's own marks. */
function asksForOwn(c: Context<HttpEnv>): boolean {
  const path = c.req.path;
  if (path.startsWith('/api/')) {
    return c.req.header('authorization') !== undefined || hasSessionCookie(c);
  }
  return c.req.query(MINE) !== undefined;
}

/**
 * Where a visitor goes on after signing in, for what is no error but asks for an account: a page with one's
 * own marks, forms to submit and edit, and the vote button, whose form holds nothing that would be lost.
 */
function pathAfterSignIn(c: Context<HttpEnv>, rule: Rule): string | undefined {
  if (c.req.path.startsWith('/api/')) return undefined;
  if (SAFE.has(c.req.method) && rule !== 'open') {
    const { pathname, search } = new URL(c.req.url);
    return pathname + search;
  }
  if (rule === 'vote') return withMine(pageBefore(c.req.header('referer')) ?? '/papers');
  return undefined;
}

function hasSessionCookie(c: Context<HttpEnv>): boolean {
  return /(?:^|;\s*)(?:__Host-)?session=/.test(c.req.header('cookie') ?? '');
}

/**
 * Throws `unauthorised` for a token that is none: a program should hear of it instead of being taken for a
 * visitor.
 */
async function findViewer(app: App, c: Context<HttpEnv>, url: string): Promise<Viewer | undefined> {
  const bearer = bearerOf(c);
  if (bearer !== undefined) {
    const holder = await findTokenHolder(app.database, bearer);
    if (!holder) {
      throw new AppError(
        'unauthorised',
        'The token is unknown, revoked or too old: make another in your settings.',
      );
    }
    await spend(app.database, 'request with a token', holder.tokenId);
    const { person, scopes, tokenId } = holder;
    return { person, sessionId: undefined, scopes, tokenId };
  }
  const name = sessionCookieOf(url);
  const cookies = c.req.header('cookie') ?? '';
  const session = await findSession(app.database.read, cookies, {
    name,
    secret: sessionSecret(app.secret()),
  });
  if (!session) return undefined;
  if (session.isDue) await prolong(app, c, session.id, name, cookies);
  return { person: session.person, sessionId: session.id, scopes: undefined };
}

async function prolong(
  app: App,
  c: Context<HttpEnv>,
  id: string,
  name: string,
  cookies: string,
): Promise<void> {
  await prolongSession(app.database, id);
  const value = new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(cookies)?.[1] ?? '';
  const secure = name.startsWith('__Host-') ? '; Secure' : '';
  const lasting = `; Path=/; SameSite=Lax; Max-Age=${SESSION_DAYS * DAY_S}${secure}`;
  c.header('set-cookie', `${name}=${value}; HttpOnly${lasting}`, { append: true });
  c.header('set-cookie', `${HINT_COOKIE}=1${lasting}`, { append: true });
  c.set('isPersonal', true);
}

function bearerOf(c: Context<HttpEnv>): string | undefined {
  const header = c.req.header('authorization');
  if (header === undefined) return undefined;
  const match = /^Bearer\s+(\S+)$/i.exec(header.trim());
  if (!match) throw new AppError('unauthorised', 'Write "Authorization: Bearer" and a token.');
  return match[1];
}

/**
 * Cookies come along with forms of other sites, so a request that changes something must say that it
 * comes from a page of ours: by Sec-Fetch-Site, which no page can forge, or by its Origin. A token
 * does not come along by itself.
 */
function refuseForeignForms(c: Context<HttpEnv>, url: string): void {
  if (c.req.header('authorization') !== undefined) return;
  const site = c.req.header('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = c.req.header('origin');
  if (site === undefined && origin === new URL(url).origin) return;
  throw new AppError(
    'forbidden',
    `This did not come from a page of ${url}: open that address and try again there. Programs send a token instead.`,
  );
}
