// What comes to an address, shown and changed by whoever has the link.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import { readSignedId } from '../digests/signed-id.ts';
import type { Subscription } from '../digests/subscription.ts';
import { findSubscription } from '../digests/subscription-store.ts';
import { typeWish } from '../digests/type-wish.ts';
import { words } from '../language/words.ts';
import type { DigestFieldsView } from './digest-fields.tsx';
import { doneInWords, takeChange, takeState, takeTopic } from './digest-forms.ts';
import { readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, type WebContext } from './site.ts';
import { keepPrivate } from './subscribe-routes.tsx';
import { DeadLinkPage, DeletedPage, ManagePage } from './subscription-pages.tsx';

export function addSubscriptionRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { categories } = app.config;
  const site = siteLoader(app, publicUrl);

  type Held = { token: string; path: string; subscription: Subscription };

  /** Answers with what `act` gives for the subscription of the link, or that the link is dead. */
  const withLink = (act: (c: WebContext, held: Held) => Promise<Response>) => {
    return async (c: WebContext) => {
      keepPrivate(c);
      const token = c.req.param('token') ?? '';
      const subscription = await findManaged(app, token);
      if (!subscription) {
        return c.html(<DeadLinkPage site={await site(c)} isExpired={false} />, 404);
      }
      return act(c, { token, path: `/subscription/${token}`, subscription });
    };
  };

  async function page(c: WebContext, held: Held, told: Told, typed?: Partial<DigestFieldsView>) {
    const { token, subscription } = held;
    const fields = {
      typed: typeWish(subscription, categories),
      categories,
      hasName: false,
      isNew: false,
      ...typed,
    };
    const isOutbox = app.mailer.kind === 'outbox';
    const shown = { token, subscription, fields, told, isOutbox };
    return <ManagePage site={await site(c)} {...shown} />;
  }

  web.get(
    '/subscription/:token',
    withLink(async (c, held) =>
      c.html(await page(c, held, { done: doneInWords(c.req.query('done')) })),
    ),
  );

  web.post(
    '/subscription/:token',
    withLink(async (c, held) => {
      const fields = await readFields(c);
      const wrong = await takeChange(app, held.subscription.id, {
        fields,
        mayBeEmpty: held.subscription.personId !== undefined,
        name: held.subscription.name,
      });
      if (wrong) return c.html(await page(c, held, { problem: words.settings.marked }, wrong), 400);
      return c.redirect(`${held.path}?done=saved`, 303);
    }),
  );

  web.post(
    '/subscription/:token/state',
    withLink(async (c, held) => {
      try {
        const to = await takeState(app, held.subscription.id, await readFields(c));
        if (to === 'deleted') return c.html(<DeletedPage site={await site(c)} />);
        return c.redirect(`${held.path}?done=${to}`, 303);
      } catch (error) {
        if (!isAppError(error, 'conflict')) throw error;
        return c.html(await page(c, held, { problem: error.message }), 409);
      }
    }),
  );

  web.post(
    '/subscription/:token/topic',
    withLink(async (c, held) => {
      await takeTopic(app, held.subscription.id, await readFields(c));
      return c.redirect(`${held.path}?done=saved`, 303);
    }),
  );
}

/** By the token of a link to manage it. */
async function findManaged(app: App, token: string): Promise<Subscription | undefined> {
  const signed = readSignedId(app.secret(), 'manage subscription', token);
  const found = signed && (await findSubscription(app.database.read, signed.id));
  return found?.state === 'unconfirmed' ? undefined : found;
}
