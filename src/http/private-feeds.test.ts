// Private feeds: whoever has the address may read, until it is revoked.
import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { readFeed } from '../../tests/read-feed.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { openMyData } from '../accounts/my-data.ts';
import { now } from '../base/calendar.ts';
import { createFeedToken } from '../syndication/feed-tokens.ts';
import { notePeaks } from '../votes/note-peaks.ts';

const TODAY = '2025-10-30';
const FORM = { name: 'At home', what: 'day', which: '', by: 'either', votes: '' };

const make = (server: TestServer, as: Someone, form: Partial<typeof FORM> = {}) =>
  server.send('POST', '/settings/feeds', { as, form: { ...FORM, ...form } });

/** The path of a new private feed, as Atom. */
async function made(
  server: TestServer,
  as: Someone,
  form: Partial<typeof FORM> = {},
): Promise<string> {
  const page = await (await make(server, as, form)).text();
  const path = /\/feeds\/private\/bsf_[\w-]{32}\.atom/.exec(page)?.[0];
  expect(path, page).toBeDefined();
  return path as string;
}

async function titles(server: TestServer, path: string): Promise<string[]> {
  const answer = await server.get(path);
  expect(answer.status).toBe(200);
  return readFeed(await answer.text(), 'atom').items.map((item) => item.title);
}

async function revokeAll(server: TestServer, as: Someone): Promise<void> {
  const page = await (await server.send('GET', '/settings/feeds', { as })).text();
  for (const [, id = ''] of page.matchAll(/name="id" value="(\w+)"/g)) {
    await server.send('POST', '/settings/feeds/revoke', { as, form: { id } });
  }
}

test('a private feed is read without cookies where reading needs an account, until it is revoked', async () => {
  const server = await openTestServer({ BROADSHEET_READING: 'members' }, TODAY);
  const { database } = server.app;
  await list(database, '2025-10-29', [
    { record: record('2510.00001'), votes: 30 },
    { record: record('2510.00002'), votes: 5 },
  ]);
  await notePeaks(database, 'UTC');
  const member = await join(server);
  expect((await server.get('/feeds/day.atom')).status).toBe(303);
  const path = await made(server, member, { votes: '20' });
  const answer = await server.get(path);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  const text = await answer.text();
  const { items, self } = readFeed(text, 'atom');
  expect(items.map((item) => item.title)).toEqual(['The title of 2510.00001']);
  expect(self).toBe(`https://papers.example.org${path}`);
  for (const format of ['rss', 'json'] as const) {
    const other = await server.get(path.replace('.atom', `.${format}`));
    expect(readFeed(await other.text(), format).items).toHaveLength(1);
  }

  const conditions = [
    { 'if-none-match': answer.headers.get('etag') as string },
    { 'if-modified-since': answer.headers.get('last-modified') as string },
  ];
  for (const headers of conditions) {
    expect((await server.get(path, headers as Record<string, string>)).status).toBe(304);
  }
  expect((await server.get(path, { 'if-none-match': '"other"' })).status).toBe(200);

  const listed = await (await server.send('GET', '/settings/feeds', { as: member })).text();
  expect(listed).toContain('Daily papers, from 20 votes on');
  expect(listed).not.toContain(path.slice('/feeds/private/'.length, -'.atom'.length));
  const stranger = await join(server);
  const [, id = ''] = /name="id" value="(\w+)"/.exec(listed) ?? [];
  await server.send('POST', '/settings/feeds/revoke', { as: stranger, form: { id } });
  expect((await server.get(path)).status).toBe(200);
  await revokeAll(server, member);
  expect((await server.get(path)).status).toBe(410);
  expect((await server.get('/feeds/private/bsf_unknown.atom')).status).toBe(404);
  const after = await (
    await server.send('GET', '/settings/feeds?done=revoked', { as: member })
  ).text();
  expect(after).not.toContain('At home');
});

test('the token is kept as a hash only, and the download names the feed without it', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const member = await join(server);
  const path = await made(server, member);
  const token = path.slice('/feeds/private/'.length, -'.atom'.length);
  await server.get(path);
  const rows = await database.read.selectFrom('feed_tokens').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(rows[0]?.used_at).not.toBeNull();
  const { sections } = await openMyData(database.read, member.person.id);
  const own = [];
  for await (const row of sections.find(({ name }) => name === 'privateFeeds')?.rows ?? []) {
    own.push(row);
  }
  expect(own).toEqual([
    {
      name: 'At home',
      feed: '/feeds/day',
      createdAt: rows[0]?.created_at,
      usedAt: rows[0]?.used_at,
    },
  ]);
});

test('a suspended person’s private feeds are closed, and a deleted one’s gone', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const member = await join(server);
  const path = await made(server, member);
  const barUntil = (barred_until: string | null) =>
    database.transact((tx) =>
      tx
        .updateTable('people')
        .set({ barred_until, barred_by: 'suspend' })
        .where('id', '=', member.person.id)
        .execute(),
    );
  await barUntil('2999-01-01T00:00:00.000Z');
  expect((await server.get(path)).status).toBe(403);
  await barUntil(null);
  expect((await server.get(path)).status).toBe(200);
  await database.transact((tx) =>
    tx.deleteFrom('people').where('id', '=', member.person.id).execute(),
  );
  expect((await server.get(path)).status).toBe(404);
});

test('one’s own votes and alerts have private feeds, which nobody else can make', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const saved = await list(database, '2025-10-29', [
    { record: record('2510.00001'), votes: 3 },
    { record: record('2510.00002'), votes: 30 },
  ]);
  await notePeaks(database, 'UTC');
  const member = await join(server, { handle: 'ada' });
  const stranger = await join(server, { handle: 'eve' });
  await server.send('POST', '/papers/2510.00001/vote', { as: member, form: { on: '1' } });
  const at = now();
  await database.transact(async (tx) => {
    await tx
      .updateTable('people')
      .set({ has_public_votes: 0 })
      .where('id', '=', member.person.id)
      .execute();
    await tx
      .insertInto('alerts')
      .values({
        id: 'a1',
        person_id: member.person.id,
        name: 'Owls',
        topic: 'search:words:owls',
        mails_at_once: 0,
        subscription_id: null,
        channel_id: null,
        created_at: at,
        changed_at: at,
        paused_at: null,
        looked_at: null,
      })
      .execute();
    for (const [index, { key }] of saved.entries()) {
      const matched_at = `2025-10-29T0${index}:00:00.000Z`;
      await tx
        .insertInto('alert_matches')
        .values({ alert_id: 'a1', paper_key: key as number, day: '2025-10-29', matched_at })
        .execute();
    }
  });
  const votes = await made(server, member, { what: 'votes', which: '@ada' });
  expect(await titles(server, votes)).toEqual(['The title of 2510.00001']);
  const alert = await made(server, member, { what: 'alert a1' });
  expect(await titles(server, alert)).toEqual(
    ['2', '1'].map((last) => `The title of 2510.0000${last}`),
  );
  const loud = await made(server, member, { what: 'alert a1', votes: '10' });
  expect(await titles(server, loud)).toEqual(['The title of 2510.00002']);
  const listed = await (await server.send('GET', '/settings/feeds', { as: member })).text();
  expect(listed).toContain('Alert Owls');

  for (const form of [{ what: 'votes', which: 'ada' }, { what: 'alert a1' }]) {
    expect((await make(server, stranger, form)).status).toBe(400);
  }
});

test('a form with something wrong comes back with what was typed and what to mend', async () => {
  const server = await openTestServer({}, TODAY);
  const member = await join(server);
  const cases: [Partial<typeof FORM>, string][] = [
    [{ name: ' ' }, 'Call it something'],
    [{ what: 'category', which: '' }, 'Say which one'],
    [{ what: 'category', which: 'no-such' }, 'There is no such feed'],
    [{ what: 'votes', which: 'nobody' }, 'nobody of that name'],
    [{ what: 'edition', which: 'none' }, 'no such edition'],
    [{ what: 'discussion', which: '2510.00001' }, 'no such paper'],
    [{ what: 'nonsense' }, 'There is no such feed'],
    [{ votes: 'some' }, 'Write a whole number of votes'],
  ];
  for (const [form, words] of cases) {
    const answer = await make(server, member, { which: 'what I typed', ...form });
    const page = await answer.text();
    expect([answer.status, page.includes(words)], words).toEqual([400, true]);
    if (form.which === undefined) expect(page).toContain('value="what I typed"');
  }
  expect(await server.app.database.read.selectFrom('feed_tokens').select('id').execute()).toEqual(
    [],
  );
  await server.app.database.transact(async (tx) => {
    const feed = { name: 'One of many', feed: '/feeds/day' };
    for (let count = 0; count < 49; count++) await createFeedToken(tx, member.person.id, feed);
  });
  expect((await make(server, member)).status).toBe(200);
  expect((await make(server, member)).status).toBe(409);
});
