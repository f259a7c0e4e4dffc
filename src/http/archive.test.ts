import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestServer, URL_OF_TESTS } from '../../tests/test-server.ts';

async function openWithDays() {
  const server = await openTestServer({}, '2025-10-30');
  const { database } = server.app;
  const papers = [1, 2, 3].map((n) => ({ record: record(`2510.0000${n}`), votes: n }));
  await list(database, '2025-10-28', papers);
  await list(database, '2025-10-29', [{ record: record('2510.00004'), votes: 9 }]);
  await list(database, '2023-05-04', [{ record: record('2305.00001'), votes: 1 }]);
  return server;
}

test('the archive leads to its newest year, and a year shows each day with what it has', async () => {
  const { get } = await openWithDays();
  for (const path of [
    '/papers/archive',
    '/papers/archive/1990',
    '/papers/archive/2026',
    '/papers/archive/x',
  ]) {
    const response = await get(path);
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      '/papers/archive/2025',
    ]);
  }
  const response = await get('/papers/archive/2025');
  expect(response.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  const html = await response.text();
  expect(html).toContain('<h1>The papers of 2025</h1>');
  expect(html).toContain('2 days with a list, 4 papers.');
  expect(html).toContain(
    'href="/papers/date/2025-10-28" aria-label="Tuesday, October 28, 2025: 3 papers"',
  );
  expect(html).toContain(
    'href="/papers/date/2025-10-29" aria-label="Wednesday, October 29, 2025: 1 paper"',
  );
  expect(html.match(/<rect/g)).toHaveLength(365 + 3);
  expect(html).toContain('<a href="/papers/month/2025-10">October</a></h2>');
  expect(html).toContain('rel="prev" href="/papers/archive/2024"');
  expect(html).toContain('<a href="/papers/archive/2023">2023</a>');
});

test('a year without papers says so, and an instance without any shows the present one', async () => {
  const { get } = await openWithDays();
  const html = await (await get('/papers/archive/2024')).text();
  expect(html).toContain('No day of this year has papers here.');
  expect(html.match(/<rect/g)).toHaveLength(366);
  const empty = await openTestServer({}, '2025-10-30');
  const response = await empty.get('/papers/archive');
  expect(response.headers.get('location')).toBe('/papers/archive/2025');
  expect((await empty.get('/papers/archive/2025')).status).toBe(200);
});

test('crawlers are told of the years', async () => {
  const { get } = await openWithDays();
  const month = await (await get('/sitemap/2025-10.xml')).text();
  expect(month).toContain(`<loc>${URL_OF_TESTS}/papers/archive/2025</loc>`);
});

test('a week has the best of each day on its first page, a month groups them by week', async () => {
  const { get } = await openWithDays();
  const week = await (await get('/papers/week/2025-W44')).text();
  const best = /<section class="best week".*?<\/div><\/section>/s.exec(week)?.[0] as string;
  expect(best).toContain('<a href="/papers/date/2025-10-28">Tue 28</a> <small>3 papers</small>');
  expect(best.match(/<li>/g)).toHaveLength(4);
  expect(best.indexOf('2510.00003')).toBeLessThan(best.indexOf('2510.00001'));
  expect(week).toContain('<a href="/papers/archive/2025">All of 2025</a>');
  const month = await (await get('/papers/month/2025-10')).text();
  const weeks = /<section class="best month".*?<\/div><\/section>/s.exec(month)?.[0] as string;
  expect(weeks).toContain('<a href="/papers/week/2025-W44">Week 44</a> <small>4 papers</small>');
  expect(weeks.match(/<li>/g)).toHaveLength(2);
  expect(weeks).toContain('<a href="/papers/date/2025-10-29">Wed 29</a> · 9 votes');
});

test('names and categories show their papers over time on the first page', async () => {
  const { get } = await openWithDays();
  for (const path of ['/authors/ada-lovelace', '/categories/cs.LG']) {
    const html = await (await get(path)).text();
    expect(html).toContain('<figure class="timeline">');
    expect(html).toContain('5 papers with 16 votes from Sep 8, 2025 to Nov 2, 2025.');
    const after = Buffer.from('2025-10-29T00:00:00.000Z 99').toString('base64url');
    expect(await (await get(`${path}?after=${after}`)).text()).not.toContain('class="timeline"');
  }
});

test('a card of trending says what an older paper gained here of late', async () => {
  const { app, get } = await openWithDays();
  const person = await createPerson(app.database);
  await app.database.transact(async (tx) => {
    const paper = await tx
      .selectFrom('papers')
      .select('key')
      .where('id', '=', '2510.00001')
      .executeTakeFirstOrThrow();
    const row = { person_id: person.id, paper_key: paper.key, weighs: 0 };
    await tx
      .insertInto('votes')
      .values({ ...row, voted_at: '2025-10-29T10:00:00.000Z' })
      .execute();
  });
  const html = await (await get('/papers/trending')).text();
  expect(html.match(/class="rise"/g)).toHaveLength(1);
  expect(html).toContain('+1 here in 7 days, all since yesterday');
  expect(html).toContain('aria-label="Votes here in the last 7 days, added up: 1 vote"');
});
