// The digests of an account, those that its address got before it had one included.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { parseAddress, parseWish, usualWish } from '../digests/parse-wish.ts';
import type { Subscription } from '../digests/subscription.ts';
import {
  createSubscription,
  findSubscription,
  listSubscriptionsOf,
} from '../digests/subscription-store.ts';
import {
  adoptSubscriptions,
  findOwnAddress,
  hasAdoptable,
} from '../digests/subscriptions-of-person.ts';
import { typeWish } from '../digests/type-wish.ts';
import { words } from '../language/words.ts';
import type { DigestFieldsView } from './digest-fields.tsx';
import { doneInWords, takeChange, takeState, takeTopic } from './digest-forms.ts';
import { DigestPage, DigestSettings, NewDigestPage } from './digest-settings.tsx';
import { readFields } from './read-form.ts';
import { readWish } from './read-wish.ts';
import { askToConfirm } from './send-subscription-mail.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const PATH = '/settings/digests';

export function addDigestSettingsRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
): void {
  const { database } = app;
  const { categories } = app.config;
  const db = database.read;
  const site = siteLoader(app, publicUrl);
  const isOutbox = app.mailer.kind === 'outbox';
  const toldBy = (c: WebContext): Told => ({ done: doneInWords(c.req.query('done')) });

  web.get(PATH, async (c) => {
    const { id } = viewerOf(c).person;
    await adopt(id);
    const subscriptions = await listSubscriptionsOf(db, id);
    const shown = { subscriptions, told: toldBy(c), isOutbox };
    return c.html(<DigestSettings site={await site(c)} {...shown} />);
  });

  async function adopt(personId: string): Promise<void> {
    const email = await findOwnAddress(db, personId);
    if (email === undefined || !(await hasAdoptable(db, email))) return;
    await database.transact((tx) => adoptSubscriptions(tx, { personId, email }));
  }

  async function newPage(
    c: WebContext,
    shown: { email: string | undefined; fields: Partial<DigestFieldsView>; told?: Told },
  ) {
    const ownAddress = await findOwnAddress(db, viewerOf(c).person.id);
    const fields = {
      typed: usualWish(app.config),
      categories,
      hasName: true,
      isNew: true,
      ...shown.fields,
    };
    const view = { fields, ownAddress, email: shown.email ?? ownAddress ?? '' };
    return <NewDigestPage site={await site(c)} {...view} told={shown.told ?? {}} />;
  }

  web.get(`${PATH}/new`, async (c) => c.html(await newPage(c, { email: undefined, fields: {} })));

  web.post(`${PATH}/new`, async (c) => {
    const { id: personId } = viewerOf(c).person;
    const form = await readFields(c);
    const typed = readWish(form, app.config);
    const { email, problem } = parseAddress(form.text('email'));
    const { wish, problems } = parseWish(typed, { mayBeEmpty: true });
    const again = async (told: Told, status: 400 | 409, wrong = problems) => {
      const fields = { typed, isNew: false, ...(wrong ? { problems: wrong } : {}) };
      return c.html(await newPage(c, { email: form.text('email'), fields, told }), status);
    };
    if (!wish || email === undefined) {
      return again({ problem: words.settings.marked }, 400, {
        ...problems,
        ...(problem ? { email: problem } : {}),
      });
    }
    const ownAddress = await findOwnAddress(db, personId);
    const isConfirmed = email.toLowerCase() === ownAddress?.toLowerCase();
    try {
      const id = await database.transact((tx) =>
        createSubscription(tx, { personId, email, wish, isConfirmed }),
      );
      if (!isConfirmed) askToConfirm(app, publicUrl(), { id, email });
      return c.redirect(`${PATH}/${id}?done=${isConfirmed ? 'made' : 'asked'}`, 303);
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return again({ problem: error.message }, 409);
    }
  });

  type Own = { subscription: Subscription; path: string };

  /** Throws `not-found` for what is somebody else's. */
  const withOwn = (act: (c: WebContext, own: Own) => Promise<Response>) => {
    return async (c: WebContext) => {
      const subscription = await findSubscription(db, c.req.param('id') ?? '');
      if (!subscription || subscription.personId !== viewerOf(c).person.id) {
        throw new AppError('not-found', words.digests.settings.none(PATH));
      }
      return act(c, { subscription, path: `${PATH}/${subscription.id}` });
    };
  };

  async function page(c: WebContext, own: Own, told: Told, typed?: Partial<DigestFieldsView>) {
    const { subscription } = own;
    const fields = {
      typed: typeWish(subscription, categories),
      categories,
      hasName: true,
      isNew: false,
      ...typed,
    };
    const shown = { subscription, fields, told, isOutbox };
    return <DigestPage site={await site(c)} {...shown} />;
  }

  web.get(
    `${PATH}/:id`,
    withOwn(async (c, own) => c.html(await page(c, own, toldBy(c)))),
  );

  web.post(
    `${PATH}/:id`,
    withOwn(async (c, own) => {
      const fields = await readFields(c);
      const wrong = await takeChange(app, own.subscription.id, { fields, mayBeEmpty: true });
      if (wrong) return c.html(await page(c, own, { problem: words.settings.marked }, wrong), 400);
      return c.redirect(`${own.path}?done=saved`, 303);
    }),
  );

  web.post(
    `${PATH}/:id/state`,
    withOwn(async (c, own) => {
      try {
        const to = await takeState(app, own.subscription.id, await readFields(c));
        return c.redirect(`${to === 'deleted' ? PATH : own.path}?done=${to}`, 303);
      } catch (error) {
        if (!isAppError(error, 'conflict')) throw error;
        return c.html(await page(c, own, { problem: error.message }), 409);
      }
    }),
  );

  web.post(
    `${PATH}/:id/topic`,
    withOwn(async (c, own) => {
      await takeTopic(app, own.subscription.id, await readFields(c));
      return c.redirect(`${own.path}?done=saved`, 303);
    }),
  );

  web.post(
    `${PATH}/:id/confirm`,
    withOwn(async (c, { subscription, path }) => {
      const { id, email, state } = subscription;
      if (state === 'unconfirmed') askToConfirm(app, publicUrl(), { id, email });
      return c.redirect(`${path}?done=sent`, 303);
    }),
  );
}
