// Searching as browsers and programs do it.
import { expect, onTestFinished, test } from 'vitest';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { serveStandIn } from '../../tests/stand-in-embedder.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import type { Instant } from '../base/calendar.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import { type IndexKeeper, openKeeper } from '../search/index/keep-index.ts';
import { randomTexts } from '../search/query/random-texts.ts';

async function openServer(): Promise<TestServer> {
  const settings = await serveStandIn();
  return openTestServer({ ...settings, BROADSHEET_SEARCH_TIMEOUT_MS: '20000' }, '2025-10-30');
}

/** Makes the index that the server reads. */
async function keepIndex({ app }: TestServer): Promise<IndexKeeper> {
  const embedder = await openEmbedder(app.config);
  const keeper = await openKeeper(
    { database: app.database, uri: app.config.search.uri },
    embedder,
    {
      signal: new AbortController().signal,
      onTrouble: () => {},
    },
  );
  if (!keeper) throw new Error('Another keeps the index.');
  onTestFinished(() => keeper.close());
  await keeper.ensure();
  return keeper;
}

const GORILLAS = record('2510.00001', {
  title: 'Gorillas in the $n$-th <mist>',
  abstract: 'What gorillas eat in the forest. It is a long list.',
  authors: authors('Dian Fossey'),
  categories: ['q-bio.PE'],
});
const ZEBRAS = record('2510.00002', {
  title: 'Zebras on the plain',
  abstract: 'What zebras eat.',
  categories: ['q-bio.PE', 'cs.LG'],
  submittedAt: '2024-03-01T10:00:00.000Z' as Instant,
});

async function openIndexedServer(): Promise<TestServer & { keeper: IndexKeeper }> {
  const server = await openServer();
  await list(server.app.database, '2025-10-29', [
    { record: GORILLAS, votes: 5, submitter: 'someone' },
    { record: ZEBRAS, votes: 9 },
  ]);
  return { ...server, keeper: await keepIndex(server) };
}

const q = (text: string, rest = '') => `q=${encodeURIComponent(text)}${rest}`;

async function foundBy(get: TestServer['get'], query: string) {
  const response = await get(`/api/papers/search?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { title: string; paper: { id: string } }[];
}

test('a page of what was found marks the words, counts what there is and offers other orders', async () => {
  const { get } = await openIndexedServer();
  const response = await get(`/papers?${q('gorilla forest')}`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toMatch(/<h3><a href="\/papers\/2510\.00001"><mark>Gorillas<\/mark> in the <math/);
  expect(html).toContain('&lt;mist&gt;');
  expect(html).toContain('2 papers, by words and meaning.');
  expect(html).toContain('href="/papers?q=gorilla+forest&amp;sort=date"');
  expect(html).toContain('category=cs.LG');
  expect(html).toContain('year=2024');
  expect(html).toMatch(/<meta name="robots" content="noindex/);
});

test('filters and orders of the address narrow the page, and nonsense in them is left out', async () => {
  const { get } = await openIndexedServer();
  const shown = async (query: string) => {
    const html = await (await get(`/papers?${query}`)).text();
    return [...html.matchAll(/<h3><a href="\/papers\/([^"]+)"/g)].map(([, id]) => id);
  };
  expect(await shown(q('eat', '&category=cs.LG'))).toEqual([ZEBRAS.id]);
  expect(await shown(q('eat', '&year=2025'))).toEqual([GORILLAS.id]);
  expect(await shown(q('eat', '&after=2024-01-01&before=2024-12-31'))).toEqual([ZEBRAS.id]);
  expect(await shown(q('eat', '&sort=date'))).toEqual([GORILLAS.id, ZEBRAS.id]);
  expect(await shown(q('eat', '&sort=votes'))).toEqual([ZEBRAS.id, GORILLAS.id]);
  expect(await shown('q=&category=cs.LG')).toEqual([ZEBRAS.id]);
  expect(await shown(q('eat', '&sort=x&category=%22&year=-1&after=2025-99-99'))).toHaveLength(2);
});

test('a list has pages of twenty, and none behind its last', async () => {
  const server = await openServer();
  const many = Array.from({ length: 45 }, (_, n) =>
    record(`2509.${String(n).padStart(5, '0')}`, { title: `Okapis, part ${n}` }),
  );
  await save(server.app.database, ...many);
  await keepIndex(server);
  const page = async (p: string) => {
    const response = await server.get(`/papers?${q('okapis')}&p=${p}`);
    const html = await response.text();
    return [response.status, (html.match(/<article/g) ?? []).length];
  };
  expect(await page('0')).toEqual([200, 20]);
  expect(await page('2')).toEqual([200, 5]);
  for (const p of ['3', '199', '200', '99999999', '-1', 'x']) {
    expect([p, (await page(p))[0]]).toEqual([p, 404]);
  }
  const { get } = server;
  expect(await foundBy(get, q('okapis'))).toHaveLength(45);
  expect(await foundBy(get, q('okapis', '&limit=7&p=6'))).toHaveLength(3);
  expect(await foundBy(get, q('okapis', '&limit=120&p=1000'))).toEqual([]);
});

test('the API answers in the shape of Hugging Face’s search', async () => {
  const { get } = await openIndexedServer();
  const response = await get(`/api/papers/search?${q('gorillas eat')}&limit=1`);
  expect(response.headers.get('x-search-answered-by')).toBe('words and meaning');
  const found = (await response.json()) as Record<string, unknown>[];
  expect(found).toHaveLength(1);
  const [item] = found;
  expect(item).toMatchObject({
    paper: { id: GORILLAS.id, title: 'Gorillas in the n-th <mist>', upvotes: 5 },
    publishedAt: expect.stringMatching(/^2025-10-28T/),
    title: 'Gorillas in the n-th <mist>',
    summary: GORILLAS.abstract,
    thumbnail: expect.stringMatching(/^https:/),
    numComments: 0,
    upvoted: false,
    isAuthorParticipating: false,
    highlightedTitle: [
      { type: 'highlight', text: 'Gorillas' },
      { type: 'text', text: ' in the n-th <mist>' },
    ],
    highlightedSummary: [
      { type: 'text', text: 'What ' },
      { type: 'highlight', text: 'gorillas' },
      { type: 'text', text: ' ' },
      { type: 'highlight', text: 'eat' },
      { type: 'text', text: ' in the forest. It is a long list.' },
    ],
  });
  expect(item).not.toHaveProperty('submittedBy');
});

test('for a number or an address the API gives that paper first, and the page leads to it', async () => {
  const { get } = await openIndexedServer();
  const { id } = GORILLAS;
  for (const text of [id, `arXiv:${id}v2`, `https://arxiv.org/abs/${id}`]) {
    expect([text, (await foundBy(get, q(text)))[0]?.paper.id]).toEqual([text, id]);
    const response = await get(`/papers?${q(text)}`);
    expect([text, response.headers.get('location')]).toEqual([text, `/papers/${id}`]);
  }
});

test.each([
  'limit=0',
  'limit=121',
  'limit=x',
  'p=-1',
  'p=1001',
  'sort=best',
  'year=1',
  'category=nothing',
  'after=2025-02-30',
])('the API refuses %s and says what is wrong', async (wrong) => {
  const { get } = await openServer();
  const response = await get(`/api/papers/search?${q('eat')}&${wrong}`);
  expect(response.status).toBe(400);
  const name = wrong.split('=')[0] as string;
  expect(((await response.json()) as { error: string }).error).toContain(name);
});

const HOSTILE = [
  'x'.repeat(10_000),
  '"unbalanced',
  '(((]]]',
  '-- -',
  'AND OR NOT',
  'the of and',
  '🤗',
  'שלום עולם',
  '扩散模型',
  'a\u0000b',
  "'; drop table papers; --",
  'title:foo^2 AND (bar~1 OR *:*) [a TO b]',
  '$\\mathcal{O}(n^2)$',
  '<script>alert(1)</script>',
  '%',
  '../../etc/passwd',
  'author:',
];

test('whatever is asked, page, API and suggestions answer', async () => {
  const { get } = await openIndexedServer();
  for (const text of [...HOSTILE, ...randomTexts(7, 25)]) {
    const asked = encodeURIComponent(Buffer.from(text).toString());
    for (const path of ['/papers', '/api/papers/search']) {
      const response = await get(`${path}?q=${asked}`);
      expect([path, text, [200, 302]]).toEqual([
        path,
        text,
        expect.arrayContaining([response.status]),
      ]);
      expect(await response.text()).not.toContain('<script>alert');
    }
    const suggested = await get(`/api/suggest?q=${asked}`);
    expect([text, suggested.status]).toEqual([text, text.length > 2_000 ? 400 : 200]);
  }
  expect((await get('/papers?q=%E0%A4%A')).status, 'no UTF-8').toBeLessThan(500);
  expect((await get('/api/papers/search?q=%E0%A4%A')).status).toBeLessThan(500);
  expect((await get('/api/papers/search')).status).toBe(200);
});

test('without an index titles are found, the answer says so and is not kept', async () => {
  const server = await openServer();
  await save(server.app.database, GORILLAS, ZEBRAS);
  const page = await server.get(`/papers?${q('zebras on')}`);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('refresh')).toMatch(/^\d+$/);
  const html = await page.text();
  expect(html).toContain('The search index is being made.');
  expect(html).toContain(`<h3><a href="/papers/${ZEBRAS.id}"`);
  const api = await server.get(`/api/papers/search?${q('zebras on')}`);
  expect(api.headers.get('x-search-answered-by')).toBe('database');
  expect(api.headers.get('cache-control')).toBe('no-store');

  await keepIndex(server);
  const found = await (await server.get(`/papers?${q('eat zebras')}`)).text();
  expect(found).not.toContain('The search index is being made.');
});

test('similar papers come on a paper’s page and from the API, and never the paper itself', async () => {
  const { get } = await openIndexedServer();
  const response = await get(`/api/papers/${GORILLAS.id}/similar?limit=5`);
  const similar = (await response.json()) as { paper: { id: string } }[];
  expect(similar.map(({ paper }) => paper.id)).toEqual([ZEBRAS.id]);
  const html = await (await get(`/papers/${GORILLAS.id}`)).text();
  expect(html).toContain(`href="/papers/${ZEBRAS.id}"`);
  expect((await get('/api/papers/2510.99999/similar')).status).toBe(404);
  expect((await get(`/api/papers/${GORILLAS.id}/similar?limit=0`)).status).toBe(400);
});

test('suggestions are titles, authors and categories with their pages', async () => {
  const { get } = await openIndexedServer();
  const suggest = async (text: string) => (await get(`/api/suggest?${q(text)}`)).json();
  expect(await suggest('zebr')).toEqual([
    { kind: 'paper', text: ZEBRAS.title, path: `/papers/${ZEBRAS.id}` },
  ]);
  expect(await suggest('dian f')).toEqual([
    { kind: 'author', text: 'Dian Fossey', path: '/authors/dian-fossey' },
  ]);
  expect(await suggest('q-bio')).toEqual([
    { kind: 'category', text: 'q-bio.PE', path: '/categories/q-bio.PE' },
  ]);
  expect(await suggest('')).toEqual([]);
});

test('a page that was kept is made anew when the index has moved', async () => {
  const { app, get, keeper } = await openIndexedServer();
  const shown = async () => (await get(`/papers?${q('okapi leaves')}`)).text();
  const path = '/papers/2510.00007';
  expect(await shown()).not.toContain(path);
  await save(app.database, record('2510.00007', { title: 'Okapis eat leaves in the wood' }));
  // Made at the new change number, with the index of before.
  expect(await shown()).not.toContain(path);
  await keeper.follow();
  await expect.poll(shown, { timeout: 10_000 }).toContain(path);
});

test('a misspelt word is put right with a link that keeps the rest', async () => {
  const server = await openServer();
  const many = Array.from({ length: 6 }, (_, n) =>
    record(`2509.0000${n}`, { title: `Normalization, part ${n}`, categories: ['cs.LG'] }),
  );
  await save(server.app.database, ...many);
  await keepIndex(server);
  const html = await (
    await server.get(`/papers?${q('normalizaton cat:cs.LG', '&year=2025')}`)
  ).text();
  expect(html).toContain('Did you mean');
  expect(html).toContain('href="/papers?q=normalization+cat%3Acs.LG&amp;year=2025"');
});
