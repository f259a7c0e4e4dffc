// Papers that must be fetched before they stand on the list.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { sourceHandlers } from '../src/jobs/source-handlers.ts';
import { submissionHandlers } from '../src/jobs/submission-handlers.ts';
import { startWorker } from '../src/queue/worker.ts';
import { FETCH_SUBMITTED, TAKE_SUBMISSIONS } from '../src/submissions/submission-jobs.ts';
import { record, save } from './fixtures.ts';
import { startPaperPages } from './paper-pages.ts';
import { join, type Someone } from './people.ts';
import { killSometime, start } from './program.ts';
import { type ReplayPaper, startReplayArxiv } from './replay-arxiv.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const WEDNESDAY = '2025-10-29';
const AT_ARXIV: ReplayPaper = {
  id: '2510.20001',
  title: 'Known to arXiv',
  authors: ['Ada Lovelace'],
  categories: ['cs.LG'],
  submittedAt: '2025-10-27T15:00:00Z',
  day: '2025-10-28',
};

/** A server, and the jobs that are due behind it. */
async function openInstance(settings: Record<string, string> = {}) {
  const arxiv = await startReplayArxiv([AT_ARXIV]);
  arxiv.clock = '2025-10-29T10:00:00Z';
  const pages = await startPaperPages();
  const all = { ...arxiv.settings, ...pages.settings, ...settings };
  const server = await openTestServer(all, WEDNESDAY);
  const { app } = server;
  const handlers = { ...sourceHandlers(app), ...submissionHandlers(app) };
  const work = async () => {
    const log = { info() {}, warn() {}, error() {} };
    const worker = startWorker({ database: app.database, handlers, log, slots: 3, pollMs: 20 });
    await worker.idle();
    await worker.stop();
  };
  return { server, arxiv, pages, handlers, work };
}

/** Sends one in; resolves to the path that it leads to. */
async function submit(server: TestServer, as: Someone, form: Record<string, string>) {
  const answer = await server.send('POST', '/papers/submit', { as, form });
  expect([form, answer.status]).toEqual([form, 303]);
  return answer.headers.get('location') as string;
}

async function look(server: TestServer, as: Someone, path: string) {
  const answer = await server.send('GET', path, { as });
  return { html: await answer.text(), refresh: answer.headers.get('refresh') };
}

async function listed(database: Database) {
  return database.read
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .select(['papers.id', 'day', 'day_entries.published_at', 'papers.comments'])
    .orderBy('papers.id')
    .execute();
}

test('a number of arXiv, a DOI and an address are fetched and listed, with all that came along', async () => {
  const { server, pages, work } = await openInstance();
  const people = await Promise.all([join(server), join(server), join(server)]);
  const references = [AT_ARXIV.id, '10.5555/number-one', `${pages.url}/page/two`];
  const paths = await Promise.all(
    references.map((reference, n) =>
      submit(server, people[n] as Someone, {
        reference,
        comment: `Why ${reference} matters.`,
        projectPage: `https://example.org/${n}`,
        media: `https://example.org/${n}.png`,
      }),
    ),
  );
  const before = await look(server, people[1] as Someone, paths[1] as string);
  expect(before.html).toContain('is being fetched');
  expect(before.refresh).toBe('4');
  expect(await listed(server.app.database)).toEqual([]);
  await work();
  expect(await listed(server.app.database)).toMatchObject([
    { id: AT_ARXIV.id, day: WEDNESDAY, comments: 1 },
    { id: 'doi:10.5555/number-one', day: WEDNESDAY, comments: 1 },
    { id: 'page:the-page-of-two', day: WEDNESDAY, comments: 1 },
  ]);
  const after = await look(server, people[1] as Someone, paths[1] as string);
  expect(after.html).toContain('Registered as 10.5555/number-one');
  expect(after.html).toContain(`href="/papers/date/${WEDNESDAY}"`);
  expect(after.refresh).toBeNull();
  const items = await (await server.get(`/api/daily_papers?date=${WEDNESDAY}`)).json();
  expect(items).toHaveLength(3);
  expect(items).toMatchObject(
    Array(3).fill({ projectPage: expect.stringMatching(/example\.org\/\d/), numComments: 1 }),
  );
  // Somebody else's submission is nobody's business.
  const foreign = await server.send('GET', paths[1] as string, { as: people[0] as Someone });
  expect(foreign.status).toBe(404);
});

test('what nobody knows is refused with a reason, and can be tried again as it was typed', async () => {
  const { server, pages, work } = await openInstance();
  const ada = await join(server);
  const form = { comment: 'My long thoughts.', media: 'https://example.org/a.png' };
  const cases = [
    ['2510.29999', /arXiv does not know 2510\.29999/],
    ['10.5555/none', /Nothing is registered under the DOI 10\.5555\/none/],
    [`${pages.url}/nothing`, /404|answer/],
    [`${pages.url}/secret`, /169\.254\.169\.254|public/],
  ] as const;
  for (const [reference, problem] of cases) {
    const path = await submit(server, ada, { ...form, reference });
    await work();
    const { html } = await look(server, ada, path);
    expect(html).toContain('was not listed');
    expect(html).toMatch(problem);
    expect(html).toContain('My long thoughts.');
    const again = /href="(\/papers\/submit\?again=[^"]*)"/.exec(html)?.[1] as string;
    const typed = await look(server, ada, again);
    for (const text of [reference, 'My long thoughts.', 'https://example.org/a.png']) {
      expect(typed.html).toContain(text);
    }
  }
  expect(await listed(server.app.database)).toEqual([]);
});

test('a paper that turns out to be listed, or too old, is refused when it is here', async () => {
  const { server, work } = await openInstance({ BROADSHEET_SUBMIT_WITHIN_DAYS: '1' });
  const [ada, grace] = [await join(server), await join(server, { role: 'editor' })];
  const late = await submit(server, ada, { reference: '10.5555/number-old' });
  await work();
  expect((await look(server, ada, late)).html).toMatch(/is of 2025-10-27: .* within 1 day/);
  const [first, second] = [
    await submit(server, grace, { reference: '10.5555/number-new' }),
    await submit(server, ada, { reference: 'https://doi.org/10.5555/number-new' }),
  ];
  await work();
  const pages = [await look(server, grace, first), await look(server, ada, second)];
  expect(pages.map(({ html }) => html.includes('is on the list of'))).toEqual([true, false]);
  expect(await listed(server.app.database)).toHaveLength(1);
});

test('a source that fails for now is asked again, and at the last try the submission says why', async () => {
  const { server, pages, handlers } = await openInstance();
  const ada = await join(server);
  pages.isDown = true;
  const path = await submit(server, ada, { reference: '10.5555/number-one' });
  const job = {
    id: 1,
    kind: FETCH_SUBMITTED,
    payload: { submission: path.split('/').at(-1) },
    attempt: 1,
    maxAttempts: 6,
  };
  const attempt = (n: number) =>
    handlers[FETCH_SUBMITTED]?.({ ...job, attempt: n }, new AbortController().signal);
  await expect(attempt(1)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await look(server, ada, path)).html).toContain('is being fetched');
  await attempt(6);
  expect((await look(server, ada, path)).html).toContain('was not listed');
  pages.isDown = false;
  await attempt(6);
  expect(await listed(server.app.database)).toEqual([]);
});

test('a comment that is refused later keeps the paper on the list and stays to be copied', async () => {
  const { server, work } = await openInstance();
  const ada = await join(server);
  const path = await submit(server, ada, { reference: AT_ARXIV.id, comment: 'Said again.' });
  const [paper] = await save(server.app.database, record(AT_ARXIV.id));
  await server.app.database.transact((tx) =>
    tx
      .updateTable('papers')
      .set({ comments_locked_at: '2025-10-29T00:00:00.000Z' })
      .where('key', '=', paper?.key as number)
      .execute(),
  );
  await work();
  const { html } = await look(server, ada, path);
  expect(html).toContain('is on the list of');
  expect(html).toMatch(/comment could not be written: This discussion is locked/);
  expect(html).toContain('Said again.');
});

test('whoever is barred meanwhile lists nothing', async () => {
  const { server, work } = await openInstance();
  const ada = await join(server);
  await submit(server, ada, { reference: AT_ARXIV.id });
  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ barred_until: '9999-12-31T00:00:00.000Z', barred_by: 'ban' })
      .where('id', '=', ada.person.id)
      .execute(),
  );
  await work();
  expect(await listed(server.app.database)).toEqual([]);
});

const KILLS = 8;
const SUBMISSIONS = 40;

test(`work that is killed ${KILLS} times loses no submission and lists none twice`, {
  timeout: 240_000,
}, async () => {
  const pages = await startPaperPages();
  pages.delayMs = 60;
  const settings = {
    ...pages.settings,
    BROADSHEET_DATABASE_URL: await testDatabaseUrl(),
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_SUBMIT_WITHIN_DAYS: '0',
    BROADSHEET_SUBMIT_WEEKENDS: 'true',
  };
  const server = await openTestServer(settings);
  const { database } = server.app;
  for (let n = 0; n < SUBMISSIONS; n++) {
    await submit(server, await join(server), {
      reference: `10.5555/number-${n}`,
      comment: `What number ${n} is about.`,
    });
  }
  const unreachable = 'http://127.0.0.1:9';
  const online = {
    ...settings,
    BROADSHEET_OFFLINE: 'false',
    BROADSHEET_LOG_LEVEL: 'error',
    BROADSHEET_WORK_SLOTS: '2',
    BROADSHEET_ARXIV_OAI_URL: unreachable,
    BROADSHEET_ARXIV_RSS_URL: unreachable,
    BROADSHEET_ARXIV_API_URL: unreachable,
  };
  const countOf = async () => (await listed(database)).length;
  let cut = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = await countOf();
    if (before === SUBMISSIONS) break;
    const working = start(['work'], online);
    await killSometime(working, 0, async () => (await countOf()) > before);
    if (ENGINE === 'postgres') await sleep(200);
    if ((await countOf()) < SUBMISSIONS) cut++;
    // Nobody waits a minute for the lease of the dead.
    await database.transact((tx) =>
      tx
        .updateTable('jobs')
        .set({ leased_until: '2000-01-01T00:00:00.000Z' })
        .where('state', '=', 'running')
        .execute(),
    );
  }
  expect(cut).toBeGreaterThan(1);
  const working = start(['work'], online);
  onTestFinished(() => void working.child.kill('SIGKILL'));
  for (let n = 0; n < 600 && (await countOf()) < SUBMISSIONS; n++) await sleep(100);
  const entries = await listed(database);
  expect(entries).toHaveLength(SUBMISSIONS);
  expect(entries.every(({ comments }) => comments === 1)).toBe(true);
  const comments = await database.read.selectFrom('comments').select('raw').execute();
  expect(new Set(comments.map(({ raw }) => raw)).size).toBe(SUBMISSIONS);
  expect(comments).toHaveLength(SUBMISSIONS);
  const states = await database.read.selectFrom('submissions').select('state').distinct().execute();
  expect(states).toEqual([{ state: 'listed' }]);
});

test('the job that looks at what waits does nothing where nothing waits', async () => {
  const { server, handlers } = await openInstance();
  const before = await server.app.database.currentChange();
  const job = { id: 1, kind: TAKE_SUBMISSIONS.kind, payload: {}, attempt: 1, maxAttempts: 1 };
  await handlers[TAKE_SUBMISSIONS.kind]?.(job, new AbortController().signal);
  expect(await server.app.database.currentChange()).toBe(before);
});
