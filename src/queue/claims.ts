// Taking jobs and giving them back; every step is one statement or one transaction.
import { type SqlBool, sql } from 'kysely';
import { now } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import { databaseTime, type Job, pauseAfter } from './job.ts';

export const LEASE_MS = 60_000;

/**
 * Claims up to `count` jobs of the given kinds for a worker. Jobs whose worker vanished come back
 * into play here; one that used up its attempts that way becomes a dead letter.
 */
export async function claimJobs(
  database: Database,
  worker: string,
  kinds: string[],
  count: number,
): Promise<Job[]> {
  if (kinds.length === 0 || count < 1) return [];
  if (!(await isAnythingDue(database))) return [];
  return database.transact(async (tx) => {
    await reviveAbandoned(tx, database);
    const due = tx
      .selectFrom('jobs')
      .select('id')
      .where('state', '=', 'waiting')
      .where('kind', 'in', kinds)
      .where('run_at', '<=', databaseTime(database.engine))
      .orderBy('priority', 'desc')
      .orderBy('run_at')
      .orderBy('id')
      .limit(count);
    const locked = database.engine === 'postgres' ? due.forUpdate().skipLocked() : due;
    const ids = (await locked.execute()).map((row) => row.id);
    if (ids.length === 0) return [];
    const rows = await tx
      .updateTable('jobs')
      .set((eb) => ({
        state: 'running',
        worker,
        leased_until: databaseTime(database.engine, LEASE_MS),
        attempts: eb('attempts', '+', 1),
        changed_at: now(),
      }))
      .where('id', 'in', ids)
      .returningAll()
      .execute();
    return rows
      .sort((a, b) => b.priority - a.priority || a.id - b.id)
      .map((row) => ({
        id: row.id,
        kind: row.kind,
        payload: JSON.parse(row.payload) as Record<string, unknown>,
        attempt: row.attempts,
        maxAttempts: row.max_attempts,
      }));
  });
}

/** Without the write lock, so that idle workers disturb nobody. */
async function isAnythingDue(database: Database): Promise<boolean> {
  const time = databaseTime(database.engine);
  const { rows } = await sql<{ due: SqlBool }>`select
    exists (select 1 from jobs where state = 'waiting' and run_at <= ${time}) or
    exists (select 1 from jobs where state = 'running' and leased_until < ${time}) as due
  `.execute(database.read);
  return Boolean(rows[0]?.due);
}

async function reviveAbandoned(tx: Tx, database: Database): Promise<void> {
  const abandoned = tx
    .selectFrom('jobs')
    .select('id')
    .where('state', '=', 'running')
    .where('leased_until', '<', databaseTime(database.engine))
    .limit(100);
  const locked = database.engine === 'postgres' ? abandoned.forUpdate().skipLocked() : abandoned;
  const ids = (await locked.execute()).map((row) => row.id);
  if (ids.length === 0) return;
  await tx
    .updateTable('jobs')
    .set({
      state: sql`case when attempts >= max_attempts and runs_again = 0 then 'dead' else 'waiting' end`,
      attempts: sql`case when runs_again = 1 then 0 else attempts end`,
      runs_again: 0,
      problem: 'its worker ended in the middle of it',
      worker: null,
      leased_until: null,
      changed_at: now(),
    })
    .where('id', 'in', ids)
    .execute();
}

/** Whether the job is still this worker's; its lease then runs anew. */
export async function renewLease(database: Database, job: Job, worker: string): Promise<boolean> {
  return database.transact(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('jobs')
      .set({ leased_until: databaseTime(database.engine, LEASE_MS) })
      .where('id', '=', job.id)
      .where('worker', '=', worker)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return Number(numUpdatedRows) > 0;
  });
}

/** The job ended well. It is gone, or waits once more when it was enqueued again meanwhile. */
export async function finishJob(database: Database, job: Job, worker: string): Promise<void> {
  await database.transact(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('jobs')
      .set({
        state: 'waiting',
        runs_again: 0,
        attempts: 0,
        worker: null,
        leased_until: null,
        problem: null,
        changed_at: now(),
      })
      .where('id', '=', job.id)
      .where('worker', '=', worker)
      .where('runs_again', '=', 1)
      .executeTakeFirst();
    if (Number(numUpdatedRows) > 0) return;
    await tx.deleteFrom('jobs').where('id', '=', job.id).where('worker', '=', worker).execute();
  });
}

/** The attempt failed: the job waits for its next one, or is a dead letter. Returns which. */
export async function failJob(
  database: Database,
  job: Job,
  worker: string,
  failure: { problem: string; pauseMs: number | undefined },
): Promise<'waiting' | 'dead'> {
  const isLast = job.attempt >= job.maxAttempts;
  const pauseMs = Math.max(failure.pauseMs ?? 0, pauseAfter(job.attempt));
  const row = await database.transact((tx) =>
    tx
      .updateTable('jobs')
      .set({
        // Enqueued again meanwhile, it has all its attempts before it.
        state: isLast ? sql`case when runs_again = 1 then 'waiting' else 'dead' end` : 'waiting',
        attempts: sql`case when runs_again = 1 then 0 else attempts end`,
        problem: failure.problem.slice(0, 2_000),
        run_at: databaseTime(database.engine, pauseMs),
        runs_again: 0,
        worker: null,
        leased_until: null,
        changed_at: now(),
      })
      .where('id', '=', job.id)
      .where('worker', '=', worker)
      .returning('state')
      .executeTakeFirst(),
  );
  return row?.state === 'dead' ? 'dead' : 'waiting';
}

/** A worker that stops gives back what it could not end; the attempt does not count. */
export async function releaseJob(database: Database, job: Job, worker: string): Promise<void> {
  await database.transact((tx) =>
    tx
      .updateTable('jobs')
      .set((eb) => ({
        state: 'waiting',
        attempts: eb('attempts', '-', 1),
        worker: null,
        leased_until: null,
        changed_at: now(),
      }))
      .where('id', '=', job.id)
      .where('worker', '=', worker)
      .where('state', '=', 'running')
      .execute(),
  );
}
