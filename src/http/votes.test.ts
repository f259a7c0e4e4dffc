import { createHash, randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer, URL_OF_TESTS } from '../../tests/test-server.ts';
import { createLog, openApp } from '../app.ts';
import { now, toInstant } from '../base/calendar.ts';
import type { Scope } from '../people/api-tokens.ts';
import { createServerApp } from './server-app.tsx';

const ID = '2510.00001';
const DAY = '/papers/date/2025-10-29';
const REFERER = { referer: `${URL_OF_TESTS}${DAY}` };

/** A day with two papers, the first with five votes at Hugging Face. */
async function openWithDay(settings: Record<string, string> = {}): Promise<TestServer> {
  const server = await openTestServer(settings, '2025-10-30');
  await list(server.app.database, '2025-10-29', [
    { record: record(ID), votes: 5 },
    { record: record('2510.00002'), votes: 3 },
  ]);
  return server;
}

function press(server: TestServer, as: Someone | undefined, on: '0' | '1', headers = {}) {
  const sent = { as, form: { on }, headers: { ...REFERER, ...headers } };
  return server.send('POST', `/papers/${ID}/vote`, sent);
}

function put(server: TestServer, as: Someone | undefined, id = ID) {
  return server.send('PUT', `/api/papers/${id}/vote`, { as });
}

async function text(server: TestServer, path: string, as?: Someone): Promise<string> {
  const response = await server.send('GET', path, { as });
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
}

async function json<T>(server: TestServer, path: string, as?: Someone): Promise<T> {
  return JSON.parse(await text(server, path, as)) as T;
}

async function votesOf({ app }: TestServer, id = ID) {
  const paper = await app.database.read
    .selectFrom('papers')
    .select(['votes', 'ranked_votes', 'key'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const rows = await app.database.read
    .selectFrom('votes')
    .select('weighs')
    .where('paper_key', '=', paper.key)
    .execute();
  const { votes, ranked_votes: ranked } = paper;
  const weighing = rows.filter((row) => row.weighs === 1).length;
  return { votes, ranked, rows: rows.length, weighing };
}

async function bearerOf({ app }: TestServer, someone: Someone, scopes: Scope[]) {
  const token = `bsh_${randomBytes(24).toString('hex')}`;
  const at = now();
  await app.database.transact((tx) =>
    tx
      .insertInto('api_tokens')
      .values({
        id: randomBytes(8).toString('hex'),
        config_id: 'default',
        name: 'a program',
        start: token.slice(0, 8),
        person_id: someone.person.id,
        prefix: 'bsh_',
        key: createHash('sha256').update(token).digest('base64url'),
        refill_interval: null,
        refill_amount: null,
        last_refill_at: null,
        enabled: 1,
        rate_limit_enabled: 0,
        rate_limit_time_window: null,
        rate_limit_max: null,
        request_count: 0,
        remaining: null,
        last_request: null,
        expires_at: null,
        created_at: at,
        updated_at: at,
        permissions: JSON.stringify({ broadsheet: scopes }),
        metadata: null,
      })
      .execute(),
  );
  return { authorization: `Bearer ${token}` };
}

const PRESSED = /<button[^>]*aria-pressed="true"/g;

test('without script a vote leads back to the page, with one’s own marks on it', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  expect(await text(server, DAY)).not.toMatch(PRESSED);
  const answer = await press(server, ada, '1');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${DAY}?mine#paper-${ID}`]);
  const mine = await server.send('GET', `${DAY}?mine`, { as: ada });
  expect(mine.headers.get('cache-control')).toBe('private, no-store');
  const html = await mine.text();
  expect(html.match(PRESSED)).toHaveLength(1);
  expect(html).toContain(`id="paper-${ID}"`);
  expect(html).toContain(ada.person.name);
  expect(html).not.toContain('Show my votes');

  await press(server, ada, '0');
  expect(await text(server, `${DAY}?mine`, ada)).not.toMatch(PRESSED);
  expect(await votesOf(server)).toEqual({ votes: 0, ranked: 0, rows: 0, weighing: 0 });
});

test('a vote moves the page that readers share, which holds nothing of the voter', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  const before = await text(server, DAY, ada);
  expect(before).toContain('<span data-count="true">5</span>');
  expect((await put(server, ada)).status).toBe(200);
  const shared = await server.send('GET', DAY, { as: ada });
  expect(shared.headers.get('cache-control')).toMatch(/^public/);
  const html = await shared.text();
  expect(html).toContain('<span data-count="true">6</span>');
  expect(html).not.toMatch(PRESSED);
  expect(html).not.toContain(ada.person.name);
  expect(html).toMatch(/<noscript> *<a href="\/papers\/date\/2025-10-29\?mine">Show my votes/);
  expect(await text(server, DAY)).toBe(html);
});

test('a page of one’s own is given to nobody else and kept nowhere', async () => {
  const server = await openWithDay();
  const [ada, alan] = [await join(server), await join(server)];
  await put(server, ada);
  for (const path of [`${DAY}?mine`, `/papers/${ID}?mine`, `/api/papers/${ID}`]) {
    const own = await server.send('GET', path, { as: ada });
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect(own.headers.get('etag')).toBeNull();
    const others = await text(server, path, alan);
    expect(others).not.toBe(await own.text());
    expect(others).not.toMatch(PRESSED);
    expect(others).not.toContain('"upvoted":true');
  }
});

test('pages of a list lead on to pages of one’s own', async () => {
  const server = await openTestServer({}, '2025-10-30');
  const papers = Array.from({ length: 51 }, (_, n) => ({
    record: record(`2510.${String(n).padStart(5, '0')}`),
    votes: n,
  }));
  await list(server.app.database, '2025-10-29', papers);
  const ada = await join(server);
  expect(await text(server, DAY)).toContain(`href="${DAY}?p=1"`);
  expect(await text(server, `${DAY}?mine`, ada)).toContain(`href="${DAY}?p=1&amp;mine"`);
  const second = await text(server, `${DAY}?p=1&mine`, ada);
  expect(second).toContain(`href="${DAY}?mine"`);
  expect(second).toContain(`<link rel="canonical" href="${URL_OF_TESTS}${DAY}?p=1"`);
  expect(await text(server, '/categories/cs.LG?mine', ada)).toMatch(
    /rel="next" href="\/categories\/cs\.LG\?after=[^"]*&amp;mine"/,
  );
});

test('a visitor who votes or asks for their marks is led to sign in and back', async () => {
  const server = await openWithDay();
  const location = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    expect([status, headers.get('cache-control')]).toEqual([303, 'private, no-store']);
    return headers.get('location');
  };
  const mine = encodeURIComponent(`${DAY}?mine`);
  expect(await location(press(server, undefined, '1'))).toBe(`/sign-in?next=${mine}`);
  expect(await location(server.send('GET', `${DAY}?mine`))).toBe(`/sign-in?next=${mine}`);
  expect((await put(server, undefined)).status).toBe(401);
  expect(await votesOf(server)).toMatchObject({ rows: 0 });
});

test.each([
  ['https://evil.example//evil.example/x', `/papers/${ID}?mine`],
  ['https://evil.example/papers/week?p=1', '/papers/week?p=1&mine'],
  ['javascript:alert(1)', `/papers/${ID}?mine`],
  ['no address', `/papers/${ID}?mine`],
  [`${URL_OF_TESTS}\\\\evil.example`, `/papers/${ID}?mine`],
  [`${URL_OF_TESTS}/papers?q=a&mine`, '/papers?q=a&mine'],
])('a form that says it came from %s leads to a page of this instance', async (referer, page) => {
  const server = await openWithDay();
  const answer = await press(server, await join(server), '1', { referer });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page}#paper-${ID}`]);
});

test.each([
  ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['of a neighbouring host', { 'sec-fetch-site': 'same-site', origin: 'https://x.example.org' }],
  ['of an old browser at another site', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
])('a form %s votes for nobody', async (_, headers) => {
  const server = await openWithDay();
  const ada = await join(server);
  expect((await press(server, ada, '1', headers)).status).toBe(403);
  const sent = { as: ada, headers };
  expect((await server.send('PUT', `/api/papers/${ID}/vote`, sent)).status).toBe(403);
  expect((await server.send('DELETE', `/api/papers/${ID}/vote`, sent)).status).toBe(403);
  expect(await votesOf(server)).toMatchObject({ rows: 0 });
});

test('a form that does not say whether to vote is refused', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  const answer = await server.send('POST', `/papers/${ID}/vote`, { as: ada, form: { on: '2' } });
  expect(answer.status).toBe(400);
  expect((await press(server, ada, '1')).status).toBe(303);
});

test('over the API one votes, and takes back, as often as one likes', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  for (let again = 0; again < 2; again++) {
    const answer = await put(server, ada);
    expect(await answer.json()).toEqual({ upvotes: 6, upvotesHere: 1, upvoted: true });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  }
  for (let again = 0; again < 2; again++) {
    const answer = await server.send('DELETE', `/api/papers/${ID}/vote`, { as: ada });
    expect(await answer.json()).toEqual({ upvotes: 5, upvotesHere: 0, upvoted: false });
  }
  expect((await put(server, ada, '2510.99999')).status).toBe(404);
  expect((await put(server, ada, 'nonsense')).status).toBe(400);
});

test('a token votes only with the scope for it, from any program', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  const vote = async (scopes: Scope[]) => {
    const headers = await bearerOf(server, ada, scopes);
    const request = new Request(`${URL_OF_TESTS}/api/papers/${ID}/vote`, {
      method: 'PUT',
      headers,
    });
    return server.server.fetch(request);
  };
  expect((await vote(['read'])).status).toBe(403);
  expect((await vote(['read', 'vote'])).status).toBe(200);
  expect(await votesOf(server)).toMatchObject({ rows: 1 });
});

test('papers whose identity holds a slash or more are voted for like others', async () => {
  const server = await openTestServer();
  const ids = ['hep-th/9901001', 'doi:10.1000/a,b(c)%d', 'doi:10.1000/x/y'];
  await save(server.app.database, ...ids.map((id) => record(id, { title: `The title of ${id}` })));
  const ada = await join(server);
  for (const id of ids) {
    const html = await text(server, `/papers/${encodeURIComponent(id)}`);
    const action = /action="([^"]*\/vote)"/.exec(html)?.[1] as string;
    const answer = await server.send('POST', action, { as: ada, form: { on: '1' } });
    expect([id, answer.status]).toEqual([id, 303]);
    const fragment = answer.headers.get('location')?.split('#')[1] as string;
    expect(decodeURIComponent(fragment)).toBe(`paper-${id}`);
    expect(await votesOf(server, id)).toMatchObject({ votes: 1, rows: 1 });
    expect((await server.send('PUT', `/api${action}`, { as: ada })).status).toBe(200);
  }
  const papers = ids.map((id) => id.replace(/[%,]/g, encodeURIComponent)).join(',');
  const marks = await json<{ voted: string[] }>(
    server,
    `/api/me/marks?papers=${encodeURIComponent(papers)}`,
    ada,
  );
  expect(marks.voted.sort()).toEqual([...ids].sort());
});

test('reads tell callers with credentials what they voted for, and nobody else anything', async () => {
  const server = await openWithDay();
  const anonymous = ['/api/daily_papers?date=2025-10-29', '/api/papers', `/api/papers/${ID}`];
  const searches = [`/api/papers/search?q=${ID}`];
  const before = await Promise.all([...anonymous, ...searches].map((path) => text(server, path)));
  for (const [n] of anonymous.entries()) expect(before[n]).not.toContain('upvoted');
  const ada = await join(server);
  await put(server, ada);

  type Daily = { upvoted: boolean; paper: { id: string } }[];
  const daily = await json<Daily>(server, anonymous[0] as string, ada);
  expect(daily.map(({ paper, upvoted }) => [paper.id, upvoted])).toEqual([
    [ID, true],
    ['2510.00002', false],
  ]);
  const papers = await json<{ id: string; isUpvotedByUser: boolean }[]>(server, '/api/papers', ada);
  expect(papers.map(({ id, isUpvotedByUser }) => [id, isUpvotedByUser]).sort()).toEqual([
    [ID, true],
    ['2510.00002', false],
  ]);
  expect(await json(server, `/api/papers/${ID}`, ada)).toMatchObject({ upvoted: true });
  expect(await json(server, searches[0] as string, ada)).toMatchObject([{ upvoted: true }]);

  await server.send('DELETE', `/api/papers/${ID}/vote`, { as: ada });
  const after = await Promise.all([...anonymous, ...searches].map((path) => text(server, path)));
  expect(after).toEqual(before);
});

test('marks name who asks and what is theirs, and a visitor as nobody', async () => {
  const server = await openWithDay();
  const ada = await join(server, { role: 'moderator' });
  await put(server, ada);
  const path = `/api/me/marks?papers=${ID},2510.00002,2510.99999`;
  const marks = await server.send('GET', path, { as: ada });
  expect(marks.headers.get('cache-control')).toBe('private, no-store');
  const { name, handle, role } = ada.person;
  expect(await marks.json()).toEqual({
    person: { name, handle, role, may: expect.arrayContaining(['vote', 'comment', 'moderate']) },
    voted: [ID],
    votes: { [ID]: 1, '2510.00002': 0 },
  });
  const visitor = await server.send('GET', path);
  expect(visitor.headers.get('cache-control')).toBe('private, no-store');
  expect(await visitor.json()).toEqual({ person: null, voted: [], votes: {} });
  const stale = await server.send('GET', path, { headers: { cookie: '__Host-session=x.y' } });
  expect(await stale.json()).toMatchObject({ person: null });
  expect((await server.send('GET', path, { as: ada })).status).toBe(200);
});

test('marks are asked for at most two hundred papers, in sane words', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  const ids = Array.from({ length: 201 }, (_, n) => `2510.${String(n).padStart(5, '0')}`);
  const ask = (papers: string) =>
    server.send('GET', `/api/me/marks?papers=${encodeURIComponent(papers)}`, { as: ada });
  expect((await ask(ids.join(','))).status).toBe(400);
  expect((await ask(ids.slice(1).join(','))).status).toBe(200);
  expect((await ask('%zz')).status).toBe(400);
  expect((await ask('%00')).status).toBe(200);
});

test('where only members read, visitors learn no count from the marks', async () => {
  const server = await openWithDay({ BROADSHEET_READING: 'members' });
  const answer = await server.send('GET', `/api/me/marks?papers=${ID}`);
  expect(await answer.json()).toEqual({ person: null, voted: [], votes: {} });
});

test('a paper’s page names who voted publicly, and counts the others', async () => {
  const server = await openWithDay({ BROADSHEET_HF_MARKUP: 'true' });
  expect(await text(server, `/papers/${ID}`)).not.toContain('Upvoted by');
  const people = [];
  for (let n = 0; n < 14; n++) people.push(await join(server, { handle: `voter-${n}x` }));
  const secretive = people[0] as Someone;
  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ has_public_votes: 0 })
      .where('id', '=', secretive.person.id)
      .execute(),
  );
  for (const person of people) await put(server, person);
  const paths = [`/papers/${ID}`, `/papers/${ID}.md`, DAY, `/api/papers/${ID}`, '/api/papers'];
  for (const path of paths) {
    const shown = await text(server, path);
    expect([path, shown.includes(secretive.person.handle)]).toEqual([path, false]);
    expect([path, shown.includes(secretive.person.id)]).toEqual([path, false]);
  }
  const html = await text(server, `/papers/${ID}`);
  expect(html.match(/<a href="\/people\/voter-\d+x" data-initials="TV">/g)).toHaveLength(12);
  expect(html).toContain('and 2 more, 1 of them privately.');
  const props = /data-target="PaperContent" data-props="([^"]*)"/.exec(html)?.[1] as string;
  const { upvoters } = JSON.parse(props.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  expect(upvoters).toHaveLength(12);
  expect(upvoters[0]).toMatchObject({ type: 'user', user: expect.stringMatching(/^voter-/) });
});

test('a new account’s vote is shown and weighs nothing', async () => {
  const server = await openWithDay();
  const fresh = await join(server, { joinedAt: now() });
  expect(await (await put(server, fresh)).json()).toMatchObject({ upvotes: 6 });
  expect(await votesOf(server)).toEqual({ votes: 1, ranked: 0, rows: 1, weighing: 0 });
});

test('whoever is banned keeps the votes and casts no more', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  await put(server, ada);
  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ barred_until: toInstant(Date.now() + 86_400_000) as string, barred_by: 'ban' })
      .where('id', '=', ada.person.id)
      .execute(),
  );
  expect((await put(server, ada, '2510.00002')).status).toBe(403);
  expect((await press(server, ada, '0')).status).toBe(403);
  expect(await votesOf(server)).toMatchObject({ votes: 1 });
});

test('who votes too often is told when to try again', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  const key = `vote ${ada.person.id}`;
  await server.app.database.transact((tx) =>
    tx
      .insertInto('rate_limits')
      .values({ key, points: 120, expires_at: Date.now() + 50_000 })
      .execute(),
  );
  const answer = await put(server, ada);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await votesOf(server)).toMatchObject({ rows: 0 });
});

const CROWD = 200;

/** Everybody votes and takes it back at once, and every other one votes again, through servers in turn. */
async function storm(servers: TestServer[]): Promise<void> {
  const [first] = servers as [TestServer];
  const crowd: Someone[] = [];
  for (let n = 0; n < CROWD; n++) crowd.push(await join(first));
  const answers = await Promise.all(
    crowd.map(async (as, n) => {
      const steps = n % 2 === 0 ? ['PUT', 'DELETE', 'PUT'] : ['PUT', 'DELETE'];
      const statuses = [];
      for (const [step, method] of steps.entries()) {
        const server = servers[(n + step) % servers.length] as TestServer;
        statuses.push((await server.send(method, `/api/papers/${ID}/vote`, { as })).status);
      }
      return statuses;
    }),
  );
  expect(answers.flat().filter((status) => status !== 200)).toEqual([]);
  const half = CROWD / 2;
  expect(await votesOf(first)).toEqual({ votes: half, ranked: half, rows: half, weighing: half });
  for (const server of servers) {
    const paper = await json<{ upvotes: number }>(server, `/api/papers/${ID}`);
    expect(paper.upvotes).toBe(5 + half);
  }
}

test('two hundred people who vote and take back at once leave the exact count', {
  timeout: 120_000,
}, async () => {
  await storm([await openWithDay()]);
});

test('so they do through three servers over one database', { timeout: 120_000 }, async () => {
  const first = await openWithDay();
  const others = [];
  for (let n = 0; n < 2; n++) {
    const app = await openApp(first.app.config, { log: createLog({ logLevel: 'error' }) });
    onTestFinished(() => app.close());
    const server = createServerApp(app, () => URL_OF_TESTS);
    others.push(sharing(first, { app, server }));
  }
  await storm([first, ...others]);
});

/** Another server process over the database of `first`, as far as a test in one process can have it. */
function sharing(first: TestServer, own: Pick<TestServer, 'app' | 'server'>): TestServer {
  return {
    ...first,
    ...own,
    send: (method, path, { as, headers = {} } = {}) => {
      const cookie = as ? { cookie: as.cookie } : {};
      const sent = { 'sec-fetch-site': 'same-origin', ...cookie, ...headers };
      const request = new Request(`${URL_OF_TESTS}${path}`, { method, headers: sent });
      return Promise.resolve(own.server.fetch(request));
    },
  };
}

test('somebody whose account goes while they vote votes for nobody', async () => {
  const server = await openWithDay();
  const ada = await join(server);
  await server.app.database.transact((tx) =>
    tx.deleteFrom('people').where('id', '=', ada.person.id).execute(),
  );
  expect((await put(server, ada)).status).toBe(401);
  expect(await votesOf(server)).toMatchObject({ rows: 0 });
});
