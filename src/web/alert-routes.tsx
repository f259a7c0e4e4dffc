// The alerts of an account.
import type { Hono } from 'hono';
import type { Alert } from '../alerts/alert.ts';
import {
  changeAlert,
  createAlert,
  deleteAlert,
  getAlert,
  listAlerts,
  pauseAlert,
  resumeAlert,
} from '../alerts/alert-store.ts';
import { loadMatches } from '../alerts/list-matches.ts';
import { parseAlert, type TypedAlert, typeAlert, typeProposed } from '../alerts/parse-alert.ts';
import { beginningOf, previewAlert } from '../alerts/preview-alert.ts';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import { listChannels } from '../channels/channel-store.ts';
import { listSubscriptionsOf } from '../digests/subscription-store.ts';
import { findOwnAddress } from '../digests/subscriptions-of-person.ts';
import { type Topic, topicKey } from '../feed/topic.ts';
import { findText } from '../language/find-text.ts';
import { words } from '../language/words.ts';
import { spend } from '../people/limits.ts';
import type { AlertFormView } from './alert-form.tsx';
import { ALERTS_PATH, AlertListPage, AlertPage, NewAlertPage } from './alert-pages.tsx';
import { isLive } from './digest-in-words.ts';
import { nameOf } from './digest-settings.tsx';
import { type Fields, readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

/** Papers of an alert that its row, and its page, show. */
const IN_ROW = 3;
const ON_PAGE = 50;
/** Of what is there when an alert begins. */
const BEGINNING_TIMEOUT_MS = 20_000;

export function addAlertRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database, search } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);
  const toldBy = (c: WebContext): Told => ({
    done: findText(words.alerts.done, c.req.query('done')),
  });
  const ownerOf = (c: WebContext) => viewerOf(c).person.id;
  const alertOf = (c: WebContext) => getAlert(db, ownerOf(c), c.req.param('id') ?? '');
  const begin = (topic: Topic) => {
    const signal = AbortSignal.timeout(BEGINNING_TIMEOUT_MS);
    return beginningOf({ database, search }, topic, { today: app.today(), signal });
  };

  async function outletsOf(personId: string) {
    const subscriptions = (await listSubscriptionsOf(db, personId)).filter(isLive);
    const channels = await listChannels(db, personId);
    return {
      address: await findOwnAddress(db, personId),
      digests: subscriptions.map((one) => ({ id: one.id, name: nameOf(one) })),
      channels: channels.map(({ id, name }) => ({ id, name })),
    };
  }

  async function viewOf(
    c: WebContext,
    typed: TypedAlert,
    more: Pick<AlertFormView, 'problems' | 'preview'> = {},
  ): Promise<AlertFormView> {
    return { ...(await outletsOf(ownerOf(c))), typed, ...more };
  }

  async function previewOf(c: WebContext, topic: Topic): Promise<AlertFormView['preview']> {
    await spend(database, 'preview', ownerOf(c));
    try {
      return await previewAlert({ db, search }, topic, app.today());
    } catch (error) {
      if (isAppError(error, 'unavailable')) return 'unavailable';
      throw error;
    }
  }

  /** Reads the form; either the wish that is to be saved, or what is shown instead. */
  async function take(c: WebContext) {
    const fields = await readFields(c);
    const typed = typedOf(fields);
    const outlets = await outletsOf(ownerOf(c));
    const { wish, problems } = parseAlert(typed, {
      subscriptions: outlets.digests.map(({ id }) => id),
      channels: outlets.channels.map(({ id }) => id),
    });
    if (!wish)
      return { typed, problems, told: { problem: words.settings.marked }, status: 400 as const };
    if (fields.text('do') !== 'preview') return { typed, wish };
    return { typed, preview: await previewOf(c, wish.topic), told: {}, status: 200 as const };
  }

  web.get(ALERTS_PATH, async (c) => {
    const alerts = await listAlerts(db, ownerOf(c));
    const ids = alerts.map(({ id }) => id);
    const { digests, channels } = await outletsOf(ownerOf(c));
    const shown = {
      alerts,
      matches: await loadMatches(db, ids, IN_ROW),
      outletNames: new Map([...digests, ...channels].map(({ id, name }) => [id, name])),
      told: toldBy(c),
    };
    return c.html(<AlertListPage site={await site(c)} {...shown} />);
  });

  web.get(`${ALERTS_PATH}/new`, async (c) => {
    const typed = typeProposed(c.req.query('topic'));
    const { wish } = parseAlert(typed, { subscriptions: [], channels: [] });
    const preview = wish && (await previewOf(c, wish.topic));
    const view = await viewOf(c, typed, { preview });
    return c.html(<NewAlertPage site={await site(c)} view={view} told={{}} />);
  });

  web.post(`${ALERTS_PATH}/new`, async (c) => {
    const taken = await take(c);
    const { typed, wish } = taken;
    const again = async (
      told: Told,
      status: 200 | 400 | 409,
      more: Pick<AlertFormView, 'problems' | 'preview'>,
    ) => {
      const view = await viewOf(c, typed, more);
      return c.html(<NewAlertPage site={await site(c)} view={view} told={told} />, status);
    };
    if (!wish) return again(taken.told, taken.status, shownOf(taken));
    try {
      const beginning = await begin(wish.topic);
      const id = await database.transact((tx) => createAlert(tx, ownerOf(c), wish, beginning));
      return c.redirect(`${ALERTS_PATH}/${id}?done=made`, 303);
    } catch (error) {
      if (!isAppError(error, 'conflict') && !isAppError(error, 'too-many')) throw error;
      if (error.code === 'conflict') {
        return again({ problem: words.settings.marked }, 409, {
          problems: { text: error.message },
        });
      }
      return again({ problem: error.message }, 409, {});
    }
  });

  async function page(c: WebContext, alert: Alert, view: AlertFormView, told: Told) {
    const found = await loadMatches(db, [alert.id], ON_PAGE);
    const matches = found.get(alert.id) ?? { count: 0, newest: [] };
    const shown = { alert, view, matches, told };
    return <AlertPage site={await site(c)} {...shown} />;
  }

  web.get(`${ALERTS_PATH}/:id`, async (c) => {
    const alert = await alertOf(c);
    return c.html(await page(c, alert, await viewOf(c, typeAlert(alert)), toldBy(c)));
  });

  web.post(`${ALERTS_PATH}/:id`, async (c) => {
    const alert = await alertOf(c);
    const taken = await take(c);
    const { typed, wish } = taken;
    if (!wish) {
      const view = await viewOf(c, typed, shownOf(taken));
      return c.html(await page(c, alert, view, taken.told), taken.status);
    }
    const isOther = topicKey(wish.topic) !== topicKey(alert.topic);
    try {
      const beginning = isOther ? await begin(wish.topic) : undefined;
      await database.transact((tx) => changeAlert(tx, alert, wish, beginning));
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      const view = await viewOf(c, typed, { problems: { text: error.message } });
      return c.html(await page(c, alert, view, { problem: words.settings.marked }), 409);
    }
    return c.redirect(`${ALERTS_PATH}/${alert.id}?done=saved`, 303);
  });

  web.post(`${ALERTS_PATH}/:id/pause`, async (c) => {
    const { id, topic, personId } = await alertOf(c);
    const pauses = (await readFields(c)).text('pause') === '1';
    if (pauses) await database.transact((tx) => pauseAlert(tx, personId, id));
    else {
      const beginning = await begin(topic);
      await database.transact((tx) => resumeAlert(tx, personId, id, beginning));
    }
    return c.redirect(`${ALERTS_PATH}/${id}?done=${pauses ? 'paused' : 'resumed'}`, 303);
  });

  web.post(`${ALERTS_PATH}/:id/delete`, async (c) => {
    await database.transact((tx) => deleteAlert(tx, ownerOf(c), c.req.param('id')));
    return c.redirect(`${ALERTS_PATH}?done=deleted`, 303);
  });
}

function shownOf({ problems, preview }: Pick<AlertFormView, 'problems' | 'preview'>) {
  return { ...(problems ? { problems } : {}), preview };
}

function typedOf(fields: Fields): TypedAlert {
  const what = fields.text('what');
  return {
    kind: what === 'author' ? 'author' : 'search',
    text: fields.text('text'),
    by: what === 'author' ? 'either' : what,
    name: fields.text('name'),
    mailsAtOnce: fields.has('at-once'),
    subscription: fields.text('digest'),
    channel: fields.text('channel'),
  };
}
