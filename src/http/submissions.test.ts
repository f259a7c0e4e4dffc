import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import type { Scope } from '../people/api-tokens.ts';
import { createAuthDesk } from '../people/auth-desk.ts';
import { createToken } from '../people/create-token.ts';
import type { Person } from '../people/person.ts';

const WEDNESDAY = '2025-10-29';
const PAPER = '2510.20001';

async function openDay(settings: Record<string, string> = {}, day = WEDNESDAY) {
  const server = await openTestServer(settings, day);
  await save(server.app.database, record(PAPER));
  return server;
}

function submit(server: TestServer, as: Someone, form: Record<string, string> = {}) {
  return server.send('POST', '/papers/submit', { as, form: { reference: PAPER, ...form } });
}

async function entries({ app }: TestServer) {
  return app.database.read
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .select(['day', 'papers.id', 'person_id', 'submitter', 'day_entries.origin'])
    .orderBy('papers.id')
    .execute();
}

async function comments({ app }: TestServer) {
  return app.database.read.selectFrom('comments').selectAll().execute();
}

/** The first problem that the page shows. */
async function problemOf(response: Response): Promise<string> {
  const html = await response.text();
  return /role="alert">([^<]*)</.exec(html)?.[1]?.trim() ?? '';
}

test('a paper that is here goes on today’s list with its links, media and first comment', async () => {
  const server = await openDay();
  const ada = await join(server, { handle: 'ada' });
  const answer = await submit(server, ada, {
    reference: `https://arxiv.org/pdf/${PAPER}v2`,
    comment: 'Read this for *the proof*.',
    projectPage: 'https://example.org/project',
    githubRepo: 'https://github.com/ada/engine',
    media: 'https://example.org/a.png\nhttps://example.org/b.mp4',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/papers/${PAPER}?mine`]);
  expect(await entries(server)).toEqual([
    { day: WEDNESDAY, id: PAPER, person_id: ada.person.id, submitter: 'ada', origin: 'here' },
  ]);
  expect(await comments(server)).toMatchObject([
    { author_id: ada.person.id, raw: 'Read this for *the proof*.', parent_id: null },
  ]);
  const page = await (await server.get(`/papers/date/${WEDNESDAY}`)).text();
  expect(page).toContain('Submitted by <a href="/people/ada">The person ada</a>');
  expect(page).toContain('1 comment');
  const detail = await (await server.get(`/papers/${PAPER}`)).text();
  expect(detail).toContain('href="https://example.org/b.mp4"');
  for (const query of [`date=${WEDNESDAY}`, 'submitter=ada']) {
    const items = await (await server.get(`/api/daily_papers?${query}`)).json();
    expect(items).toMatchObject([
      {
        submittedBy: { user: 'ada', name: 'ada', fullname: 'The person ada', type: 'user' },
        mediaUrls: ['https://example.org/a.png', 'https://example.org/b.mp4'],
        projectPage: 'https://example.org/project',
        githubRepo: 'https://github.com/ada/engine',
        numComments: 1,
        paper: { submittedOnDailyBy: { user: 'ada' }, githubRepoAddedBy: 'user' },
      },
    ]);
    expect(JSON.stringify(items)).toMatch(/"avatarUrl":"\/assets\/icon-[^"]*\.svg"/);
    expect(JSON.stringify(items)).not.toContain('ada@example.org');
  }
  expect(await (await server.get('/api/daily_papers?submitter=grace')).json()).toEqual([]);
  // A source that comes again takes none of it away.
  await save(server.app.database, record(PAPER, { title: 'Another title', version: 2 }));
  const after = await (await server.get(`/api/papers/${PAPER}`)).json();
  expect(after).toMatchObject({
    title: 'Another title',
    projectPage: 'https://example.org/project',
    githubRepo: 'https://github.com/ada/engine',
  });
});

test('of twenty people who submit one paper at once one does, and the others are told where it is', async () => {
  const server = await openDay();
  const people = await Promise.all(Array.from({ length: 20 }, () => join(server)));
  const answers = await Promise.all(
    people.map((as, n) => submit(server, as, { comment: `Mine is number ${n}.` })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(409)]);
  const late = answers.find(({ status }) => status === 409) as Response;
  expect(await problemOf(late.clone())).toBe(`The paper is already on the list of ${WEDNESDAY}.`);
  expect(await late.text()).toMatch(/Mine is number \d+\./);
  expect(await entries(server)).toHaveLength(1);
  expect(await comments(server)).toHaveLength(1);
  const { count } = await server.app.database.read
    .selectFrom('submissions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(1);
});

test('members have a cap a day, however many they send at once; editors have none', async () => {
  const server = await openDay({ BROADSHEET_SUBMIT_PER_DAY: '2' });
  const ids = ['2510.20002', '2510.20003', '2510.20004'];
  await save(server.app.database, ...ids.map((id) => record(id)));
  const member = await join(server);
  const answers = await Promise.all(
    [PAPER, ...ids].map((reference) => submit(server, member, { reference })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 409, 409]);
  expect(await problemOf(answers.find(({ status }) => status === 409) as Response)).toBe(
    'You have submitted 2 of 2 papers today: submit this one tomorrow.',
  );
  const editor = await join(server, { role: 'editor' });
  const listed = new Set((await entries(server)).map(({ id }) => id));
  for (const reference of [PAPER, ...ids].filter((id) => !listed.has(id))) {
    expect((await submit(server, editor, { reference })).status).toBe(303);
  }
  expect(await entries(server)).toHaveLength(4);
});

test('weekends and old papers are for editors, where the settings say no more', async () => {
  const server = await openDay({}, '2025-11-01');
  const member = await join(server);
  expect(await problemOf(await submit(server, member))).toMatch(/from Monday to Friday/);
  expect((await submit(server, await join(server, { role: 'editor' }))).status).toBe(303);
  const open = await openDay({ BROADSHEET_SUBMIT_WEEKENDS: 'true' }, '2025-11-15');
  const late = await submit(open, await join(open));
  expect(late.status).toBe(409);
  expect(await problemOf(late)).toMatch(/is of 2025-10-28: .* within 14 days/);
  const any = await openDay(
    { BROADSHEET_SUBMIT_WEEKENDS: 'true', BROADSHEET_SUBMIT_WITHIN_DAYS: '0' },
    '2025-11-15',
  );
  expect((await submit(any, await join(any))).status).toBe(303);
});

test('what was typed stays in the form, and nothing is done, when anything of it is refused', async () => {
  const server = await openDay();
  const ada = await join(server);
  const typed = { comment: 'My long thoughts.', media: 'https://example.org/a.png' };
  const wrong: [Record<string, string>, RegExp][] = [
    [{ reference: 'not a paper' }, /names no paper/],
    [{ reference: '2510.99' }, /names no paper/],
    [{ reference: '2612.00001' }, /no number 2612\.00001/],
    [{ reference: 'https://arxiv.org/list/cs.LG/new' }, /names no paper of arXiv/],
    [{ projectPage: 'javascript:alert(1)' }, /project page must be an address/],
    [{ githubRepo: 'https://example.org/not-code' }, /address of one/],
    [{ media: 'data:image/png;base64,AAAA' }, /media address must be/],
    [
      {
        media:
          'https://a.example/1 https://a.example/2 https://a.example/3 https://a.example/4 https://a.example/5',
      },
      /At most 4/,
    ],
    [{ comment: 'x'.repeat(70_000) }, /too long/],
  ];
  for (const [form, problem] of wrong) {
    const answer = await submit(server, ada, { ...typed, ...form });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toMatch(problem);
    if (!form.comment) expect(html).toContain('My long thoughts.');
  }
  expect(await entries(server)).toEqual([]);
  expect(await comments(server)).toEqual([]);
  expect((await submit(server, ada, typed)).status).toBe(303);
});

test('offline, a paper that is not here is refused at once', async () => {
  const server = await openDay({ BROADSHEET_OFFLINE: '1' });
  const answer = await submit(server, await join(server), { reference: '2510.20009' });
  expect(answer.status).toBe(503);
  expect(await problemOf(answer)).toMatch(/fetches nothing/);
});

test('the form tells of the paper that a link to it names, and lists one’s own submissions', async () => {
  const server = await openDay();
  const ada = await join(server);
  const look = async (url: string) =>
    (await server.send('GET', `/papers/submit?url=${encodeURIComponent(url)}`, { as: ada })).text();
  expect(await look(`https://arxiv.org/abs/${PAPER}`)).toContain(`The title of ${PAPER}`);
  expect(await look('https://arxiv.org/abs/2510.20009')).toContain('is not here yet');
  expect(await look('https://arxiv.org/list')).toContain('names no paper of arXiv');
  await submit(server, ada);
  expect(await look(PAPER)).toContain(`already on the list of ${WEDNESDAY}`);
  expect(await look(PAPER)).toContain('Your submissions');
  const visitor = await server.get(`/papers/submit?url=${PAPER}`);
  expect([visitor.status, visitor.headers.get('location')]).toEqual([
    303,
    `/sign-in?next=${encodeURIComponent(`/papers/submit?url=${PAPER}`)}`,
  ]);
});

test('programs submit, set links and ask for papers as at Hugging Face', async () => {
  const server = await openDay();
  const { person } = await join(server, { handle: 'ada' });
  const call = async (token: string | undefined, path: string, json: unknown) =>
    server.send('POST', `/api/papers/${path}`, {
      json,
      ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    });
  const auth = await createAuthDesk(
    server.app,
    () => server.url,
    () => {},
  ).open();
  const tokenOf = (person: Person, scopes: Scope[]) =>
    createToken(auth, server.app.database, { person, name: 'test', scopes, days: 1 });
  const token = await tokenOf(person, ['submit', 'comment']);
  expect((await call(undefined, 'submit', { paperId: PAPER })).status).toBe(401);
  const mute = await tokenOf(person, ['submit']);
  const silent = await call(mute, 'submit', { paperId: PAPER, comment: 'Hello.' });
  expect(silent.status).toBe(403);
  const listed = await call(token, 'submit', { paperId: PAPER, comment: 'Hello.', mediaUrls: [] });
  expect([listed.status, listed.headers.get('location')]).toEqual([303, `/papers/${PAPER}`]);
  const again = await call(token, 'submit', { paperId: PAPER });
  expect(again.status).toBe(409);
  expect(await again.json()).toEqual({ error: expect.stringContaining('already on the list') });
  const waiting = await call(token, 'submit', { paperId: '2510.20009' });
  expect(waiting.status).toBe(202);
  expect(await waiting.json()).toMatchObject({ state: 'waiting', url: /\/papers\/submit\// });
  expect((await call(token, 'submit', { paperId: PAPER, organizationId: 'abc' })).status).toBe(400);

  expect((await call(token, 'index', { arxivId: PAPER })).status).toBe(200);
  expect((await call(token, 'index', { arxivId: '2510.20010' })).status).toBe(200);
  expect((await call(token, 'index', { arxivId: 'nonsense' })).status).toBe(400);
  const lookups = await server.app.database.read
    .selectFrom('lookups')
    .select('id')
    .orderBy('id')
    .execute();
  expect(lookups.map(({ id }) => id)).toEqual(['2510.20009', '2510.20010']);

  const links = { projectPage: 'https://example.org/p', githubRepo: 'https://github.com/a/b' };
  const stranger = await tokenOf((await join(server)).person, ['submit']);
  const refused = await call(stranger, `${PAPER}/links`, links);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({ error: 'You are not allowed to update this paper.' });
  expect((await call(token, `${PAPER}/links`, links)).status).toBe(200);
  const detail = async () => (await server.get(`/api/papers/${PAPER}`)).json();
  expect(await detail()).toMatchObject(links);
  expect((await call(token, `${PAPER}/links`, { githubRepo: null })).status).toBe(200);
  expect(await detail()).toMatchObject({ projectPage: links.projectPage });
  expect(await detail()).not.toHaveProperty('githubRepo');
  expect((await call(token, '2510.29999/links', links)).status).toBe(404);
});

test('identities with slashes reach their links and entries', async () => {
  const server = await openDay({ BROADSHEET_SUBMIT_WITHIN_DAYS: '0' });
  await save(server.app.database, record('hep-th/9901001'));
  const editor = await join(server, { role: 'editor' });
  expect((await submit(server, editor, { reference: 'hep-th/9901001' })).status).toBe(303);
  for (const path of ['links', `entry/${WEDNESDAY}`]) {
    const page = await server.send('GET', `/papers/hep-th/9901001/${path}`, { as: editor });
    expect([path, page.status]).toEqual([path, 200]);
  }
});
