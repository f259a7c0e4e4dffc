// Feeds as readers of feeds see them.
import { parseOpml } from 'feedsmith';
import { expect, onTestFinished, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { join } from '../../tests/people.ts';
import { type ReadFeed, readFeed } from '../../tests/read-feed.ts';
import { loadOctober, openTestServer, type TestServer } from '../../tests/test-server.ts';
import type { Day, Instant } from '../base/calendar.ts';
import { saveEdition } from '../days/edition-store.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import { openKeeper } from '../search/index/keep-index.ts';
import { FEED_FORMATS, FEED_TYPES, type FeedFormat } from '../syndication/feed-document.ts';
import { notePeaks } from '../votes/note-peaks.ts';
import { castVote, withdrawVote } from '../votes/vote-store.ts';

const TODAY = '2025-10-30';
const YESTERDAY = '2025-10-29';

async function feed(
  server: TestServer,
  path: string,
  format: FeedFormat = 'atom',
): Promise<ReadFeed> {
  const [name, query = ''] = path.split('?', 2);
  const answer = await server.get(`/feeds/${name}.${format}${query && `?${query}`}`);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  expect(answer.headers.get('content-type')).toBe(`${FEED_TYPES[format]}; charset=utf-8`);
  return readFeed(text, format);
}

/** Which searches are of. */
async function makeIndex({ database, config }: TestServer['app']): Promise<void> {
  const place = { database, uri: config.search.uri };
  const signal = new AbortController().signal;
  const keeper = await openKeeper(place, await openEmbedder(config), {
    signal,
    onTrouble: () => {},
  });
  if (!keeper) throw new Error('Another keeps the index.');
  onTestFinished(() => keeper.close());
  await keeper.ensure();
}

const titles = async (server: TestServer, path: string) =>
  (await feed(server, path)).items.map((item) => item.title);
const titleOf = (id: string) => `The title of ${id}`;
const note = (server: TestServer) => notePeaks(server.app.database, 'UTC');

test('every kind of feed can be read in every format, and says the same in each', async () => {
  const server = await openTestServer({}, '2025-11-01');
  await loadOctober(server.app);
  expect((await server.get('/feeds/search.atom?q=diffusion')).status).toBe(503);
  await makeIndex(server.app);
  await note(server);
  const reader = await join(server, { handle: 'ada', role: 'editor' });
  const paper = '2510.23564';
  await server.send('POST', `/papers/${paper}/vote`, { as: reader, form: { on: '1' } });
  const written = await server.send('POST', `/api/papers/${paper}/comment`, {
    as: reader,
    json: { comment: 'See 2510.26583, $x_2 < 3$ and @ada' },
  });
  expect(written.status).toBe(201);
  const author = (await feed(server, 'day?limit=1')).items[0]?.authors[0] ?? '';
  const key = author.toLowerCase().replaceAll(' ', '-');
  const feeds = {
    'day?limit=8': 8,
    'days?limit=2': 2,
    'trending?limit=8': 8,
    'week?limit=8': 8,
    'month?limit=8': 8,
    'day?min_votes=40&limit=8': 1,
    'categories/cs.LG?limit=8': 8,
    [`authors/${key}`]: 1,
    'editions/2025-10-29-page': 10,
    'search?q=diffusion&by=words&limit=8': 1,
    'people/ada/votes': 1,
    'people/ada/comments': 1,
    [`papers/${paper}/comments`]: 1,
  };
  for (const [path, atLeast] of Object.entries(feeds)) {
    const [rss, atom, json] = await Promise.all(
      (['rss', 'atom', 'json'] as const).map((format) => feed(server, path, format)),
    );
    expect(atom?.items.length, path).toBeGreaterThanOrEqual(atLeast);
    expect(atom?.self).toContain(`https://papers.example.org/feeds/${path.split('?')[0]}.atom`);
    // RSS tells times in whole seconds.
    const toSeconds = (read: ReadFeed | undefined) =>
      read?.items.map((item) => ({ ...item, date: item.date.slice(0, 19) }));
    expect(toSeconds(rss)).toEqual(toSeconds(atom));
    expect(json?.items).toEqual(atom?.items);
    expect([rss?.title, json?.title]).toEqual([atom?.title, atom?.title]);
  }

  const [comment] = (await feed(server, `papers/${paper}/comments`)).items;
  expect(comment?.authors).toEqual(['The person ada']);
  expect(comment?.html).toContain('href="https://papers.example.org/papers/2510.26583"');
  expect(comment?.html).toContain('<math');
  expect(comment?.text).toContain('$x_2 < 3$');
  const withFormulas = (await feed(server, 'categories/cs.LG')).items.filter((item) =>
    item.html.includes('<math'),
  );
  expect(withFormulas.length).toBeGreaterThan(0);
  for (const item of withFormulas) expect(item.text).not.toMatch(/<math|&lt;/);

  const pages = {
    '/papers/date/2025-10-29': 'day.atom',
    '/papers/week/2025-W44': 'week.rss',
    '/papers/month/2025-10': 'month.json',
    '/papers/trending': 'trending.atom',
    '/categories/cs.LG': 'categories/cs.LG.atom',
    [`/authors/${key}`]: `authors/${key}.rss`,
    '/people/ada': 'people/ada/votes.atom',
    '/editions/2025-10-29-page': 'editions/2025-10-29-page.atom',
    '/papers?q=diffusion': 'search.atom?q=diffusion&amp;by=either',
    [`/papers/${paper}`]: `papers/${paper}/comments.json`,
    '/feeds': 'days.atom',
  };
  for (const [page, address] of Object.entries(pages)) {
    const html = await (await server.get(page)).text();
    const links = html.match(/<link rel="alternate"[^>]*>/g) ?? [];
    expect(links.length % 3, page).toBe(0);
    expect(links.join('\n'), page).toContain(`href="https://papers.example.org/feeds/${address}"`);
  }

  const outlines = parseOpml(await (await server.get('/feeds.opml')).text()).body?.outlines ?? [];
  expect(outlines.map((group) => group.title)).toEqual(['Broadsheet', 'Categories']);
  const inCategories = outlines[1]?.outlines?.map((outline) => outline.text) ?? [];
  expect(inCategories).toContain('cs.LG');
  expect(inCategories).toEqual([...new Set(inCategories)].sort());
  for (const outline of outlines.flatMap((group) => group.outlines ?? [])) {
    expect(outline.xmlUrl).toMatch(/^https:\/\/papers\.example\.org\/feeds\/.*\.atom$/);
  }

  const first = await feed(server, 'categories/cs.LG?limit=3', 'json');
  const next = new URL(first.next ?? '');
  const second = await feed(server, `categories/cs.LG${next.search}`, 'json');
  const both = await feed(server, 'categories/cs.LG?limit=6', 'json');
  expect([...first.items, ...second.items]).toEqual(both.items);
}, 120_000);

const hideVotes = ({ app }: TestServer, id: string) =>
  app.database.transact((tx) =>
    tx.updateTable('people').set({ has_public_votes: 0 }).where('id', '=', id).execute(),
  );

test('feeds are valid and empty where there is nothing, and absent for what there is not', async () => {
  const server = await openTestServer({}, TODAY);
  await join(server, { handle: 'ada' });
  const { person: secretive } = await join(server, { handle: 'eve' });
  await hideVotes(server, secretive.id);
  const empty = [
    ...['day', 'days', 'trending', 'week', 'month', 'categories/cs.LG', 'authors/nobody-yet'],
    ...[
      'search?q=owls',
      'people/ada/comments',
      'people/ada/votes',
      'day?min_votes=10',
      'days?min_votes=10',
    ],
  ];
  for (const path of empty) {
    for (const format of FEED_FORMATS) {
      expect((await feed(server, path, format)).items, path).toEqual([]);
    }
  }
  const absent = ['categories/no-such', 'people/nobody/comments', 'people/eve/votes'];
  for (const path of [...absent, 'editions/none', 'papers/2510.00001/comments', 'alerts/abc']) {
    expect((await server.get(`/feeds/${path}.atom`)).status, path).toBe(404);
  }
  const wrong = await server.get('/feeds/day.atom?min_votes=some');
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('Write min_votes as a whole number from 1 to 1000000.');
  const refused = await server.get('/feeds?q=&by=meaning&min_votes=some');
  expect(refused.status).toBe(400);
  const again = await refused.text();
  for (const field of ['feed-q', 'feed-votes']) {
    expect(again).toMatch(new RegExp(`id="${field}"[^>]* aria-describedby="${field}-problem"`));
    expect(again).toContain(`<p class="field-problem" id="${field}-problem">`);
  }
  expect(again).toContain('value="some"');
  expect(again).toContain('<option value="meaning" selected="">');
  const built = await (await server.get('/feeds?q=owls&by=words&min_votes=3')).text();
  expect(built).toContain('/feeds/search.atom?q=owls&amp;by=words&amp;min_votes=3');
});

test('a paper comes into a threshold feed once, when it crosses, and stays', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const ids = ['2510.00001', '2510.00002', '2510.00003'];
  const saved = await list(
    database,
    TODAY,
    ids.map((id) => ({ record: record(id), votes: 0 })),
  );
  const [unlisted] = await save(database, record('2510.00004', { categories: ['math.NT'] }));
  const people = await Promise.all([1, 2].map(async () => (await join(server)).person));
  const vote = (paperKey: number, count = 2) =>
    Promise.all(
      people
        .slice(0, count)
        .map((person) =>
          database.transact((tx) => castVote(tx, { person, paperKey, weighs: true })),
        ),
    );
  const key = (index: number) => saved[index]?.key as number;
  const path = 'day?min_votes=2';
  await vote(key(2));
  await vote(key(1), 1);
  await note(server);
  expect(await titles(server, path)).toEqual([titleOf('2510.00003')]);
  await vote(key(0));
  await note(server);
  await vote(key(1));
  await vote(unlisted?.key as number);
  await note(server);
  const before = await feed(server, path);
  expect(before.items.map((item) => item.title)).toEqual(
    ['2510.00002', '2510.00001', '2510.00003'].map(titleOf),
  );
  for (const person of people) {
    for (const { key: paperKey } of saved) {
      await database.transact((tx) => withdrawVote(tx, { person, paperKey }));
    }
  }
  await note(server);
  expect(await feed(server, path)).toEqual(before);
  await vote(key(2));
  await note(server);
  expect(await feed(server, path)).toEqual(before);

  expect(await titles(server, 'trending?min_votes=2')).toEqual(
    ['2510.00004', '2510.00002', '2510.00001', '2510.00003'].map(titleOf),
  );
  expect(await titles(server, 'categories/math.NT?min_votes=2')).toEqual([titleOf('2510.00004')]);
  expect(await titles(server, 'authors/ada-lovelace?min_votes=2&limit=2')).toEqual(
    ['2510.00004', '2510.00002'].map(titleOf),
  );
  expect(await titles(server, 'week?min_votes=2')).toEqual(
    ['2510.00002', '2510.00001', '2510.00003'].map(titleOf),
  );
  expect(await titles(server, 'day?min_votes=3')).toEqual([]);
});

test('a closed day has the same items after later votes and comments', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const saved = await list(database, YESTERDAY, [
    { record: record('2510.00001'), votes: 5 },
    { record: record('2510.00002'), votes: 9 },
    { record: record('2510.00003'), votes: 7 },
  ]);
  await list(database, TODAY, [{ record: record('2510.00004'), votes: 1 }]);
  await note(server);
  const items = async (path: string) =>
    Object.fromEntries((await feed(server, path)).items.map((item) => [item.id, item]));
  const days = await feed(server, 'days');
  expect(days.items.map((item) => item.title)).toEqual(['Papers of 29 October 2025']);
  expect(days.items[0]?.date).toBe('2025-10-30T00:00:00.000Z');
  const order = ['2510.00002', '2510.00003', '2510.00001'].map(titleOf);
  expect(days.items[0]?.text.match(/The title of \S+/g)).toEqual(order);
  const day = await items('day');
  for (const { person, cookie } of [await join(server), await join(server)]) {
    const paperKey = saved[0]?.key as number;
    await database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
    const said = await server.send('POST', '/api/papers/2510.00001/comment', {
      as: { cookie },
      json: { comment: 'Good.' },
    });
    expect(said.status).toBe(201);
  }
  await list(database, YESTERDAY, [{ record: record('2510.00001'), votes: 50 }]);
  await note(server);
  expect(await feed(server, 'days')).toEqual(days);
  expect(await items('day')).toEqual(day);
  expect(await titles(server, 'day?min_votes=50')).toEqual([titleOf('2510.00001')]);
});

test('a paper that gets a better identity is no new item, and a paper listed twice is one', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const title = 'A paper that arXiv has as well';
  await list(database, YESTERDAY, [
    { record: record('page:some-paper', { source: 'page', title }), votes: 1 },
  ]);
  await list(database, TODAY, [
    { record: record('page:some-paper', { source: 'page', title }), votes: 1 },
  ]);
  const before = await feed(server, 'day');
  await save(database, record('2510.00001', { title }));
  const after = await feed(server, 'day');
  expect(after.items.map((item) => item.url)).toEqual([
    'https://papers.example.org/papers/2510.00001',
  ]);
  expect(after.items.map((item) => [item.id, item.date])).toEqual(
    before.items.map((item) => [item.id, item.date]),
  );
});

test('withdrawn papers leave the feeds that nobody chose', async () => {
  const server = await openTestServer({}, TODAY);
  const { database } = server.app;
  const withdrawnAt = '2025-10-29T12:00:00.000Z' as Instant;
  const outcomes = await list(database, YESTERDAY, [
    { record: record('2510.00001'), votes: 5 },
    { record: record('2510.00002', { withdrawnAt }), votes: 5 },
  ]);
  await note(server);
  const kept = [titleOf('2510.00001')];
  for (const path of [
    'trending',
    'trending?min_votes=5',
    'categories/cs.LG',
    'authors/ada-lovelace',
  ]) {
    expect(await titles(server, path), path).toEqual(kept);
  }
  expect((await titles(server, 'day')).length).toBe(2);
  const places = outcomes.map(({ key }, index) => ({
    paperKey: key as number,
    position: index + 1,
    comments: 0,
  }));
  const edition = { slug: 'some-page', day: YESTERDAY as Day, title: 'Some page', items: [] };
  await database.transact((tx) => saveEdition(tx, edition, places));
  expect((await titles(server, 'editions/some-page?min_votes=5')).length).toBe(2);
  expect(await titles(server, 'editions/some-page?min_votes=6')).toEqual([]);
});

test('what has not changed is not sent again, by tag or by time, and HEAD sends no body', async () => {
  const server = await openTestServer({}, TODAY);
  await list(server.app.database, YESTERDAY, [{ record: record('2510.00001'), votes: 5 }]);
  const first = await server.get('/feeds/day.rss');
  const tag = first.headers.get('etag') ?? '';
  const time = first.headers.get('last-modified') ?? '';
  expect(first.headers.get('cache-control')).toMatch(/^public, max-age=/);
  for (const headers of [{ 'if-none-match': tag }, { 'if-modified-since': time }]) {
    const again = await server.get('/feeds/day.rss', headers as Record<string, string>);
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const head = await server.server.fetch(
    new Request('http://attacker.example/feeds/day.rss', { method: 'HEAD' }),
  );
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, '']);
  await list(server.app.database, TODAY, [{ record: record('2510.00002'), votes: 0 }]);
  const changed = await server.get('/feeds/day.rss', { 'if-none-match': tag });
  expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
});
