// The whole program against a local arXiv: first start, asking for a paper, kills, many processes.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { addDays, now } from '../src/base/calendar.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { announcementDayUpTo, arxivToday } from '../src/sources/arxiv/announcement-days.ts';
import { killSometime, run, serve, start } from './program.ts';
import { type ReplayArxiv, replayWeek, startReplayArxiv } from './replay-arxiv.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';

const LAST_DAY = announcementDayUpTo(addDays(arxivToday(now()), -1));
const KILLS = 10;

async function startLatest(perDay: number): Promise<ReplayArxiv> {
  const replay = await startReplayArxiv(replayWeek([LAST_DAY], perDay));
  replay.clock = now();
  return replay;
}

async function openUrl(url: string) {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  const ids = async () =>
    (await database.read.selectFrom('papers').select('id').orderBy('id').execute()).map(
      (row) => row.id,
    );
  return { database, ids };
}

test('a first start with a network shows the latest announcement, and fetches what is asked for', {
  timeout: 60_000,
}, async () => {
  const replay = await startLatest(40);
  const asked = {
    ...(replay.papers[0] as (typeof replay.papers)[number]),
    id: '2401.00001',
    title: 'Asked for by a reader',
    authors: ['Rita Reader'],
    submittedAt: '2024-01-01T10:00:00Z',
    day: '2024-01-02',
  };
  replay.papers.push(asked);
  const { url } = await serve({
    ...replay.settings,
    BROADSHEET_DATABASE_URL: await testDatabaseUrl(),
    BROADSHEET_CATEGORIES: 'cs.LG cs.CL',
  });
  await vi.waitFor(
    async () => {
      const front = await fetch(`${url}/`);
      expect(new URL(front.url).pathname).toBe(`/papers/date/${LAST_DAY}`);
      expect(await front.text()).toContain('Paper number 10000 of the week');
    },
    { timeout: 20_000, interval: 250 },
  );
  const waiting = await fetch(`${url}/papers/2401.00001`);
  expect(waiting.status).toBe(202);
  expect(waiting.headers.get('refresh')).toBe('5');
  expect(await waiting.text()).toContain('is being fetched');
  await vi.waitFor(
    async () => {
      const found = await fetch(`${url}/papers/2401.00001`);
      expect(found.status).toBe(200);
      expect(await found.text()).toContain('Asked for by a reader');
    },
    { timeout: 20_000, interval: 250 },
  );
  const absent = async () => fetch(`${url}/papers/2401.00002`);
  expect((await absent()).status).toBe(202);
  await vi.waitFor(async () => expect((await absent()).status).toBe(404), {
    timeout: 20_000,
    interval: 250,
  });
  expect(await (await absent()).text()).toContain('arXiv did not know it');
  const page = await (await fetch(`${url}/about/sources`)).text();
  expect(page).toContain('arXiv announcement feeds');
  expect(page).toContain('Announced 40, we have 40');
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('broadsheet_announced_missing 0');
  expect(metrics).toMatch(/broadsheet_source_last_success_seconds\{source="arxiv-rss"\} \d/);
});

test(`imports that are killed ${KILLS} times end with the exact papers`, {
  timeout: 240_000,
}, async () => {
  const days = [4, 3, 2, 1, 0].map((back) => addDays(LAST_DAY, -back));
  const replay = await startReplayArxiv(replayWeek(days, 600));
  replay.day = days[4] as string;
  replay.clock = now();
  const url = await testDatabaseUrl();
  const settings = {
    ...replay.settings,
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_CATEGORIES: 'cs.LG cs.CL',
    BROADSHEET_SOURCE_TIMEOUT_S: '1',
  };
  const { ids } = await openUrl(url);
  const harvest = ['import', 'arxiv', '--from', days[0] as string, '--json'];
  const commands = [harvest, ['import', 'announcements', '--json']];
  let before = 0;
  let progressed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    if (kill === 3) replay.killTokens();
    replay.mishaps = kill % 3 === 0 ? ['cut', '429'] : [];
    const importing = start(kill % 4 === 3 ? (commands[1] as string[]) : harvest, settings);
    const count = before;
    await killSometime(importing, kill, async () => (await ids()).length > count);
    const after = (await ids()).length;
    expect(after).toBeGreaterThanOrEqual(before);
    if (after > before) progressed++;
    before = after;
  }
  expect(progressed).toBeGreaterThan(2);
  replay.mishaps = [];
  for (const command of commands) {
    const { code, stderr } = await run(command, settings);
    expect([code, stderr]).toEqual([0, '']);
  }
  expect(await ids()).toEqual(replay.papers.map(({ id }) => id).sort());
});

test('doctor names what is missing and what was given up, and work retries it', {
  timeout: 60_000,
}, async () => {
  const replay = await startLatest(8);
  Object.assign(replay.papers[1] as object, {
    feed: 'broken',
    oai: 'absent',
    isUnknownToApi: true,
  });
  const missing = replay.papers[1]?.id as string;
  const folder = temporaryFolder();
  const url = await testDatabaseUrl();
  const settings = {
    ...replay.settings,
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_DATA: folder,
    BROADSHEET_CATEGORIES: 'cs.CL',
  };
  expect((await run(['import', 'announcements'], settings)).code).toBe(0);
  expect(fs.readdirSync(path.join(folder, 'rejects')).length).toBe(1);
  expect((await run(['work', '--until-idle'], settings)).code).toBe(0);
  const ill = await run(['doctor'], settings);
  expect(ill.code).toBe(1);
  expect(ill.stdout).toContain(`BAD  announcements: 1 announced papers are not here (${missing})`);
  const { database } = await openUrl(url);
  await database.transact(async (tx) => {
    await tx
      .insertInto('jobs')
      .values({
        kind: 'fetch-papers',
        payload: '{}',
        dedup_key: 'fetch-papers',
        priority: 0,
        state: 'dead',
        run_at: now(),
        attempts: 8,
        max_attempts: 8,
        problem: 'It was away.',
        created_at: now(),
        changed_at: now(),
      })
      .execute();
    await tx.deleteFrom('lookups').execute();
  });
  const listed = await run(['work', '--list'], settings);
  expect(listed.stdout).toMatch(
    /^1 dead, 0 running, 0 waiting\.\n +(\d+) {2}dead +fetch-papers, attempt 8 of 8: It was away\./,
  );
  const id = /^ +(\d+) /m.exec(listed.stdout)?.[1] as string;
  (replay.papers[1] as { isUnknownToApi?: boolean }).isUnknownToApi = false;
  expect((await run(['work', '--retry', id], settings)).code).toBe(0);
  expect((await run(['work', '--until-idle'], settings)).code).toBe(0);
  const well = await run(['doctor'], settings);
  expect([well.code, well.stdout]).toEqual([0, expect.stringContaining('ok   announcements')]);
  expect((await run(['work', '--retry', id], settings)).code).toBe(1);
  expect((await run(['work', '--retry', 'x'], settings)).code).toBe(2);
});

test('without a network the demo stays, and the log says so once', {
  timeout: 60_000,
}, async () => {
  const { url, running } = await serve({
    BROADSHEET_OFFLINE: '0',
    BROADSHEET_LOG_LEVEL: 'warn',
    BROADSHEET_DATABASE_URL: await testDatabaseUrl(),
    BROADSHEET_ARXIV_OAI_URL: 'http://127.0.0.1:9/oai',
    BROADSHEET_ARXIV_RSS_URL: 'http://127.0.0.1:9/rss',
    BROADSHEET_ARXIV_API_URL: 'http://127.0.0.1:9/api',
    BROADSHEET_ARXIV_PAUSE_MS: '0',
  });
  await vi.waitFor(
    async () =>
      expect(await (await fetch(`${url}/about/sources`)).text()).toContain('The last run failed'),
    { timeout: 20_000, interval: 250 },
  );
  expect(await (await fetch(`${url}/papers`)).text()).toContain('demo edition of October 2025');
  await sleep(1_000);
  running.child.kill('SIGTERM');
  const { code, stderr } = await running.finished;
  expect(code).toBe(0);
  expect(stderr.match(/arXiv cannot be reached/g)?.length).toBe(1);
});

test.runIf(ENGINE === 'postgres')(
  'three serving and two working processes fire each tick once, and a rolling restart loses no request',
  { timeout: 120_000 },
  async () => {
    const replay = await startLatest(40);
    const url = await testDatabaseUrl();
    const settings = {
      ...replay.settings,
      BROADSHEET_DATABASE_URL: url,
      BROADSHEET_CATEGORIES: 'cs.LG',
      BROADSHEET_ARXIV_POLL_AT: '*/2 * * * * *',
      BROADSHEET_LOG_LEVEL: 'error',
    };
    const { database } = await openUrl(url);
    const servers = await Promise.all([serve(settings), serve(settings), serve(settings)]);
    const workers = [start(['work'], settings), start(['work'], settings)];
    await Promise.all(workers.map((worker) => worker.shows(/Working/)));
    await vi.waitFor(
      async () =>
        expect(
          (await database.read.selectFrom('papers').select('key').execute()).length,
        ).toBeGreaterThan(0),
      { timeout: 20_000 },
    );
    let isOver = false;
    let answered = 0;
    const failures: string[] = [];
    // As a load balancer does: another server is asked when one does not take the connection.
    const reading = (async () => {
      for (let n = 0; !isOver; n++) {
        const answers = await Promise.all(
          servers.map((server) =>
            fetch(`${server.url}/papers/date/${LAST_DAY}?n=${n}`).then(
              async (answer) => {
                await answer.text();
                return answer.status;
              },
              () => 0,
            ),
          ),
        );
        if (answers.every((status) => status === 0)) failures.push('nobody answered');
        failures.push(...answers.filter((status) => status >= 400).map(String));
        answered += answers.filter((status) => status === 200).length;
        await sleep(20);
      }
    })();
    for (const [index, server] of servers.entries()) {
      await sleep(1_500);
      server.running.child.kill('SIGTERM');
      expect((await server.running.finished).code).toBe(0);
      servers[index] = await serve(settings);
    }
    workers[0]?.child.kill('SIGTERM');
    expect((await workers[0]?.finished)?.code).toBe(0);
    isOver = true;
    await reading;
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);

    const ticks = await database.read
      .selectFrom('schedule_ticks')
      .select('tick')
      .where('line', '=', 'poll-feeds')
      .execute();
    const polls = replay.requests.filter(({ path: asked }) => asked.startsWith('/rss/')).length;
    // One poll belongs to the first start instead of the tick that began the line; one may be due.
    expect(ticks.length).toBeGreaterThan(3);
    expect(polls).toBeLessThanOrEqual(ticks.length + 1);
    expect(polls).toBeGreaterThanOrEqual(ticks.length - 2);
    expect(replay.mostAtOnce).toBe(1);
  },
);
