// RFC 8058: mail programs end a subscription by a bare POST, without cookies, without redirects and as often
// as they like. A GET, which mail filters send as well, shows a button.
import type { Hono } from 'hono';
import { stopAlertMail } from '../alerts/stop-alert-mail.ts';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { readSignedId } from '../digests/signed-id.ts';
import { endSubscription, findSubscription } from '../digests/subscription-store.ts';
import { words } from '../language/words.ts';
import { siteLoader, type WebContext } from './site.ts';
import { keepPrivate } from './subscribe-routes.tsx';
import { DeadLinkPage } from './subscription-pages.tsx';
import { UnsubscribePage, type Unsubscribing } from './unsubscribe-page.tsx';

type Ending = { kind: 'subscription' | 'alert'; id: string };

export function addUnsubscribeRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const site = siteLoader(app, publicUrl);

  function read(c: WebContext): Ending | undefined {
    const token = c.req.param('token') ?? '';
    for (const kind of ['subscription', 'alert'] as const) {
      const signed = readSignedId(app.secret(), `end ${kind}`, token);
      if (signed) return { kind, id: signed.id };
    }
    return undefined;
  }

  web.get('/unsubscribe/:token', async (c) => {
    keepPrivate(c);
    const ending = read(c);
    if (!ending) return c.html(<DeadLinkPage site={await site(c)} isExpired={false} />, 404);
    const view = { token: c.req.param('token'), ...(await viewOf(ending)) };
    return c.html(<UnsubscribePage site={await site(c)} view={view} />);
  });

  web.post('/unsubscribe/:token', async (c) => {
    keepPrivate(c);
    const ending = read(c);
    if (!ending) return c.text(`${words.digests.unsubscribing.plainUnknown}\n`, 404);
    const isByPage = await comesFromPage(c);
    await database.transact(async (tx) => {
      if (ending.kind === 'alert') await stopAlertMail(tx, ending.id);
      else await endSubscription(tx, ending.id, isByPage ? 'reader' : 'one-click');
    });
    if (isByPage) return c.redirect(`/unsubscribe/${c.req.param('token')}`, 303);
    return c.text(`${words.digests.unsubscribing.plainEnded}\n`);
  });

  async function viewOf({ kind, id }: Ending): Promise<Omit<Unsubscribing, 'token'>> {
    if (kind === 'alert') {
      const alert = await database.read
        .selectFrom('alerts')
        .select('mails_at_once')
        .where('id', '=', id)
        .executeTakeFirst();
      return { what: kind, hasEnded: !alert || alert.mails_at_once === 0 };
    }
    const found = await findSubscription(database.read, id);
    return { what: kind, hasEnded: !found || found.state === 'ended' };
  }
}

/** Whatever else the body may be, it is a mail program's. */
async function comesFromPage(c: WebContext): Promise<boolean> {
  const form = await c.req.formData().catch(() => undefined);
  return form?.get('by') === 'page';
}
