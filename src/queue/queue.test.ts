import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  ENGINE,
  openTestDatabase,
  temporaryFolder,
  testDatabaseUrl,
} from '../../tests/test-database.ts';
import { AppError } from '../base/errors.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { claimJobs, failJob, finishJob, renewLease } from './claims.ts';
import { enqueue, type NewJob, pauseAfter } from './job.ts';
import { countJobs, listJobs, retryJob } from './job-list.ts';
import { createSchedule } from './schedule.ts';
import { type Handler, startWorker } from './worker.ts';

const PROCESSES = ENGINE === 'postgres' ? 8 : 4;
const JOBS = 5_000;
const SILENT = { info() {}, warn() {}, error() {} };
const WORKER = path.join(import.meta.dirname, '..', '..', 'tests', 'queue-worker.js');

async function put(database: Database, ...jobs: NewJob[]): Promise<void> {
  await database.transact(async (tx) => {
    for (const job of jobs) await enqueue(tx, database.engine, job);
  });
}

function work(database: Database, handlers: Record<string, Handler>, slots = 2) {
  const worker = startWorker({ database, handlers, log: SILENT, slots, pollMs: 20 });
  onTestFinished(() => worker.stop());
  return worker;
}

/** As if the time had come. */
async function setDue(database: Database): Promise<void> {
  await database.transact((tx) =>
    tx.updateTable('jobs').set({ run_at: '2000-01-01T00:00:00.000Z' }).execute(),
  );
}

async function shared() {
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  const file = path.join(temporaryFolder(), 'runs');
  fs.writeFileSync(file, '');
  const startProcess = async (takesMs: number) => {
    const child = spawn(process.execPath, [WORKER, url, file, String(takesMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child;
  };
  const runs = () => fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return { database, startProcess, runs };
}

test(`${PROCESSES} processes take ${JOBS} jobs, and each is run once`, {
  timeout: 180_000,
}, async () => {
  const { database, startProcess, runs } = await shared();
  await put(
    database,
    ...Array.from({ length: JOBS }, (_, n) => ({ kind: 'count', payload: { n } })),
  );
  await Promise.all(Array.from({ length: PROCESSES }, () => startProcess(0)));
  await vi.waitFor(async () => expect((await countJobs(database.read)).waiting).toBe(0), {
    timeout: 150_000,
    interval: 200,
  });
  await vi.waitFor(async () => expect((await countJobs(database.read)).running).toBe(0));
  const counted = runs().filter((line) => line !== 'tick');
  expect(counted.length).toBe(JOBS);
  expect(new Set(counted).size).toBe(JOBS);
});

test('a worker that is killed loses no job, and its leases pass to another', {
  timeout: 60_000,
}, async () => {
  const { database, startProcess, runs } = await shared();
  await put(
    database,
    ...Array.from({ length: 200 }, (_, n) => ({ kind: 'count', payload: { n } })),
  );
  for (let kill = 0; kill < 5; kill++) {
    const child = await startProcess(30);
    await sleep(150);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }
  const abandoned = await countJobs(database.read);
  expect(abandoned.running).toBeGreaterThan(0);
  expect(abandoned.running + abandoned.waiting + new Set(runs()).size).toBeGreaterThanOrEqual(200);
  await database.transact((tx) =>
    tx
      .updateTable('jobs')
      .set({ leased_until: '2000-01-01T00:00:00.000Z' })
      .where('state', '=', 'running')
      .execute(),
  );
  await startProcess(0);
  await vi.waitFor(
    async () => expect(await countJobs(database.read)).toEqual({ waiting: 0, running: 0, dead: 0 }),
    { timeout: 30_000, interval: 100 },
  );
  const done = new Set(runs().filter((line) => line !== 'tick'));
  expect(done.size).toBe(200);
});

test('three processes fire each tick of a line once', { timeout: 60_000 }, async () => {
  const { database, startProcess, runs } = await shared();
  await Promise.all([1, 2, 3].map(() => startProcess(0)));
  await sleep(6_000);
  const ticks = await database.read.selectFrom('schedule_ticks').select('tick').execute();
  const fired = runs().filter((line) => line === 'tick').length;
  // The first tick that is seen sets the line's beginning; the last may still be on its way.
  expect(ticks.length).toBeGreaterThan(4);
  expect([ticks.length - 1, ticks.length - 2]).toContain(fired);
});

test('a job that a transaction enqueued and took back never runs', async () => {
  const database = await openTestDatabase();
  const rolledBack = database.transact(async (tx) => {
    await enqueue(tx, database.engine, { kind: 'a' });
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  expect(await claimJobs(database, 'w', ['a'], 1)).toEqual([]);
});

test('the higher priority is claimed first, then the earlier', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'a', payload: { n: 1 } });
  await put(database, { kind: 'a', payload: { n: 2 } });
  await put(database, { kind: 'a', payload: { n: 3 }, priority: 5 });
  await put(database, { kind: 'a', payload: { n: 4 }, priority: 9, delayMs: 60_000 });
  const claimed = await claimJobs(database, 'w', ['a'], 10);
  expect(claimed.map((job) => job.payload.n)).toEqual([3, 1, 2]);
});

test('of jobs with one key one exists, and one that is enqueued while it runs runs once more', async () => {
  const database = await openTestDatabase();
  const job = { kind: 'a', dedupKey: 'a' };
  await put(database, job, job, { ...job, priority: 3 });
  expect(await countJobs(database.read)).toEqual({ waiting: 1, running: 0, dead: 0 });
  const [first] = await claimJobs(database, 'w', ['a'], 10);
  await put(database, job, job);
  expect(await claimJobs(database, 'v', ['a'], 10)).toEqual([]);
  if (first) await finishJob(database, first, 'w');
  const [again] = await claimJobs(database, 'v', ['a'], 10);
  expect(again?.id).toBe(first?.id);
  expect(again?.attempt).toBe(1);
  if (again) await finishJob(database, again, 'v');
  expect(await countJobs(database.read)).toEqual({ waiting: 0, running: 0, dead: 0 });
});

test('a failing job is tried again later and becomes a dead letter that can be retried', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'a', maxAttempts: 3 });
  let runs = 0;
  let isBroken = true;
  const worker = work(database, {
    async a() {
      runs++;
      if (isBroken) throw new AppError('unavailable', 'It is broken.');
    },
  });
  for (let attempt = 1; attempt <= 3; attempt++) {
    await vi.waitFor(() => expect(runs).toBe(attempt));
    await worker.idle();
    const [job] = await listJobs(database.read, 10);
    expect(job).toMatchObject({ attempts: attempt, problem: 'It is broken.' });
    expect(job?.state).toBe(attempt < 3 ? 'waiting' : 'dead');
    if (attempt < 3) {
      expect(Date.parse(job?.runAt ?? '')).toBeGreaterThan(Date.now() + 4_000);
      await setDue(database);
    }
  }
  const [dead] = await listJobs(database.read, 10);
  isBroken = false;
  await retryJob(database, dead?.id ?? 0);
  await vi.waitFor(async () => expect((await countJobs(database.read)).waiting).toBe(0));
  await worker.idle();
  expect(runs).toBe(4);
  expect(await listJobs(database.read, 10)).toEqual([]);
  await expect(retryJob(database, dead?.id ?? 0)).rejects.toThrow('broadsheet work --list');
});

test('a job that is enqueued again during its last attempt is no dead letter', async () => {
  const database = await openTestDatabase();
  const job = { kind: 'a', dedupKey: 'a', maxAttempts: 1 };
  await put(database, job);
  const [claimed] = await claimJobs(database, 'w', ['a'], 1);
  if (!claimed) throw new Error('nothing was claimed');
  await put(database, job);
  const failure = { problem: 'It is broken.', pauseMs: undefined };
  expect(await failJob(database, claimed, 'w', failure)).toBe('waiting');
  expect(await listJobs(database.read, 10)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  await setDue(database);
  const [again] = await claimJobs(database, 'w', ['a'], 1);
  if (!again) throw new Error('nothing was claimed');
  expect(await failJob(database, again, 'w', failure)).toBe('dead');
});

test('a job that kills its worker every time becomes a dead letter too', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'a', maxAttempts: 2 });
  for (let attempt = 1; attempt <= 2; attempt++) {
    expect((await claimJobs(database, `w${attempt}`, ['a'], 1)).length).toBe(1);
    await database.transact((tx) =>
      tx.updateTable('jobs').set({ leased_until: '2000-01-01T00:00:00.000Z' }).execute(),
    );
  }
  expect(await claimJobs(database, 'w3', ['a'], 1)).toEqual([]);
  expect(await listJobs(database.read, 10)).toMatchObject([
    { state: 'dead', problem: 'its worker ended in the middle of it' },
  ]);
});

test('a worker that lost its lease neither renews nor ends the job of its successor', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'a' });
  const [mine] = await claimJobs(database, 'slow', ['a'], 1);
  if (!mine) throw new Error('nothing was claimed');
  expect(await renewLease(database, mine, 'slow')).toBe(true);
  await database.transact((tx) =>
    tx.updateTable('jobs').set({ leased_until: '2000-01-01T00:00:00.000Z' }).execute(),
  );
  expect((await claimJobs(database, 'other', ['a'], 1)).length).toBe(1);
  expect(await renewLease(database, mine, 'slow')).toBe(false);
  await finishJob(database, mine, 'slow');
  expect((await countJobs(database.read)).running).toBe(1);
});

test('a worker that stops lets its jobs end, and gives back those that take too long', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'short' }, { kind: 'long' });
  let ended = 0;
  const begun = { short: false, long: false };
  const worker = startWorker({
    database,
    log: SILENT,
    slots: 2,
    pollMs: 20,
    graceMs: 300,
    handlers: {
      async short() {
        begun.short = true;
        await sleep(100);
        ended++;
      },
      async long(_job, signal) {
        begun.long = true;
        await sleep(60_000, undefined, { signal });
      },
    },
  });
  await vi.waitFor(() => expect(begun).toEqual({ short: true, long: true }));
  await worker.stop();
  expect(ended).toBe(1);
  expect(await listJobs(database.read, 10)).toMatchObject([
    { kind: 'long', state: 'waiting', attempts: 0 },
  ]);
});

test('jobs of a kind that a worker does not know are left for others', async () => {
  const database = await openTestDatabase();
  await put(database, { kind: 'from-a-newer-version' });
  const worker = work(database, { a: async () => {} });
  await worker.idle();
  expect((await countJobs(database.read)).waiting).toBe(1);
});

test('of ticks that were missed the newest fires, and a new line waits for its next', async () => {
  const database = await openTestDatabase();
  const lines = [
    { name: 'daily', pattern: '0 20 * * *', timeZone: 'America/New_York', job: { kind: 'a' } },
  ];
  const at = (text: string) => createSchedule(lines).fire(database, new Date(text));
  expect(await at('2026-03-07T12:00:00Z')).toEqual([]);
  // 20:00 in New York is 01:00 UTC in winter and 00:00 UTC after the clocks changed on 8 March.
  expect(await at('2026-03-08T00:59:59Z')).toEqual([]);
  expect(await at('2026-03-08T01:00:00Z')).toEqual(['daily']);
  expect(await at('2026-03-08T23:59:59Z')).toEqual([]);
  expect(await at('2026-03-09T00:00:00Z')).toEqual(['daily']);
  expect(await at('2026-03-20T12:00:00Z')).toEqual(['daily']);
  expect(await at('2026-03-20T13:00:00Z')).toEqual([]);
});

test('pauses double and vary up to an hour', () => {
  expect(pauseAfter(1, 1)).toBe(10_000);
  expect(pauseAfter(1, 0)).toBe(5_000);
  expect(pauseAfter(3, 1)).toBe(40_000);
  expect(pauseAfter(30, 1)).toBe(3_600_000);
});
