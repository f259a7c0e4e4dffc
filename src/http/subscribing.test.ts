import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { linkIn, type MailServer, openMailServer } from '../../tests/mail-server.ts';
import { join } from '../../tests/people.ts';
import { openTestServer, type TestServer, URL_OF_TESTS } from '../../tests/test-server.ts';
import { newId, type Purpose, signId } from '../digests/signed-id.ts';
import type { Subscription } from '../digests/subscription.ts';
import { findSubscription } from '../digests/subscription-store.ts';

const EMAIL = 'ada@example.org';
const HOUR_MS = 3_600_000;
const FULL = {
  cadence: 'weekly',
  topic: ['list', 'category:cs.LG'],
  categories: 'quant-ph',
  authors: 'Ada Lovelace',
  query: ['layer normalization', ''],
  by: ['meaning', 'either'],
  papers: '25',
  hour: '17',
  'time-zone': 'Europe/Berlin',
  language: 'de',
};

type World = { server: TestServer; mail: MailServer };

async function open(settings: Record<string, string> = {}): Promise<World> {
  const mail = await openMailServer();
  const server = await openTestServer({ BROADSHEET_SMTP_URL: mail.url, ...settings });
  return { server, mail };
}

const subscribe = ({ server }: World, form: Record<string, string | string[]>) =>
  server.send('POST', '/subscribe', { form });

/** Subscribes and confirms; resolves to the path by which it is managed. */
async function subscribed(world: World, form: Record<string, string | string[]> = {}) {
  const before = world.mail.mails.length;
  await subscribe(world, { email: EMAIL, ...form });
  const mail = await world.mail.nth(before + 1);
  const link = linkIn(mail, '/subscribe/confirm/');
  const answer = await world.server.send('POST', link);
  expect(answer.status).toBe(303);
  return (answer.headers.get('location') as string).replace(/\?.*/, '');
}

async function rowsOf({ server }: World) {
  return server.app.database.read.selectFrom('subscriptions').selectAll().execute();
}

async function forgetLimits({ server }: World): Promise<void> {
  await server.app.database.transact((tx) => tx.deleteFrom('rate_limits').execute());
}

const sign = ({ server }: World, purpose: Purpose, id: string, at?: number) =>
  signId(server.app.secret(), purpose, id, at);

test('a visitor subscribes, confirms by a button, changes, pauses, and ends it', async () => {
  const world = await open();
  const { server } = world;
  const asked = await subscribe(world, { email: 'Ada+Papers@Example.ORG', ...FULL });
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/subscribe?sent']);
  const mail = await world.mail.nth(1);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.has('list-unsubscribe') || mail.headers.has('list')).toBe(false);
  expect(mail.to).toMatchObject({ value: [{ address: 'Ada+Papers@example.org' }] });
  expect(`${mail.text}${mail.html}`).not.toContain('layer normalization');
  expect(mail.html).toContain(`href="${URL_OF_TESTS}/subscribe/confirm/`);

  const link = linkIn(mail, '/subscribe/confirm/');
  for (let time = 0; time < 2; time++) {
    const page = await server.get(link);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(await page.text()).toContain('“layer normalization” by meaning');
  }
  expect(await rowsOf(world)).toMatchObject([{ state: 'unconfirmed', next_at: null }]);
  const confirmed = await server.send('POST', link);
  expect(confirmed.status).toBe(303);
  const path = confirmed.headers.get('location') as string;
  expect(path).toMatch(/^\/subscription\/\S+\?done=confirmed$/);
  const page = await (await server.get(path)).text();
  expect(page).toContain('Weekly, on Monday at 17:00, Europe/Berlin; at most 25 papers');
  expect(page).toContain('Montag');
  expect(page).toContain('Ada Lovelace');
  expect(page).toMatch(/href="\/subscription\/[^"]+\/preview"/);

  const manage = path.replace(/\?.*/, '');
  await server.send('POST', `${manage}/topic`, { form: { topic: 'list', pause: '1' } });
  const changed = await server.send('POST', manage, {
    form: { ...FULL, cadence: 'monthly', topic: ['list', 'trending'], authors: '' },
  });
  expect(changed.status).toBe(303);
  const [row] = await rowsOf(world);
  expect(row).toMatchObject({ cadence: 'monthly', email: 'Ada+Papers@example.org' });
  expect(JSON.parse(row?.topics ?? '')[0]).toEqual({ topic: 'list', isPaused: true });
  for (const [to, state] of [
    ['paused', 'paused'],
    ['active', 'active'],
    ['ended', 'ended'],
    ['active', 'active'],
  ] as const) {
    const answer = await server.send('POST', `${manage}/state`, { form: { to } });
    expect(answer.headers.get('location')).toBe(`${manage}?done=${to}`);
    expect((await rowsOf(world))[0]?.state).toBe(state);
  }
  await server.send('POST', `${manage}/state`, { form: { to: 'deleted' } });
  expect(await rowsOf(world)).toEqual([]);
  expect((await server.get(manage)).status).toBe(404);
});

test('what is wrong is said beside its field, with everything that was typed', async () => {
  const world = await open();
  const answer = await subscribe(world, {
    ...FULL,
    email: 'ada at example',
    categories: 'cooking',
    authors: 'Éva Tardos',
  });
  expect(answer.status).toBe(400);
  const page = await answer.text();
  expect(page).toMatch(/id="email-problem"[^>]*>That is not an e-mail address/);
  expect(page).toMatch(/id="categories-problem"[^>]*>&quot;cooking&quot; is no category/);
  for (const typed of ['ada at example', 'Éva Tardos', 'layer normalization', 'value="25"']) {
    expect(page).toContain(typed);
  }
  expect(page).toMatch(/value="meaning" selected/);
  expect(await rowsOf(world)).toEqual([]);
});

test('known, unknown and unconfirmed addresses are answered alike, with one mail an hour to a mailbox', async () => {
  const world = await open();
  await subscribed(world);
  await subscribe(world, { email: 'unconfirmed@example.org' });
  await world.mail.nth(2);
  await forgetLimits(world);
  const answers = new Set<string>();
  const addresses = [
    ...[EMAIL, 'unconfirmed@example.org', 'unknown@example.org', 'ADA@EXAMPLE.org'],
    'unknown+plus@example.org',
  ];
  for (const email of addresses) {
    const many = Array.from({ length: 34 }, () => subscribe(world, { email }));
    for (const answer of await Promise.all(many)) {
      const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
      answers.add(JSON.stringify([answer.status, headers, await answer.text()]));
    }
  }
  expect([...answers]).toHaveLength(1);
  await world.mail.nth(5);
  await quiet(world);
  const sent = world.mail.mails
    .slice(2)
    .map(({ to, subject }) => `${[to].flat()[0]?.text}: ${subject}`);
  expect(sent.sort()).toEqual([
    'ada@example.org: You are subscribed to Broadsheet already',
    'unconfirmed@example.org: Confirm your subscription to Broadsheet',
    'unknown@example.org: Confirm your subscription to Broadsheet',
  ]);
  const known = world.mail.mails.slice(2).find(({ subject }) => subject?.includes('already'));
  const manage = linkIn(known as NonNullable<typeof known>, '/subscription/');
  expect((await world.server.get(manage)).status).toBe(200);
  expect(await rowsOf(world)).toHaveLength(3);
});

/** What was asked for is done: another address, asked for last, has its mail. */
async function quiet(world: World): Promise<void> {
  const { database } = world.server.app;
  await vi.waitFor(
    async () => {
      const row = await database.read
        .selectFrom('rate_limits')
        .select('points')
        .where('key', '=', `subscription mail to a mailbox ${EMAIL}`)
        .executeTakeFirst();
      expect(Number(row?.points)).toBe(68);
    },
    { timeout: 20_000, interval: 50 },
  );
}

test('a client may subscribe thirty addresses an hour, and repeat them', async () => {
  const world = await open();
  const statuses: number[] = [];
  for (let count = 0; count < 31; count++) {
    statuses.push((await subscribe(world, { email: `reader-${count}@example.org` })).status);
  }
  expect(statuses.slice(29)).toEqual([303, 429]);
  expect((await subscribe(world, { email: 'reader-3@example.org' })).status).toBe(303);
  await world.mail.nth(30);
  expect(world.mail.mails).toHaveLength(30);
});

test('links that are tampered with, too old or for another purpose say what to do', async () => {
  const world = await open();
  const { server } = world;
  await subscribed(world);
  const id = (await rowsOf(world))[0]?.id as string;
  const good = sign(world, 'manage subscription', id);
  const tampered = `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`;
  for (const path of [
    `/subscription/${tampered}`,
    `/subscription/${sign(world, 'end subscription', id)}`,
    `/subscription/${sign(world, 'manage subscription', newId())}`,
    `/subscribe/confirm/${good}`,
    `/unsubscribe/${good}`,
    `/unsubscribe/${sign(world, 'confirm subscription', id)}`,
    '/subscription/nonsense',
  ]) {
    const page = await server.get(path);
    expect([path, page.status]).toEqual([path, 404]);
    expect(await page.text()).toContain('href="/subscribe"');
    expect((await server.send('POST', path, { form: { to: 'ended' } })).status).toBe(404);
  }
  const old = sign(world, 'confirm subscription', id, Date.now() - HOUR_MS);
  for (const answer of [
    await server.get(`/subscribe/confirm/${old}`),
    await server.send('POST', `/subscribe/confirm/${old}`),
  ]) {
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('This link is too old');
  }
  expect(await rowsOf(world)).toMatchObject([{ state: 'active' }]);
  const upper = await server.get(`/subscription/${good.toUpperCase()}`);
  expect(upper.status).toBe(200);
});

/** As a mail program does: no cookie, no origin, nothing else. */
function bare({ server }: World, path: string, body?: RequestInit['body']): Promise<Response> {
  const request = new Request(`${URL_OF_TESTS}${path}`, { method: 'POST', body: body ?? null });
  return Promise.resolve(server.server.fetch(request));
}

test('a bare POST ends a subscription in either form, again and again, and a GET never does', async () => {
  const world = await open();
  const manage = await subscribed(world);
  const row = (await rowsOf(world))[0];
  const path = `/unsubscribe/${sign(world, 'end subscription', row?.id as string)}`;
  const page = await world.server.get(path);
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain('<button type="submit"');
  // Mails are forwarded: the link in their head must not open what only the reader may change.
  expect(text).not.toContain('/subscription/');
  expect(text).not.toContain(EMAIL);
  await world.server.server.fetch(new Request(`${URL_OF_TESTS}${path}`, { method: 'HEAD' }));
  expect(await rowsOf(world)).toMatchObject([{ state: 'active' }]);

  const multipart = new FormData();
  multipart.set('List-Unsubscribe', 'One-Click');
  const bodies = [
    new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    multipart,
    undefined,
    'x',
  ];
  for (const body of bodies) {
    const form = { to: 'active' };
    await world.server.send('POST', `${manage}/state`, { form });
    for (let time = 0; time < 2; time++) {
      const answer = await bare(world, path, body);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
      expect(await answer.text()).toBe('You are unsubscribed.\n');
    }
    expect(await rowsOf(world)).toMatchObject([
      { state: 'ended', ended_by: 'one-click', next_at: null },
    ]);
  }
  expect(await (await world.server.get(path)).text()).toContain('You are unsubscribed');
  // The button of the page leads back to it.
  await world.server.send('POST', `${manage}/state`, { form: { to: 'active' } });
  const pressed = await world.server.send('POST', path, { form: { by: 'page' } });
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, path]);
  expect(await rowsOf(world)).toMatchObject([{ state: 'ended', ended_by: 'reader' }]);
  await world.server.app.database.transact((tx) => tx.deleteFrom('subscriptions').execute());
  expect((await bare(world, path, new FormData())).status).toBe(200);
});

test('a bare POST stops the mails of an alert, which stays', async () => {
  const world = await open();
  const { database } = world.server.app;
  const { person } = await join(world.server);
  const id = newId();
  const at = '2025-10-29T10:00:00.000Z';
  await database.transact((tx) =>
    tx
      .insertInto('alerts')
      .values({
        id,
        person_id: person.id,
        name: 'Norms',
        topic: 'search:either:norms',
        mails_at_once: 1,
        subscription_id: null,
        channel_id: null,
        created_at: at,
        changed_at: at,
        paused_at: null,
        looked_at: null,
      })
      .execute(),
  );
  const path = `/unsubscribe/${sign(world, 'end alert', id)}`;
  const alerts = () => database.read.selectFrom('alerts').select('mails_at_once').execute();
  expect((await world.server.get(path)).status).toBe(200);
  expect(await alerts()).toEqual([{ mails_at_once: 1 }]);
  expect((await bare(world, path)).status).toBe(200);
  expect((await alerts()).map((row) => Number(row.mails_at_once))).toEqual([0]);
});

test('where reading needs an account, visitors cannot subscribe, but old links work', async () => {
  const world = await open({ BROADSHEET_READING: 'members' });
  expect((await world.server.get('/subscribe')).headers.get('location')).toMatch(/^\/sign-in\?/);
  expect((await subscribe(world, { email: EMAIL })).status).toBe(401);
  const member = await join(world.server, { handle: 'ada' });
  const form = { email: EMAIL, ...FULL };
  const made = await world.server.send('POST', '/settings/digests/new', { as: member, form });
  expect(made.headers.get('location')).toMatch(/done=made$/);
  const id = (await rowsOf(world))[0]?.id as string;
  const manage = `/subscription/${sign(world, 'manage subscription', id)}`;
  expect((await world.server.get(manage)).status).toBe(200);
  expect((await bare(world, `/unsubscribe/${sign(world, 'end subscription', id)}`)).status).toBe(
    200,
  );
});

test('a member has several digests, adopts what the address got, and sees nobody else’s', async () => {
  const world = await open();
  const { server } = world;
  await subscribed(world);
  const ada = await join(server, { handle: 'ada' });
  const eve = await join(server, { handle: 'eve' });
  const page = async (who: typeof ada, path = '/settings/digests') =>
    (await server.send('GET', path, { as: who })).text();
  expect(await page(eve)).not.toContain('/preview');
  expect(await page(ada)).toContain(`to ${EMAIL}`);

  const mine = { ...FULL, name: 'Reading group', email: EMAIL };
  const made = await server.send('POST', '/settings/digests/new', { as: ada, form: mine });
  const path = (made.headers.get('location') as string).replace(/\?.*/, '');
  const id = path.split('/').at(-1) as string;
  const find = async () => (await findSubscription(server.app.database.read, id)) as Subscription;
  expect(await find()).toMatchObject({ state: 'active', name: 'Reading group' });
  expect(await page(ada)).toContain(`href="${path}/preview"`);
  for (const [method, below] of [
    ['GET', ''],
    ['POST', ''],
    ['POST', '/state'],
    ['POST', '/topic'],
    ['POST', '/confirm'],
  ] as const) {
    const form = method === 'POST' ? { form: { to: 'ended', ...mine } } : {};
    expect((await server.send(method, path + below, { as: eve, ...form })).status).toBe(404);
  }
  expect((await find()).state).toBe('active');
  const form = { topic: 'list', pause: '1' };
  await server.send('POST', `${path}/topic`, { as: ada, form });
  expect((await find()).topics[0]).toMatchObject({ isPaused: true });
  await server.send('POST', path, { as: ada, form: { ...mine, name: 'Our group', topic: [] } });
  expect(await find()).toMatchObject({ name: 'Our group' });
  // By the link of a mail, whose form has no field for the name.
  const manage = `/subscription/${sign(world, 'manage subscription', id)}`;
  await server.send('POST', manage, { form: { ...FULL, papers: '3' } });
  expect(await find()).toMatchObject({ name: 'Our group', maxPapers: 3 });
  await server.send('POST', `${path}/state`, { as: ada, form: { to: 'deleted' } });
  expect(await rowsOf(world)).toHaveLength(1);
});

test('a member’s digest to another address waits until that is confirmed', async () => {
  const world = await open();
  const { server } = world;
  const ada = await join(server, { handle: 'ada' });
  const form = { ...FULL, email: 'grace@example.org' };
  const made = await server.send('POST', '/settings/digests/new', { as: ada, form });
  const path = (made.headers.get('location') as string).replace(/\?.*/, '');
  const mail = await world.mail.nth(1);
  expect(await rowsOf(world)).toMatchObject([{ state: 'unconfirmed' }]);
  for (const to of ['ended', 'active']) {
    await server.send('POST', `${path}/state`, { as: ada, form: { to } });
  }
  expect((await rowsOf(world))[0]?.state).not.toBe('active');
  expect((await rowsOf(world))[0]?.confirmed_at).toBeNull();
  const link = linkIn(mail, '/subscribe/confirm/');
  expect((await server.get(link)).status).not.toBe(500);
});

test('what an address gets goes with its account, and is in the download before', async () => {
  const world = await open();
  const { server } = world;
  await subscribed(world);
  await subscribe(world, { email: 'other@example.org' });
  await world.mail.nth(2);
  const ada = await join(server, { handle: 'ada' });
  const data = await (await server.send('GET', '/settings/data.json', { as: ada })).json();
  expect(data).toMatchObject({ digests: [{ email: EMAIL, state: 'active', cadence: 'weekdays' }] });
  const form = { handle: 'ada', comments: 'tombstones', confirm: 'ada' };
  await server.send('POST', '/settings/delete', { as: ada, form });
  expect((await rowsOf(world)).map(({ email }) => email)).toEqual(['other@example.org']);
});

test('without a mail server the mail is a file, and the pages say so', async () => {
  const server = await openTestServer();
  const asked = await server.send('POST', '/subscribe', { form: { email: EMAIL } });
  expect(asked.status).toBe(303);
  const folder = path.join(server.app.config.dataDir, 'outbox');
  const mails = () => fs.readdirSync(folder).filter((name) => name.endsWith('.eml'));
  await vi.waitFor(() => expect(mails()).toHaveLength(1), { timeout: 10_000 });
  for (const page of ['/subscribe', '/subscribe?sent']) {
    expect(await (await server.get(page)).text()).toContain('This instance has no mail server');
  }
});
