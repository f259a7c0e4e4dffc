// What one must be allowed to do to use a route: the wall asks this table before anything else
// answers, and a route that is not in it answers nobody.
import type { Action } from '../people/roles.ts';

/**
 * `open`: for anyone, even where reading needs an account. `known`: for whoever is signed in or has a token,
 * whatever it may be used for.
 */
export type Rule = 'open' | 'known' | Action;

const ROUTES: Record<Rule, readonly string[]> = {
  open: [
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'GET /assets/:file',
    'GET /robots.txt',
    'GET /about/roles',
    'GET /api/openapi.json',
    'GET /api/docs',
    'GET /api/me/marks',
    'GET /sign-in',
    'POST /sign-in',
    'GET /sign-in/link',
    'POST /sign-in/link',
    'POST /sign-in/with/:provider',
    'POST /sign-out',
    'GET /join/:code',
    'GET /goodbye',
    'GET /subscription/:token/preview',
    'GET /api/auth/callback/:provider',
    'POST /api/auth/callback/:provider',
    'GET /feeds/private/:file',
    'GET /api/auth/passkey/generate-authenticate-options',
    'POST /api/auth/passkey/verify-authentication',
    'GET /subscribe/confirm/:token',
    'POST /subscribe/confirm/:token',
    'GET /subscription/:token',
    'POST /subscription/:token',
    'POST /subscription/:token/state',
    'POST /subscription/:token/topic',
    'GET /unsubscribe/:token',
    'POST /unsubscribe/:token',
    'POST /mail/events/:provider',
  ],
  known: ['GET /api/whoami-v2'],
  read: [
    'GET /',
    'GET /papers',
    'GET /papers/date/:day',
    'GET /papers/date/:day/new',
    'GET /papers/week',
    'GET /papers/week/:key',
    'GET /papers/month',
    'GET /papers/month/:key',
    'GET /papers/trending',
    'GET /papers/:id',
    'GET /papers/:id/comments',
    'GET /papers/:id/comments/:commentId',
    'GET /comments/:id',
    'GET /comments/:id/history',
    'GET /editions/:slug',
    'GET /authors/:key',
    'GET /categories/:category',
    'GET /about',
    'GET /about/search',
    'GET /people/:handle',
    'GET /about/sources',
    'GET /moderation/log',
    'GET /feeds',
    'GET /feeds.opml',
    'GET /feeds/:feed{.+}',
    'GET /sitemap.xml',
    'GET /sitemap/:month{[0-9-]+\\.xml}',
    'GET /api/daily_papers',
    'GET /api/papers',
    'GET /api/papers/search',
    'GET /api/papers/:id',
    'GET /api/papers/:id/similar',
    'GET /api/suggest',
    'GET /api/arxiv/:id/repos',
    'GET /subscribe',
    'POST /subscribe',
  ],
  vote: ['POST /papers/:id/vote', 'PUT /api/papers/:id/vote', 'DELETE /api/papers/:id/vote'],
  report: ['GET /report', 'POST /report'],
  account: [
    'GET /setup',
    'POST /setup',
    'POST /comments/:id/delete',
    'GET /settings',
    'GET /settings/profile',
    'POST /settings/profile',
    'GET /settings/sign-in',
    'POST /settings/sign-in/remove',
    'POST /settings/sign-in/rename',
    'GET /settings/sessions',
    'POST /settings/sessions/end',
    'POST /settings/sessions/end-others',
    'GET /settings/tokens',
    'POST /settings/tokens',
    'POST /settings/tokens/revoke',
    'GET /settings/digests',
    'GET /settings/digests/new',
    'POST /settings/digests/new',
    'GET /settings/digests/:id',
    'POST /settings/digests/:id',
    'POST /settings/digests/:id/state',
    'POST /settings/digests/:id/topic',
    'POST /settings/digests/:id/confirm',
    'GET /settings/channels',
    'GET /settings/channels/new',
    'GET /settings/channels/:id',
    'GET /settings/channels/:id/posts/:post',
    'GET /settings/channels/:id/edit',
    'GET /settings/channels/:id/delete',
    'POST /settings/channels/new',
    'POST /settings/channels/:id/edit',
    'POST /settings/channels/:id/test',
    'POST /settings/channels/:id/pause',
    'POST /settings/channels/:id/resume',
    'POST /settings/channels/:id/secret',
    'POST /settings/channels/:id/replay',
    'POST /settings/channels/:id/delete',
    'GET /settings/feeds',
    'POST /settings/feeds',
    'POST /settings/feeds/revoke',
    'GET /settings/data',
    'GET /settings/data.json',
    'GET /settings/data.md',
    'GET /settings/delete',
    'GET /settings/digests/:id/preview',
    'POST /settings/delete',
    'GET /api/auth/passkey/generate-register-options',
    'POST /api/auth/passkey/verify-registration',
  ],
  react: [
    'POST /comments/:id/react',
    'PUT /api/comments/:id/reactions/:reaction',
    'DELETE /api/comments/:id/reactions/:reaction',
  ],
  comment: [
    'POST /papers/:id/comments',
    'POST /comments/:id/reply',
    'GET /comments/:id/edit',
    'POST /comments/:id/edit',
    'POST /comments/preview',
    'POST /api/papers/:id/comment',
    'POST /api/papers/:id/comment/:commentId/reply',
    'PATCH /api/comments/:id',
    'DELETE /api/comments/:id',
  ],
  submit: [
    'GET /papers/submit',
    'POST /papers/submit',
    'GET /papers/submit/:id',
    'GET /papers/:id/links',
    'POST /papers/:id/links',
    'POST /api/papers/index',
    'POST /api/papers/submit',
    'POST /api/papers/:id/links',
  ],
  invite: ['GET /invitations', 'POST /invitations', 'POST /invitations/withdraw'],
  edit: ['GET /papers/:id/entry/:day', 'POST /papers/:id/entry/:day'],
  moderate: [
    'GET /moderation',
    'GET /moderation/act',
    'POST /moderation/act',
    'POST /moderation/dismiss',
    'POST /moderation/undo',
  ],
  administer: [
    'GET /admin/mail',
    'POST /admin/mail/retry',
    'GET /admin/mail/suppressions',
    'POST /admin/mail/suppressions',
    'POST /admin/mail/suppressions/lift',
    'GET /admin/channels',
    'GET /admin/channels/new',
    'GET /admin/channels/:id',
    'GET /admin/channels/:id/posts/:post',
    'GET /admin/channels/:id/edit',
    'GET /admin/channels/:id/delete',
    'POST /admin/channels/new',
    'POST /admin/channels/:id/edit',
    'POST /admin/channels/:id/test',
    'POST /admin/channels/:id/pause',
    'POST /admin/channels/:id/resume',
    'POST /admin/channels/:id/secret',
    'POST /admin/channels/:id/replay',
    'POST /admin/channels/:id/delete',
  ],
  appoint: [
    'GET /invitations/tree',
    'GET /admin/people',
    'POST /admin/people/role',
    'GET /admin/audit',
  ],
};

const RULES = new Map(
  Object.entries(ROUTES).flatMap(([rule, routes]) => routes.map((route) => [route, rule as Rule])),
);

/**
 * Routes that mail programs and services call without cookies: what they bring in their address or their body
 * proves that they may, so they need not come from a page of ours.
 */
const FROM_ELSEWHERE: ReadonlySet<string> = new Set([
  'POST /unsubscribe/:token',
  'POST /mail/events/:provider',
]);

/** Whether a route by method and path may be called from anywhere. */
export function isFromElsewhere(method: string, path: string): boolean {
  return FROM_ELSEWHERE.has(`${method} ${path}`);
}

/** The rule of a route by method and path as the router knows them, such as `GET /papers/:id`. */
export function findRule(method: string, path: string): Rule | undefined {
  return RULES.get(`${method} ${path}`);
}

/** All routes that have a rule. */
export function ruledRoutes(): string[] {
  return [...RULES.keys()];
}
