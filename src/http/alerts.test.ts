import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson, join, type Someone } from '../../tests/people.ts';
import { serveStandIn } from '../../tests/stand-in-embedder.ts';
import { loadOctober, openTestServer, type TestServer } from '../../tests/test-server.ts';
import { LOOK_FOR_ALERTS } from '../alerts/alert-jobs.ts';
import type { Day } from '../base/calendar.ts';
import { papersOfDays } from '../feed/topic-skeleton.ts';
import { alertHandlers } from '../jobs/alert-handlers.ts';

const TODAY = '2025-10-29';
const FORM = { what: 'words', text: 'expander graphs', name: 'Graphs', 'at-once': '1', do: 'save' };

async function openAlertServer() {
  const server = await openTestServer(await serveStandIn(), TODAY);
  const ada = await join(server, { handle: 'ada' });
  const page = async (path: string, as: Someone = ada) =>
    (await server.send('GET', path, { as })).text();
  const post = (path: string, form: Record<string, string>, as: Someone = ada) =>
    server.send('POST', path, { as, form });
  return { ...server, server, ada, page, post };
}

async function look({ app }: Pick<TestServer, 'app'>): Promise<void> {
  const job = { id: 1, kind: LOOK_FOR_ALERTS.kind, payload: {}, attempt: 1, maxAttempts: 1 };
  await alertHandlers(app)[LOOK_FOR_ALERTS.kind]?.(job, new AbortController().signal);
}

const graphs = (id: string, title = 'Expander graphs') =>
  record(id, { title, abstract: `Of ${title} and ${id}.`, announcedOn: TODAY as Day });

test('an author’s page and a search lead to an alert, by way of signing in', async () => {
  const { server, app, page } = await openAlertServer();
  await save(app.database, graphs('2510.00001'));
  const author = await (await server.get('/authors/ada-lovelace')).text();
  const link = '/settings/alerts/new?topic=author%3AAda+Lovelace';
  expect(author).toContain(`href="${link}"`);
  const search = await (await server.get('/papers?q=expander+gap&category=cs.LG')).text();
  expect(search).toContain(
    'href="/settings/alerts/new?topic=search%3Aeither%3Aexpander+gap+cat%3Acs.LG"',
  );
  const asked = await server.get(link);
  expect([asked.status, asked.headers.get('location')]).toEqual([
    303,
    `/sign-in?next=${encodeURIComponent(link)}`,
  ]);
  const form = await page(link);
  expect(form).toContain('value="Ada Lovelace"');
  expect(form).toContain('It would have told you of 1 paper:');
  expect(form).toContain('Expander graphs');
});

test('an alert is made, tells by one mail and on its page, is changed, paused and deleted', async () => {
  const { server, app, ada, page, post } = await openAlertServer();
  await save(app.database, graphs('2510.00001', 'Old expander graphs'));
  const made = await post('/settings/alerts/new', FORM);
  const path = made.headers.get('location')?.replace('?done=made', '') as string;
  expect([made.status, path]).toEqual([
    303,
    expect.stringMatching(/^\/settings\/alerts\/[0-9a-f]{20}$/),
  ]);
  await save(
    app.database,
    graphs('2510.00002', 'New expander graphs'),
    graphs('2510.00003', 'Newer expander graphs'),
  );
  await look(server);
  await look(server);
  const deliveries = await app.database.read.selectFrom('deliveries').selectAll().execute();
  expect(deliveries).toMatchObject([
    { email: ada.person.email, first_day: TODAY, end_day: '2025-10-30', state: 'waiting' },
  ]);
  expect(JSON.parse(deliveries[0]?.papers as string).sort()).toEqual(['2510.00002', '2510.00003']);
  const own = await page(path);
  expect(own).toContain('2 papers found');
  expect(own).toContain('Newer expander graphs');
  expect(own).not.toContain('Old expander graphs');
  const list = await page('/settings/alerts');
  expect(list).toContain('Graphs');
  expect(list).toContain('2 papers so far');
  expect(list).toContain('told by mail at once');
  const data = (await (
    await server.send('GET', '/settings/data.json', { as: ada })
  ).json()) as Record<string, unknown[]>;
  expect(data.alerts).toMatchObject([{ name: 'Graphs', topic: 'search:words:expander graphs' }]);
  expect(data.alertMatches).toHaveLength(2);

  const { 'at-once': _, ...silent } = FORM;
  const changed = await post(path, { ...silent, name: 'Silent' });
  expect(changed.headers.get('location')).toBe(`${path}?done=saved`);
  expect(await page('/settings/alerts')).toContain('told here only');
  expect((await post(`${path}/pause`, { pause: '1' })).status).toBe(303);
  expect(await page(path)).toContain('Paused');
  await save(app.database, graphs('2510.00004', 'Unseen expander graphs'));
  expect((await post(`${path}/pause`, { pause: '0' })).status).toBe(303);
  await look(server);
  expect(await page(path)).toContain('2 papers found');
  expect((await post(`${path}/delete`, {})).status).toBe(303);
  expect((await server.send('GET', path, { as: ada })).status).toBe(404);
});

test('what is wrong is said beside its field, and what was typed stays', async () => {
  const { server, app, ada, post } = await openAlertServer();
  const shown = async (form: Record<string, string>) => {
    const answer = await post('/settings/alerts/new', { ...FORM, ...form });
    return { status: answer.status, text: await answer.text() };
  };
  const nothing = await shown({ text: 'the of', name: 'Odd & typed' });
  expect(nothing.status).toBe(400);
  expect(nothing.text).toContain('id="text-problem"');
  expect(nothing.text).toContain('value="the of"');
  expect(nothing.text).toContain('value="Odd &amp; typed"');
  expect((await shown({ text: ' ' })).status).toBe(400);
  expect((await shown({ what: 'smell' })).status).toBe(400);
  expect((await shown({ text: 'x'.repeat(301) })).status).toBe(400);
  expect((await shown({ name: 'x'.repeat(101) })).text).toContain('id="name-problem"');
  const preview = await shown({ what: 'author', text: 'José García', do: 'preview' });
  expect(preview.status).toBe(200);
  expect(preview.text).toContain('It would have told you of nothing');
  expect(preview.text).toContain('value="José García"');
  // No index is there in this test.
  await save(app.database, graphs('2510.00001'));
  expect((await shown({ do: 'preview' })).text).toContain('while the search index is being made');

  expect((await post('/settings/alerts/new', FORM)).status).toBe(303);
  const twice = await shown({});
  expect(twice.status).toBe(409);
  expect(twice.text).toContain('id="text-problem">You have an alert for this already');
  for (let n = 1; n < 50; n++) {
    const answer = await post('/settings/alerts/new', { ...FORM, text: `expander ${n}` });
    expect(answer.status).toBe(303);
  }
  expect((await shown({ text: 'one more' })).text).toContain('delete one first');
  const list = await server.send('GET', '/settings/alerts', { as: ada });
  expect((await list.text()).match(/Nothing yet/g)).toHaveLength(50);
});

test('nobody sees, changes or tells by what is another’s', async () => {
  const { server, app, page, post, ada } = await openAlertServer();
  const eve = await join(server, { handle: 'eve' });
  const at = '2025-10-29T00:00:00.000Z';
  const channel = {
    id: 'channel-of-ada',
    person_id: ada.person.id,
    name: 'Ada’s channel',
    kind: 'slack' as const,
    target: '{}',
    trigger: 'day' as const,
    papers: 3,
    votes: 0,
    hour: 8,
    time_zone: 'UTC',
    topics: '[]',
    state: 'active' as const,
    problem: null,
    created_at: at,
    changed_at: at,
    since_at: at,
  };
  await app.database.transact((tx) => tx.insertInto('channels').values(channel).execute());
  const form = { ...FORM, channel: channel.id };
  const made = (await post('/settings/alerts/new', form)).headers.get('location') as string;
  const path = made.replace('?done=made', '');
  for (const [method, where] of [
    ['GET', path],
    ['POST', path],
    ['POST', `${path}/pause`],
  ] as const) {
    const answer = await server.send(method, where, {
      as: eve,
      ...(method === 'POST' ? { form: FORM } : {}),
    });
    expect([where, answer.status]).toEqual([where, 404]);
  }
  await post(`${path}/delete`, {}, eve);
  await post('/settings/alerts/new', form, eve);
  const rows = await app.database.read
    .selectFrom('alerts')
    .select(['person_id', 'channel_id'])
    .execute();
  expect(rows).toHaveLength(2);
  expect(rows).toContainEqual({ person_id: ada.person.id, channel_id: channel.id });
  expect(rows).toContainEqual({ person_id: eve.person.id, channel_id: null });
  expect(await page('/settings/alerts', eve)).not.toContain('Ada’s channel');

  await save(app.database, graphs('2510.00001'));
  await look(server);
  const posts = await app.database.read.selectFrom('channel_posts').selectAll().execute();
  expect(posts).toMatchObject([{ channel_id: channel.id, papers: '["2510.00001"]' }]);
});

test('nobody is mailed at an address that is not proved', async () => {
  const { server, app } = await openAlertServer();
  const bob = await createPerson(app.database, { handle: 'bob' });
  await app.database.transact(async (tx) => {
    await tx.updateTable('people').set({ email_verified: 0 }).where('id', '=', bob.id).execute();
    await tx
      .insertInto('alerts')
      .values({
        id: 'alert-of-bob',
        person_id: bob.id,
        name: 'Graphs',
        topic: 'search:words:expander graphs',
        mails_at_once: 1,
        created_at: '2025-10-29T00:00:00.000Z',
        changed_at: '2025-10-29T00:00:00.000Z',
      })
      .execute();
  });
  await save(app.database, graphs('2510.00001'));
  await look(server);
  expect(await app.database.read.selectFrom('alert_matches').selectAll().execute()).toHaveLength(1);
  expect(await app.database.read.selectFrom('deliveries').selectAll().execute()).toEqual([]);
});

test('of the papers of October’s end, words and meaning find what they should', async () => {
  const { app } = await openTestServer({}, TODAY);
  await loadOctober(app);
  const days = { first: '2025-10-27' as Day, end: '2025-11-01' as Day };
  const among = (await papersOfDays(app.database.read, days)).map(({ paperKey }) => paperKey);
  const matcher = await app.search.openMatcher(among, new AbortController().signal);
  const texts = new Map(
    (
      await app.database.read
        .selectFrom('papers')
        .select(['key', 'title', 'abstract'])
        .where('key', 'in', among)
        .execute()
    ).map(({ key, title, abstract }) => [key, `${title} ${abstract}`.toLowerCase()]),
  );
  const found = async (query: string, by: 'words' | 'meaning' | 'either') =>
    (await matcher.match(query, by)).keys.map((key) => texts.get(key) as string);
  try {
    const words = await found('layer normalization', 'words');
    expect(words.length).toBeGreaterThan(0);
    for (const text of words) expect(text).toMatch(/layer.*normal|normal.*layer/s);
    expect(await found('"layer normalization"', 'words')).toEqual(
      words.filter((text) => /layer[- ]normaliz/.test(text)),
    );
    // None of them is about it.
    expect(await found('layer normalization', 'meaning')).toEqual([]);
    expect(await found('layer normalization', 'either')).toEqual(words);
    const meaning = await found('retrieval augmented generation', 'meaning');
    expect(meaning.length).toBeGreaterThan(5);
    expect(meaning.length).toBeLessThan(among.length / 50);
    for (const text of meaning) expect(text).toMatch(/retriev|\brag\b/);
  } finally {
    matcher.close();
  }
});
