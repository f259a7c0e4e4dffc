import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import {
  loadOctober,
  openTestServer,
  type TestServer,
  URL_OF_TESTS,
} from '../../tests/test-server.ts';
import type { Day } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';

const DAY = '/papers/date/2025-10-29';

type Item = { paper: { id: string } };

async function openWithTwoDays() {
  const server = await openTestServer({}, '2025-10-30');
  const { database } = server.app;
  await list(database, '2025-10-29', [
    { record: record('2510.00001', { title: 'Of $\\mathcal{O}(n)$ <b>' }), votes: 5 },
    { record: record('2510.00002', { comment: 'https://github.com/a/b' }), votes: 3 },
    { record: record('2510.00003'), votes: 1 },
  ]);
  await list(database, '2025-10-30', [{ record: record('2510.00004'), votes: 1 }]);
  return server;
}

test('the first page leads to the newest day, and days lead to each other', async () => {
  const { get } = await openWithTwoDays();
  for (const path of ['/', '/papers']) {
    const response = await get(path);
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      '/papers/date/2025-10-30',
    ]);
  }
  const html = await (await get(DAY)).text();
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html).toContain('Wednesday, October 29, 2025</h1>');
  expect(html).toContain('href="/papers/date/2025-10-30"');
  expect(html).toContain('2 authors');
  expect(html).toMatch(/<article[^>]*>.*?<h3><a href="\/papers\/2510\.00001">Of <math/s);
  expect(html).toContain('&lt;b&gt;');
});

test.each([
  '/papers/date/2025-13-40',
  '/papers/date/nonsense',
  '/papers/date/2025-10-26',
  '/papers/date/2999-01-01',
])('%s leads to the newest papers', async (path) => {
  const { get } = await openWithTwoDays();
  const response = await get(path);
  expect([response.status, response.headers.get('location')]).toEqual([302, '/papers']);
});

test.each([
  ['/papers/week/2999-W01', '/papers/week/2025-W44'],
  ['/papers/week/2025-W99', '/papers/week/2025-W44'],
  ['/papers/month', '/papers/month/2025-10'],
  ['/papers/arXiv:2510.00001v3', '/papers/2510.00001'],
  ['/papers/arXiv:2510.00001.md', '/papers/2510.00001.md'],
  ['/papers/hep-th/9901001v2', '/papers/hep-th/9901001'],
  ['/authors/Ada%20Lovelace', '/authors/ada-lovelace'],
])('%s leads to %s', async (path, target) => {
  const { app, get } = await openWithTwoDays();
  await save(app.database, record('hep-th/9901001'));
  const response = await get(path);
  expect(response.status).toBeGreaterThan(300);
  expect(response.headers.get('location')).toBe(target);
});

test('a paper’s page has its neighbours on the list, its links and its own address', async () => {
  const { get } = await openWithTwoDays();
  const response = await get('/papers/2510.00002');
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain('rel="prev" href="/papers/2510.00001"');
  expect(html).toContain('rel="next" href="/papers/2510.00003"');
  expect(html).toContain('https://arxiv.org/abs/2510.00002');
  expect(html).toContain('https://arxiv.org/pdf/2510.00002');
  expect(html).toContain('https://github.com/a/b');
  expect(html).toContain(`<link rel="canonical" href="${URL_OF_TESTS}/papers/2510.00002"`);
  expect(html).not.toContain('attacker.example');
});

test('a paper is also there as Markdown, by address and by what is accepted', async () => {
  const { get } = await openWithTwoDays();
  const byPath = await get('/papers/2510.00002.md');
  expect(byPath.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  const text = await byPath.text();
  expect(text).toContain('# The title of 2510.00002');
  expect(text).toContain('Authors: Ada Lovelace, Alan Turing');
  const accepted = await get('/papers/2510.00002', { accept: 'text/markdown' });
  expect(await accepted.text()).toBe(text);
  const browser = await get('/papers/2510.00002', { accept: 'text/html,*/*' });
  expect(browser.headers.get('content-type')).toContain('text/html');
});

test.each([
  '/papers/2999.99999',
  '/papers/x',
  '/editions/x',
  '/authors/nobody',
  '/categories/x',
  '/nothing',
  `${DAY}?p=7`,
  `${DAY}?p=99999`,
  '/assets/x.css',
])('%s is not found, politely', async (path) => {
  const { get } = await openWithTwoDays();
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Not found');
});

test.each([
  '/papers/%00',
  '/editions/%00',
  '/categories/%00',
  '/authors/%00',
  '/api/daily_papers?submitter=%00',
])('%s is refused, not passed on to the database', async (path) => {
  const { get } = await openWithTwoDays();
  expect((await get(path)).status).toBe(400);
});

test('the saved page is an edition in its own order, linked from its day', async () => {
  const { app, get } = await openTestServer();
  await loadOctober(app);
  const html = await (await get('/editions/2025-10-29-page')).text();
  expect(html.match(/<article/g)).toHaveLength(72);
  expect(html.indexOf('Improved Training Technique')).toBeLessThan(html.indexOf('SLAB: Efficient'));
  expect(await (await get(DAY)).text()).toContain('/editions/2025-10-29-page');
});

test('names and categories have pages', async () => {
  const { get } = await openWithTwoDays();
  for (const path of ['/authors/ada-lovelace', '/categories/cs.LG']) {
    const html = await (await get(path)).text();
    expect(html.match(/<article/g)).toHaveLength(4);
  }
  expect(await (await get('/authors/ada-lovelace')).text()).toContain('<h1>Ada Lovelace</h1>');
});

test('the box at the head of a page leads to a paper or an author, or says what it can find', async () => {
  const { get } = await openWithTwoDays();
  const leadsTo = async (q: string) => {
    const response = await get(`/papers?q=${encodeURIComponent(q)}`);
    return [response.status, response.headers.get('location')];
  };
  expect(await leadsTo('arXiv:2510.00002')).toEqual([302, '/papers/2510.00002']);
  expect(await leadsTo('the title of 2510.00003')).toEqual([200, null]);
  expect(await leadsTo('ada lovelace')).toEqual([302, '/authors/ada-lovelace']);
  expect(await leadsTo('  ')).toEqual([302, '/papers/date/2025-10-30']);
  const nothing = await get(`/papers?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  const html = await nothing.text();
  expect(nothing.status).toBe(200);
  expect(html).toContain('The search index is being made');
  expect(html).toContain('value="&quot;&gt;&lt;script&gt;');
  expect(html).not.toContain('<script>alert');
});

test('an empty instance says how to fill it', async () => {
  const { get } = await openTestServer();
  expect(await (await get('/')).text()).toContain('No papers yet');
});

test('what did not change is not sent again, whatever its packing', async () => {
  const { app, get } = await openWithTwoDays();
  const first = await get(DAY, { 'accept-encoding': 'br' });
  const etag = first.headers.get('etag') as string;
  const since = first.headers.get('last-modified') as string;
  expect(first.headers.get('content-encoding')).toBe('br');
  expect((await get(DAY, { 'if-none-match': etag })).status).toBe(304);
  expect(
    (await get(DAY, { 'if-none-match': `"x", W/${etag}`, 'accept-encoding': 'gzip' })).status,
  ).toBe(304);
  expect((await get(DAY, { 'if-modified-since': since })).status).toBe(304);
  expect((await get(DAY, { 'if-none-match': '"x"', 'if-modified-since': since })).status).toBe(200);
  await list(app.database, '2025-10-29', [{ record: record('2510.00009'), votes: 99 }]);
  const changed = await get(DAY, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain('2510.00009');
});

test('packed answers unpack to the plain one', async () => {
  const { get } = await openWithTwoDays();
  const plain = Buffer.from(await (await get(DAY)).arrayBuffer());
  const packed = async (encoding: string) => {
    const response = await get(DAY, { 'accept-encoding': encoding });
    return Buffer.from(await response.arrayBuffer());
  };
  expect(brotliDecompressSync(await packed('gzip, br')).equals(plain)).toBe(true);
  expect(gunzipSync(await packed('gzip')).equals(plain)).toBe(true);
  expect((await packed('br;q=0')).equals(plain)).toBe(true);
  expect((await get(DAY, { 'accept-encoding': 'br' })).headers.get('vary')).toMatch(
    /accept-encoding/,
  );
});

test('a day that is over may be kept long, today’s must be asked for', async () => {
  const { get } = await openWithTwoDays();
  const control = async (path: string) => (await get(path)).headers.get('cache-control');
  expect(await control(DAY)).toBe('public, max-age=3600, stale-while-revalidate=86400');
  expect(await control('/papers/date/2025-10-30')).toBe('public, max-age=0, must-revalidate');
  expect(await control('/api/daily_papers?date=2025-10-29')).toContain('max-age=3600');
  expect(await control('/api/daily_papers')).toContain('must-revalidate');
});

test('a kept page does not outlive its day', async () => {
  const server = await openTestServer();
  let today = '2025-10-29' as Day;
  server.app.today = () => today;
  const { createServerApp } = await import('./server-app.tsx');
  const { fetch } = createServerApp(server.app, () => URL_OF_TESTS);
  await list(server.app.database, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  await list(server.app.database, '2025-10-30', [{ record: record('2510.00002'), votes: 1 }]);
  const target = async () => (await fetch(new Request('http://x/'))).headers.get('location');
  expect(await target()).toBe('/papers/date/2025-10-29');
  today = '2025-10-30' as Day;
  expect(await target()).toBe('/papers/date/2025-10-30');
});

test('every answer carries the security headers, without unsafe-inline', async () => {
  const { get } = await openWithTwoDays();
  for (const path of [DAY, '/api/daily_papers', '/nothing', '/healthz', '/api/docs']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  }
  expect((await get(DAY, { 'x-request-id': 'abc-12345' })).headers.get('x-request-id')).toBe(
    'abc-12345',
  );
  expect((await get(DAY, { 'x-request-id': 'no\tgood id' })).headers.get('x-request-id')).toMatch(
    /^[\w-]{36}$/,
  );
});

test('files of pages carry what says something about a file, and no more', async () => {
  const { get } = await openWithTwoDays();
  const script = /src="(\/assets\/[^"]+)"/.exec(await (await get(DAY)).text())?.[1] as string;
  const { headers, status } = await get(script);
  expect(status).toBe(200);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(headers.get('content-security-policy')).toBeNull();
  // What is not there is told on a page.
  const missing = await get('/assets/nothing.js');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
});

test('health, readiness and measures', async () => {
  const { get } = await openWithTwoDays();
  expect(await (await get('/healthz')).text()).toBe('ok\n');
  expect((await get('/readyz')).status).toBe(200);
  await get(DAY);
  await get(DAY);
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toMatch(/broadsheet_page_cache_total\{result="hit"\} 1/);
  expect(metrics).toMatch(/broadsheet_http_requests_total\{method="GET",status="200"\} \d+/);
});

test('a server whose database is gone is alive and not ready', async () => {
  const { app, get } = await openTestServer();
  await app.database.close();
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/readyz')).status).toBe(503);
  const page = await get('/papers');
  expect(page.status).toBe(500);
  expect(await page.text()).toContain(
    'Something went wrong. Tell the administrator the request id',
  );
});

test('crawlers are told where to look and where not', async () => {
  const { get } = await openWithTwoDays();
  expect(await (await get('/robots.txt')).text()).toContain(`Sitemap: ${URL_OF_TESTS}/sitemap.xml`);
  expect(await (await get('/sitemap.xml')).text()).toContain(
    `<loc>${URL_OF_TESTS}/sitemap/2025-10.xml</loc>`,
  );
  const month = await (await get('/sitemap/2025-10.xml')).text();
  expect(month).toContain(`<loc>${URL_OF_TESTS}/papers/date/2025-10-29</loc>`);
  expect(month).toContain(`<loc>${URL_OF_TESTS}/papers/2510.00004</loc>`);
});

test('what is trending has a page of its own, and each card says why it stands there', async () => {
  const { get } = await openWithTwoDays();
  const response = await get('/papers/trending');
  expect(response.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  const html = await response.text();
  expect(html).toContain('<h1>Trending</h1>');
  expect(html.match(/<article/g)).toHaveLength(4);
  expect(html).toContain('5 votes in 1 day · #1 in cs.LG');
  expect(html).toContain('1 vote today · #2 in cs.LG');
  expect(html).toContain('<a href="/papers/date/2025-10-29">#2 paper of the day, Oct 29</a>');
  expect(html).toContain('<a href="/papers/trending" aria-current="page">Trending</a>');
  expect(await (await get('/papers/2510.00002')).text()).toContain('#2 paper of the day, Oct 29');
  for (const page of ['1', '200', 'x']) {
    expect((await get(`/papers/trending?p=${page}`)).status).toBe(404);
  }
});

test('the list shows what editors pinned and why one should read it, and not what they took off', async () => {
  const { app, get } = await openWithTwoDays();
  const edit = (paper: string, changes: { [column: string]: string }) =>
    app.database.transact(async (tx) => {
      await tx
        .updateTable('day_entries')
        .set(changes)
        .where('paper_key', '=', (eb) =>
          eb.selectFrom('papers').select('key').where('id', '=', paper),
        )
        .execute();
      await takeChanges(tx, 1);
    });
  expect(await (await get(DAY)).text()).not.toContain('Pinned');
  await edit('2510.00003', {
    pinned_at: '2025-10-29T09:00:00.000Z',
    introduction: 'It settles <i>everything</i>.',
  });
  await edit('2510.00001', { unlisted_at: '2025-10-29T10:00:00.000Z' });
  await edit('2510.00004', { unlisted_at: '2025-10-30T10:00:00.000Z' });
  for (const path of [DAY, '/papers/week/2025-W44', '/papers/month/2025-10']) {
    const html = await (await get(path)).text();
    expect(html.match(/<article/g)).toHaveLength(2);
    expect(html.indexOf('/papers/2510.00003')).toBeLessThan(html.indexOf('/papers/2510.00002'));
    expect(html.match(/<b class="why">Pinned<\/b>/g)).toHaveLength(1);
    expect(html).toContain('It settles &lt;i&gt;everything&lt;/i&gt;.');
  }
  expect((await get('/')).headers.get('location')).toBe(DAY);
  const list = (await (await get('/api/daily_papers?date=2025-10-29')).json()) as Item[];
  expect(list.map((item) => item.paper.id)).toEqual(['2510.00003', '2510.00002']);
  const sitemap = await (await get('/sitemap/2025-10.xml')).text();
  expect(sitemap.match(/papers\/2510\.\d+/g)).toEqual(['papers/2510.00002', 'papers/2510.00003']);
  expect(sitemap).not.toContain('2025-10-30</loc>');
});

test('the page of the open day shuffles what nobody voted for, the API and later pages do not', async () => {
  const server = await openTestServer({}, '2025-10-29');
  const ids = Array.from({ length: 30 }, (_, n) => `2510.000${n + 10}`);
  await list(
    server.app.database,
    '2025-10-29',
    ids.map((id) => ({ record: record(id), votes: 0 })),
  );
  const onPage = async (get: TestServer['get']) =>
    [...(await (await get(DAY)).text()).matchAll(/<h3><a href="\/papers\/([^"]+)"/g)].map(
      ([, id]) => id,
    );
  const newestFirst = ids.toReversed();
  const shuffled = await onPage(server.get);
  expect(shuffled).not.toEqual(newestFirst);
  expect(shuffled.toSorted()).toEqual(ids);
  const answer = await server.get('/api/daily_papers?date=2025-10-29');
  expect(((await answer.json()) as Item[]).map((item) => item.paper.id)).toEqual(newestFirst);
  server.app.today = () => '2025-10-30' as Day;
  expect(await onPage(server.get)).toEqual(newestFirst);
});

test('the data that scrapers of the other page read comes only when it is switched on', async () => {
  const plain = await openWithTwoDays();
  expect(await (await plain.get(DAY)).text()).not.toContain('data-props');
  const server = await openTestServer({ BROADSHEET_HF_MARKUP: 'true' });
  await list(server.app.database, '2025-10-29', [{ record: record('2510.00001'), votes: 5 }]);
  const props = async (path: string, target: string) => {
    const html = await (await server.get(path)).text();
    const found = new RegExp(`data-target="${target}" data-props="([^"]*)"`).exec(html)?.[1] ?? '';
    return JSON.parse(
      found
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    );
  };
  expect(await props(DAY, 'DailyPapers')).toMatchObject({
    periodType: 'day',
    dateString: '2025-10-29',
    dailyPapers: [{ title: 'The title of 2510.00001', paper: { id: '2510.00001', upvotes: 5 } }],
  });
  expect(await props('/papers/2510.00001', 'PaperContent')).toMatchObject({ dailyPaperRank: 1 });
});
