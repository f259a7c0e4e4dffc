import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { join } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { signId } from '../digests/signed-id.ts';

const NEXT = '2999-01-07T07:00:00.000Z';

async function openWithList() {
  const server = await openTestServer();
  const { app, get } = server;
  await list(app.database, '2025-10-29', [
    { record: record('2510.00001', { title: 'Of <b>bold</b> claims' }), votes: 5 },
  ]);
  const pathOf = (id: string) =>
    `/subscription/${signId(app.secret(), 'manage subscription', id)}/preview`;
  const subscribe = (changes: Parameters<typeof addSubscription>[1] = {}) =>
    addSubscription(app.database, {
      topics: '[{"topic":"list","isPaused":false}]',
      time_zone: 'Europe/Berlin',
      next_at: NEXT,
      ...changes,
    });
  const text = async (path: string) => (await get(path)).text();
  return { ...server, pathOf, subscribe, text };
}

test('whoever has the link sees the next issue and when it is sent', async () => {
  const { get, text, pathOf, subscribe } = await openWithList();
  const path = pathOf(await subscribe());
  const response = await get(path);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('content-security-policy')).toContain("frame-src 'self'");
  const page = await response.text();
  expect(page).toContain('Monday, 7 January 2999 at 08:00, Europe/Berlin time');
  expect(page).toContain('Daily papers of 29 October 2025: Of &lt;b&gt;bold&lt;/b&gt; claims');
  expect(page).toContain(`src="${path}?part=html"`);
  const mail = await get(`${path}?part=html`);
  expect(mail.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'unsafe-inline'.*frame-ancestors 'self'; sandbox /,
  );
  expect(mail.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(await mail.text()).toContain('Of &lt;b&gt;bold&lt;/b&gt; claims</a>');
  expect(await text(`${path}?part=text`)).toContain(' 1. Of <b>bold</b> claims');
});

test('a preview shows what is left, and says so when nothing is', async () => {
  const { app, text, pathOf, subscribe } = await openWithList();
  const id = await subscribe();
  await addDelivery(app.database, {
    subscription_id: id,
    papers: '["2510.00001"]',
    created_at: new Date().toISOString(),
  });
  const page = await text(pathOf(id));
  expect(page).toContain('Nothing to tell so far');
  expect(page).not.toContain('<iframe');
  const covered = await subscribe({ covered_until: '2999-01-06' });
  expect(await text(pathOf(covered))).toContain('Nothing to tell so far');
});

test('of a digest that rests, a preview says that nothing is sent', async () => {
  const { text, pathOf, subscribe } = await openWithList();
  const paused = await text(pathOf(await subscribe({ state: 'paused', next_at: null })));
  expect(paused).toContain('nothing is sent until you go on with it');
  expect(paused).toContain('<iframe');
  const ended = await text(pathOf(await subscribe({ state: 'ended', next_at: null })));
  expect(ended).toContain('nothing is sent any more');
});

test('links for something else, and digests of others, show nothing', async () => {
  const server = await openWithList();
  const { app, get, send, subscribe } = server;
  const ada = await join(server);
  const alan = await join(server);
  const id = await subscribe({ person_id: ada.person.id });
  const ending = signId(app.secret(), 'end subscription', id);
  expect((await get(`/subscription/${ending}/preview`)).status).toBe(404);
  expect((await get('/subscription/nonsense/preview')).status).toBe(404);
  const path = `/settings/digests/${id}/preview`;
  expect((await get(path)).headers.get('location')).toMatch(/^\/sign-in/);
  expect((await send('GET', path, { as: alan })).status).toBe(404);
  const own = await send('GET', path, { as: ada });
  expect(await own.text()).toContain(`href="/settings/digests/${id}"`);
});
