// Subscribing without an account: asking, and confirming that the address is one's own.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import {
  parseAddress,
  parseWish,
  type TypedWish,
  usualWish,
  type WishProblems,
} from '../digests/parse-wish.ts';
import { readSignedId, signId } from '../digests/signed-id.ts';
import { confirmSubscription, findSubscription } from '../digests/subscription-store.ts';
import { words } from '../language/words.ts';
import { isWithin, spend } from '../people/limits.ts';
import { readFields } from './read-form.ts';
import { readWish } from './read-wish.ts';
import { answerByMail } from './send-subscription-mail.ts';
import { siteLoader, type WebContext } from './site.ts';
import { AskedPage, ConfirmPage, DeadLinkPage, SubscribePage } from './subscription-pages.tsx';

export function addSubscribeRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { categories } = app.config;
  const site = siteLoader(app, publicUrl);
  const isOutbox = app.mailer.kind === 'outbox';

  async function form(
    c: WebContext,
    shown: { email: string; typed: TypedWish; problems?: WishProblems; isNew: boolean },
  ) {
    const { email, ...rest } = shown;
    const fields = { ...rest, categories, hasName: false };
    const problem = shown.problems && words.settings.marked;
    return <SubscribePage site={await site(c)} view={{ email, fields, isOutbox, problem }} />;
  }

  web.get('/subscribe', async (c) => {
    if (c.req.query('sent') !== undefined) {
      return c.html(<AskedPage site={await site(c)} isOutbox={isOutbox} />);
    }
    return c.html(await form(c, { email: '', typed: usualWish(app.config), isNew: true }));
  });

  web.post('/subscribe', async (c) => {
    const fields = await readFields(c);
    const typed = readWish(fields, app.config);
    const address = parseAddress(fields.text('email'));
    const { wish, problems } = parseWish({ ...typed, name: '' });
    if (!wish || address.email === undefined) {
      const wrong = { ...problems, ...(address.problem ? { email: address.problem } : {}) };
      const again = { email: fields.text('email'), typed, problems: wrong, isNew: false };
      return c.html(await form(c, again), 400);
    }
    await limitClient(c.get('client') ?? '', address.email);
    answerByMail(app, publicUrl(), { email: address.email, wish });
    return c.redirect('/subscribe?sent', 303);
  });

  /** Counts addresses, not requests: that one asks again tells nothing and costs nothing. */
  async function limitClient(client: string, email: string): Promise<void> {
    const who = `${client} ${email.toLowerCase()}`;
    const isFirst = await isWithin(app.database, 'address subscribed by a client', who);
    if (isFirst) await spend(app.database, 'addresses subscribed by a client', client);
  }

  /** The id in a link to confirm, with what it is about while that waits or has been confirmed. */
  async function read(token: string) {
    const signed = readSignedId(app.secret(), 'confirm subscription', token);
    if (!signed) return { isExpired: false };
    const subscription = await findSubscription(app.database.read, signed.id);
    const isExpired = signed.isExpired || !subscription;
    return isExpired ? { isExpired } : { isExpired, subscription };
  }

  web.get('/subscribe/confirm/:token', async (c) => {
    keepPrivate(c);
    const token = c.req.param('token');
    const { subscription, isExpired } = await read(token);
    if (!subscription) return deadLink(c, isExpired);
    if (subscription.state !== 'unconfirmed') return c.redirect(managePath(subscription.id), 303);
    return c.html(<ConfirmPage site={await site(c)} token={token} subscription={subscription} />);
  });

  web.post('/subscribe/confirm/:token', async (c) => {
    keepPrivate(c);
    const token = c.req.param('token');
    const found = await read(token);
    if (!found.subscription) return deadLink(c, found.isExpired);
    const { id, state } = found.subscription;
    if (state !== 'unconfirmed') return c.redirect(managePath(id), 303);
    try {
      const confirmed = await app.database.transact((tx) => confirmSubscription(tx, id));
      if (!confirmed) return deadLink(c, true);
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      const again = { token, subscription: found.subscription, problem: error.message };
      return c.html(<ConfirmPage site={await site(c)} {...again} />, 409);
    }
    return c.redirect(`${managePath(id)}?done=confirmed`, 303);
  });

  function managePath(id: string): string {
    return `/subscription/${signId(app.secret(), 'manage subscription', id)}`;
  }

  async function deadLink(c: WebContext, isExpired: boolean) {
    return c.html(
      <DeadLinkPage site={await site(c)} isExpired={isExpired} />,
      isExpired ? 410 : 404,
    );
  }
}

/** A page behind a link that lets whoever has it change something. */
export function keepPrivate(c: WebContext): void {
  c.header('cache-control', 'private, no-store');
  c.header('referrer-policy', 'same-origin');
}
