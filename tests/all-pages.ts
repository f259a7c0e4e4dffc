// Every page that there is, by the route that answers, and who looks at it. A route of a page that is named
// neither here nor among what is no page fails the walk.
import { type Corners, DAY, PAPER } from './corners.ts';
import type { Role } from './living-instance.ts';

export type Viewer = Role | 'visitor';

/** What answers with something else than a page, and why. */
export const NO_PAGES: [pattern: RegExp, why: string][] = [
  [/^\/(?:healthz|readyz|metrics)$/, 'for those who run the program'],
  [/^\/assets\/|^\/(?:look\.css|sw\.js|manifest\.webmanifest)$/, 'files'],
  [/^\/(?:robots\.txt|sitemap\.xml|sitemap\/)/, 'for search engines'],
  [/^\/api\/(?!docs$)/, 'for programs'],
  [/\/cite\.(?:bib|ris|json|txt)$/, 'citations to be taken along'],
  [/^\/feeds\.opml$|^\/feeds\/:feed|^\/feeds\/private\//, 'for feed readers'],
  [/^\/settings\/data\.(?:json|md)$/, 'downloads'],
  [/^\/papers\/:id\/comments$/, 'leads to the paper, or is a part of its page'],
  [/^\/comments\/:id$/, 'leads to where the comment stands'],
];

/** By route: addresses of it, for everyone or, where they differ, by who looks. */
export type Pages = Record<string, Partial<Record<Viewer, string[]>>>;

export function allPages(corners: Corners): Pages {
  const paper = `/papers/${PAPER}`;
  const { channel, instanceChannel, visitor } = corners;
  const channels = (base: string, { id, post }: Corners['channel']) => ({
    [base]: [base],
    [`${base}/new`]: ['slack', 'telegram', 'webhook'].map((kind) => `${base}/new?kind=${kind}`),
    [`${base}/:id`]: [`${base}/${id}`],
    [`${base}/:id/posts/:post`]: [`${base}/${id}/posts/${post}`],
    [`${base}/:id/edit`]: [`${base}/${id}/edit`],
    [`${base}/:id/delete`]: [`${base}/${id}/delete`],
  });
  const seenBy = (viewer: Viewer, routes: Record<string, string[]>): Pages =>
    Object.fromEntries(
      Object.entries(routes).map(([route, paths]) => [route, { [viewer]: paths }]),
    );
  return {
    '/': { visitor: ['/'], member: ['/?mine'] },
    '/papers': {
      visitor: [
        '/papers',
        '/papers?q=diffusion',
        '/papers?q=no+such+paper+qqqq',
        `/papers?q=${'w'.repeat(90)}`,
      ],
      member: ['/papers?q=diffusion&mine'],
    },
    '/papers/date/:day': {
      visitor: [`/papers/date/${DAY}`, '/papers/date/2025-10-25'],
      member: [`/papers/date/${DAY}?mine`],
      administrator: [`/papers/date/${DAY}?mine`],
    },
    '/papers/date/:day/new': { visitor: [`/papers/date/${DAY}/new`] },
    '/papers/week': { visitor: ['/papers/week'] },
    '/papers/week/:key': {
      visitor: ['/papers/week/2025-W44'],
      member: ['/papers/week/2025-W44?mine'],
    },
    '/papers/month': { visitor: ['/papers/month'] },
    '/papers/month/:key': { visitor: ['/papers/month/2025-10'] },
    '/papers/archive': { visitor: ['/papers/archive'] },
    '/papers/archive/:year': { visitor: ['/papers/archive/2025', '/papers/archive/2024'] },
    '/papers/trending': { visitor: ['/papers/trending'], member: ['/papers/trending?mine'] },
    '/papers/:id': {
      visitor: [paper, '/papers/2510.99999'],
      member: [`${paper}?mine`],
      moderator: [`${paper}?mine`],
    },
    '/papers/:id/cite': { visitor: [`${paper}/cite`] },
    '/cite': { visitor: [`/cite?of=/papers/date/${DAY}`, '/cite'] },
    '/papers/:id/comments/:commentId': {
      visitor: [`${paper}/comments/${corners.commentId}`],
      member: [`${paper}/comments/${corners.commentId}?mine`],
    },
    '/comments/:id/history': { visitor: [`/comments/${corners.commentId}/history`] },
    '/editions/:slug': { visitor: [`/editions/${DAY}-page`] },
    '/authors/:key': { visitor: ['/authors/yang-liu'], member: ['/authors/yang-liu?mine'] },
    '/categories/:category': { visitor: ['/categories/cs.LG'] },
    '/about': { visitor: ['/about'] },
    '/about/keys': { visitor: ['/about/keys'] },
    '/offline': { visitor: ['/offline'] },
    '/about/search': { visitor: ['/about/search'] },
    '/about/sources': { visitor: ['/about/sources'] },
    '/about/roles': { visitor: ['/about/roles'] },
    '/people/:handle': {
      visitor: [`/people/${corners.handle}`, `/people/${corners.handle}?show=votes`],
    },
    '/moderation/log': { visitor: ['/moderation/log'], moderator: ['/moderation/log?mine'] },
    '/feeds': { visitor: ['/feeds', '/feeds?q=diffusion&by=either&min_votes=3'] },
    '/api/docs': { visitor: ['/api/docs'] },
    '/sign-in': { visitor: ['/sign-in', '/sign-in?sent', '/sign-in?error=INVALID_TOKEN'] },
    '/sign-in/link': { visitor: ['/sign-in/link?token=no-such-token'] },
    '/join/:code': { visitor: [`/join/${corners.invitationCode}`] },
    '/goodbye': { visitor: ['/goodbye'] },
    '/subscribe': { visitor: ['/subscribe', '/subscribe?sent'], member: ['/subscribe?mine'] },
    '/subscribe/confirm/:token': { visitor: [`/subscribe/confirm/${visitor.confirm}`] },
    '/subscription/:token': { visitor: [`/subscription/${visitor.manage}`] },
    '/subscription/:token/preview': { visitor: [`/subscription/${visitor.manage}/preview`] },
    '/unsubscribe/:token': { visitor: [`/unsubscribe/${visitor.end}`] },
    ...seenBy('member', {
      '/setup': ['/setup'],
      '/report': [`/report?kind=comment&id=${corners.commentId}`],
      '/comments/:id/edit': [`/comments/${corners.commentId}/edit`],
      '/papers/submit': ['/papers/submit', `/papers/submit?url=https://arxiv.org/abs/${PAPER}`],
      '/papers/submit/:id': [`/papers/submit/${corners.submissionId}`],
      '/invitations': ['/invitations'],
      '/settings': ['/settings'],
      '/settings/profile': ['/settings/profile', '/settings/profile?welcome=1'],
      '/settings/sign-in': ['/settings/sign-in'],
      '/settings/sessions': ['/settings/sessions'],
      '/settings/tokens': ['/settings/tokens'],
      '/settings/digests': ['/settings/digests'],
      '/settings/digests/new': ['/settings/digests/new'],
      '/settings/digests/:id': [`/settings/digests/${corners.digestId}`],
      '/settings/digests/:id/preview': [`/settings/digests/${corners.digestId}/preview`],
      '/settings/feeds': ['/settings/feeds'],
      '/settings/alerts': ['/settings/alerts'],
      '/settings/alerts/new': [
        '/settings/alerts/new',
        '/settings/alerts/new?topic=search:either:diffusion',
      ],
      '/settings/alerts/:id': [`/settings/alerts/${corners.alertId}`],
      '/settings/data': ['/settings/data'],
      '/settings/delete': ['/settings/delete'],
      ...channels('/settings/channels', channel),
    }),
    ...seenBy('moderator', {
      '/moderation': ['/moderation'],
      '/moderation/act': [`/moderation/act?kind=comment&id=${corners.commentId}`],
    }),
    ...seenBy('administrator', {
      '/papers/:id/links': [`${paper}/links`],
      '/papers/:id/entry/:day': [`${paper}/entry/${DAY}`],
      '/invitations/tree': ['/invitations/tree'],
      '/admin/first-run': ['/admin/first-run?welcome', '/admin/first-run?saved'],
      '/admin/people': ['/admin/people', '/admin/people?q=a'],
      '/admin/audit': ['/admin/audit'],
      '/admin/mail': ['/admin/mail'],
      '/admin/mail/suppressions': ['/admin/mail/suppressions'],
      ...channels('/admin/channels', instanceChannel),
    }),
  };
}
