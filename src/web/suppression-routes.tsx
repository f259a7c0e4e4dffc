import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { type Instant, toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { parseAddress } from '../digests/parse-wish.ts';
import {
  liftByHand,
  listSuppressions,
  type SuppressionPlace,
  suppress,
} from '../digests/suppressions.ts';
import { findText } from '../language/find-text.ts';
import { words } from '../language/words.ts';
import { readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, type WebContext } from './site.ts';
import {
  SUPPRESSIONS_PATH,
  SuppressionsPage,
  type SuppressionsView,
} from './suppression-pages.tsx';

const PAGE_SIZE = 50;
const NOTHING_TYPED = { email: '', why: '' };

export function addSuppressionRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const site = siteLoader(app, publicUrl);

  async function page(c: WebContext, told: Told, typed: SuppressionsView['typed']) {
    const asked = (c.req.query('q') ?? '').trim();
    const place = c.req.query('before') ?? '';
    const before = place === '' ? undefined : parsePlace(place);
    const found = await listSuppressions(database.read, {
      words: asked,
      before,
      limit: PAGE_SIZE,
    });
    const last = found.items.at(-1);
    const view = {
      items: found.items,
      asked,
      before: found.hasMore && last ? `${last.since} ${last.key}` : undefined,
      isFirst: before === undefined,
      typed,
    };
    return <SuppressionsPage site={await site(c)} view={view} told={told} />;
  }

  const toldBy = (c: WebContext): Told => {
    const { lifted, done: suppressed } = words.mailAdmin.suppressions;
    return { done: findText({ lifted, suppressed }, c.req.query('done')) };
  };

  web.get(SUPPRESSIONS_PATH, async (c) => c.html(await page(c, toldBy(c), NOTHING_TYPED)));
  web.post(SUPPRESSIONS_PATH, async (c) => {
    const { text } = await readFields(c);
    const [typed, why] = [text('email'), text('why')];
    const { email, problem } = parseAddress(typed);
    if (email === undefined) {
      return c.html(await page(c, {}, { email: typed, why, problem }), 400);
    }
    await database.transact((tx) => suppress(tx, { email, reason: 'by hand', detail: why }));
    return c.redirect(`${SUPPRESSIONS_PATH}?done=suppressed`, 303);
  });
  web.post(`${SUPPRESSIONS_PATH}/lift`, async (c) => {
    const { text } = await readFields(c);
    await database.transact((tx) => liftByHand(tx, text('key')));
    const back = new URLSearchParams({ q: text('q'), done: 'lifted' });
    return c.redirect(`${SUPPRESSIONS_PATH}?${back}`, 303);
  });
}

function parsePlace(text: string): SuppressionPlace {
  const [time = '', key = '', ...rest] = text.split(' ');
  const since = toInstant(time) as Instant | undefined;
  if (since !== undefined && since === time && key !== '' && rest.length === 0)
    return { since, key };
  throw new AppError('not-found', words.mailAdmin.suppressions.noSuchPage);
}
