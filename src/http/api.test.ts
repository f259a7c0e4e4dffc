import { describe, expect, test } from 'vitest';
import { list, record, recordedDays, save } from '../../tests/fixtures.ts';
import { loadOctober, openTestServer, type TestServer } from '../../tests/test-server.ts';
import { parsePaperDetail } from '../sources/daily-list.ts';

type Item = {
  paper: Record<string, unknown> & {
    id: string;
    upvotes: number;
    authors: Record<string, unknown>[];
  };
  publishedAt: string;
  numComments: number;
  submittedBy: Record<string, unknown>;
  [name: string]: unknown;
};

async function getJson<T = Item[]>({ get }: TestServer, path: string): Promise<T> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('with the recorded lists of October 2025', () => {
  test('each day has the ids, order, votes and comments of the recording', async () => {
    const server = await openTestServer();
    await loadOctober(server.app);
    for (const day of recordedDays()) {
      const items = await getJson(server, `/api/daily_papers?date=${day.date}`);
      const what = ({
        paper,
        numComments,
      }: {
        paper: { id: string; upvotes: number };
        numComments: number;
      }) => `${paper.id} ${paper.upvotes} ${numComments}`;
      expect(items.map(what)).toEqual(day.response.map(what));
    }
  });

  test('items carry what clients read without asking whether it is there', async () => {
    const server = await openTestServer();
    await loadOctober(server.app);
    const items = await getJson(server, '/api/daily_papers?date=2025-10-29&limit=10');
    expect(items).toHaveLength(10);
    for (const item of items) {
      expect(item).toMatchObject({
        title: expect.any(String),
        summary: expect.any(String),
        publishedAt: expect.stringMatching(INSTANT),
        thumbnail: expect.stringMatching(/^https:\/\/papers\.example\.org\/assets\//),
        numComments: expect.any(Number),
        upvotes: item.paper.upvotes,
        isAuthorParticipating: expect.any(Boolean),
        paper: {
          title: item.title,
          summary: item.summary,
          publishedAt: expect.stringMatching(INSTANT),
          submittedOnDailyAt: expect.stringMatching(/^2025-10-29T.*Z$/),
          discussionId: expect.stringMatching(/^[0-9a-f]{24}$/),
        },
        submittedBy: {
          _id: expect.stringMatching(/^[0-9a-f]{24}$/),
          avatarUrl: expect.any(String),
          fullname: expect.any(String),
          name: expect.any(String),
          user: expect.any(String),
          type: 'user',
          isPro: false,
        },
      });
      for (const author of item.paper.authors) {
        expect(author).toMatchObject({
          _id: expect.any(String),
          name: expect.any(String),
          hidden: expect.any(Boolean),
        });
      }
    }
  });

  test('weeks and months hold the lists of their days', async () => {
    const server = await openTestServer();
    await loadOctober(server.app);
    const lists = new Map(recordedDays().map((day) => [day.date as string, day.response]));
    const week = await getJson(server, '/api/daily_papers?week=2025-W44&limit=100');
    const days = ['2025-10-27', '2025-10-28', '2025-10-29', '2025-10-30', '2025-10-31'];
    const expected = days.flatMap((day) => lists.get(day)?.map((item) => item.paper.id) ?? []);
    const rest = await getJson(server, '/api/daily_papers?week=2025-W44&limit=100&p=1');
    expect([...week, ...rest].map((item) => item.paper.id).sort()).toEqual(expected.sort());
    const byVotes = await getJson(
      server,
      '/api/daily_papers?week=2025-W44&limit=100&sort=trending',
    );
    const votes = byVotes.map((item) => item.paper.upvotes);
    expect(votes).toEqual([...votes].sort((a, b) => b - a));
    // The official client's own tests look at the first and last item of a page.
    const page = await getJson(server, '/api/daily_papers?week=2025-W44');
    for (const item of [page[0], page.at(-1)]) {
      expect((item?.publishedAt.slice(0, 10) as string) >= '2025-10-24').toBe(true);
      expect((item?.publishedAt as string) <= '2025-11-02T00:00:00.000Z').toBe(true);
    }
    const month = await getJson(server, '/api/daily_papers?month=2025-10');
    for (const item of [month[0], month.at(-1)]) {
      expect((item?.publishedAt.slice(0, 10) as string) >= '2025-09-30').toBe(true);
      expect((item?.publishedAt as string) <= '2025-10-31T00:00:00.000Z').toBe(true);
    }
  });

  test('pages end, and say so while they do not', async () => {
    const server = await openTestServer();
    await loadOctober(server.app);
    const first = await server.get('/api/daily_papers?date=2025-10-29&limit=10&sort=publishedAt');
    expect(first.headers.get('link')).toBe(
      '</api/daily_papers?date=2025-10-29&limit=10&sort=publishedAt&p=1>; rel="next"',
    );
    const last = await server.get('/api/daily_papers?date=2025-10-29&limit=10&p=2');
    expect(await last.json()).toHaveLength(4);
    expect(last.headers.has('link')).toBe(false);
    expect(await getJson(server, '/api/daily_papers?date=2025-10-29&p=100')).toEqual([]);
  });

  test('all papers come page by page, each once', async () => {
    const server = await openTestServer();
    await loadOctober(server.app);
    const seen = new Set<string>();
    let path: string | undefined = '/api/papers?limit=100';
    let pages = 0;
    while (path && pages < 5) {
      const response: Response = await server.get(path);
      for (const { id } of (await response.json()) as { id: string }[]) seen.add(id);
      path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      pages++;
    }
    expect(seen.size).toBe(500);
  });
});

test('a submitter’s papers, the newest lists and trending', async () => {
  const server = await openTestServer();
  await list(server.app.database, '2025-10-28', [
    { record: record('2510.00001'), votes: 50, submitter: 'akhaliq' },
  ]);
  await list(server.app.database, '2025-10-29', [{ record: record('2510.00002'), votes: 1 }]);
  const ids = async (query: string) =>
    (await getJson(server, `/api/daily_papers${query}`)).map((item) => item.paper.id);
  expect(await ids('')).toEqual(['2510.00002', '2510.00001']);
  expect(await ids('?submitter=akhaliq')).toEqual(['2510.00001']);
  expect(await ids('?submitter=nobody')).toEqual([]);
  expect(await ids('?sort=trending')).toEqual(['2510.00001', '2510.00002']);
});

test('one paper, by any way of writing its id', async () => {
  const server = await openTestServer();
  await save(server.app.database, record('2407.21783', { title: 'The Llama 3 Herd of Models' }));
  await save(server.app.database, record('hep-th/9901001', { title: 'An old one' }));
  for (const id of ['2407.21783', '2407.21783v2', 'arXiv:2407.21783']) {
    const paper = await getJson<{ id: string; title: string }>(server, `/api/papers/${id}`);
    expect(paper).toMatchObject({
      id: '2407.21783',
      title: 'The Llama 3 Herd of Models',
      linkedModels: [],
    });
  }
  expect(await getJson<object>(server, '/api/papers/hep-th/9901001')).toMatchObject({
    id: 'hep-th/9901001',
  });
  expect(await getJson<object>(server, '/api/arxiv/hep-th/9901001/repos')).toEqual({
    models: [],
    datasets: [],
    spaces: [],
  });
});

test('linked repositories and the fields that one asks for', async () => {
  const server = await openTestServer();
  const detail = {
    id: '2510.00001',
    title: 'T',
    summary: 'S',
    authors: [{ name: 'Ada Lovelace' }],
    publishedAt: '2025-10-28T10:00:00.000Z',
    upvotes: 4,
    linkedModels: Array.from({ length: 6 }, (_, n) => ({ id: `a/m${n}` })),
    numTotalModels: 20,
    linkedDatasets: [{ id: 'a/d' }],
    numTotalDatasets: 1,
    linkedSpaces: [{ id: 'a/s' }],
    numTotalSpaces: 1,
  };
  await save(server.app.database, parsePaperDetail(detail, 'huggingface').record);
  const plain = await getJson<Record<string, unknown>>(server, '/api/papers/2510.00001');
  expect(plain).toMatchObject({
    upvotes: 4,
    numTotalModels: 20,
    numTotalDatasets: 1,
    numTotalSpaces: 1,
  });
  expect(plain.linkedModels).toHaveLength(4);
  expect(plain).not.toHaveProperty('comments');
  const asked = await getJson<object>(
    server,
    '/api/papers/2510.00001?field=comments&field=submissionDeadline',
  );
  expect(asked).toMatchObject({ comments: [], submissionDeadline: '2025-11-11T10:00:00.000Z' });
  const repos = await getJson<{ models: unknown[] }>(server, '/api/arxiv/2510.00001/repos');
  expect(repos.models).toHaveLength(6);
});

test.each([
  ['/api/daily_papers?date=2025-13-40', 400, 'date must be a calendar day, YYYY-MM-DD'],
  ['/api/daily_papers?date=2999-01-01', 400, 'date is in the future'],
  ['/api/daily_papers?week=2025-W54', 400, 'week must be an ISO week'],
  ['/api/daily_papers?month=2025-13', 400, 'month must be a month'],
  ['/api/daily_papers?limit=0', 400, 'limit must be a whole number from 1 to 100'],
  ['/api/daily_papers?limit=101', 400, 'limit must be a whole number from 1 to 100'],
  ['/api/daily_papers?p=-1', 400, 'p must be a whole number'],
  ['/api/daily_papers?p=99999', 400, 'p must be a whole number'],
  ['/api/daily_papers?sort=x', 400, 'sort '],
  ['/api/daily_papers?date=2025-10-29&week=2025-W44', 400, 'Give one of'],
  ['/api/papers?cursor=x', 400, 'cursor is not one'],
  ['/api/papers/1234.56789', 404, 'Paper not found'],
  ['/api/papers/nonsense', 400, "is not a paper's identifier"],
  ['/api/papers/2510.00001?field=x', 400, 'field '],
  ['/api/nothing', 404, 'There is no such page here.'],
])('%s is answered with %i and what is wrong', async (path, status, message) => {
  const { get } = await openTestServer();
  const response = await get(path);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(((await response.json()) as { error: string }).error).toContain(message);
});

test('a weekend is an empty list', async () => {
  expect(await getJson(await openTestServer(), '/api/daily_papers?date=2025-10-26')).toEqual([]);
});

test('every route that answers programs is in the description, and nothing else is', async () => {
  const { server, get } = await openTestServer();
  const described = Object.entries(server.openApi().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // What is under /api/auth is for browsers and for services that one signs in with.
  const isForPrograms = (path: string) =>
    /^\/(api\/(?!auth\/)|healthz$|readyz$|metrics$)/.test(path);
  const routed = server.routes
    .filter(({ method, path }) => method !== 'ALL' && isForPrograms(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{.*?\})?/g, '{$1}')}`);
  expect(new Set(described)).toEqual(new Set(routed));
  expect(described).toContain('GET /api/daily_papers');
  const document = (await (await get('/api/openapi.json')).json()) as { openapi: string };
  expect(document.openapi).toBe('3.1.0');
});
