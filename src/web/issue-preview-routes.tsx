import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { openComposing } from '../digests/compose-issue.ts';
import { previewIssue } from '../digests/preview-issue.ts';
import { readSignedId } from '../digests/signed-id.ts';
import type { Subscription } from '../digests/subscription.ts';
import { findSubscription } from '../digests/subscription-store.ts';
import { words } from '../language/words.ts';
import { IssuePreviewPage } from './issue-preview-page.tsx';
import { pagePolicy } from './page-policy.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

/** A mail: its own styles and nothing else, in a frame of this instance, as if it came from nowhere. */
const MAIL =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The next issue for whoever has the link to a subscription, and for members by their settings. */
export function addIssuePreviewRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);

  web.get('/subscription/:token/preview', async (c) => {
    const token = c.req.param('token');
    const id = readSignedId(app.secret(), 'manage subscription', token)?.id;
    const subscription = id === undefined ? undefined : await findSubscription(db, id);
    if (!subscription) throw new AppError('not-found', words.mails.preview.noDigest);
    return answer(c, subscription, `/subscription/${token}`);
  });

  web.get('/settings/digests/:id/preview', async (c) => {
    const subscription = await findSubscription(db, c.req.param('id'));
    if (!subscription || subscription.personId !== viewerOf(c).person.id) {
      throw new AppError('not-found', words.mails.preview.noDigestOfYours);
    }
    return answer(c, subscription, `/settings/digests/${subscription.id}`);
  });

  async function answer(c: WebContext, subscription: Subscription, path: string) {
    const { timeZone: instanceZone } = app.config;
    const preview = await previewIssue(openComposing(app, publicUrl()), subscription, {
      instanceZone,
    });
    c.header('cache-control', 'private, no-store');
    // The address is the key to the subscription.
    c.header('referrer-policy', 'same-origin');
    const part = c.req.query('part');
    if (part === 'text') return c.text(preview.issue?.text ?? '');
    if (part === 'html') {
      c.header('content-security-policy', MAIL);
      c.header('x-frame-options', 'SAMEORIGIN');
      return c.html(inNewTabs(preview.issue?.html ?? ''));
    }
    c.header('content-security-policy', pagePolicy({ hasFrame: true }));
    const shown = { path, subscription, preview };
    return c.html(<IssuePreviewPage site={await site(c)} {...shown} />);
  }
}

/** A frame may hold pages of this instance only, so that links lead out of it. */
function inNewTabs(html: string): string {
  return html.replace('<head>', '<head><base target="_blank"/>');
}
