// What a person sees of the queue.
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Database, Db } from '../database/database.ts';
import { databaseTime } from './job.ts';

export type ListedJob = {
  id: number;
  kind: string;
  state: 'waiting' | 'running' | 'dead';
  payload: string;
  attempts: number;
  maxAttempts: number;
  runAt: string;
  problem: string | undefined;
};

export type JobCounts = { waiting: number; running: number; dead: number };

/** The first `limit` jobs: dead letters, then running, then waiting ones in the order of their claim. */
export async function listJobs(db: Db, limit: number): Promise<ListedJob[]> {
  const found: ListedJob[] = [];
  for (const state of ['dead', 'running', 'waiting'] as const) {
    const rows = await db
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', state)
      .orderBy('priority', 'desc')
      .orderBy('run_at')
      .orderBy('id')
      .limit(limit - found.length)
      .execute();
    for (const row of rows) {
      found.push({
        id: row.id,
        kind: row.kind,
        state,
        payload: row.payload,
        attempts: row.attempts,
        maxAttempts: row.max_attempts,
        runAt: row.run_at,
        problem: row.problem ?? undefined,
      });
    }
    if (found.length >= limit) break;
  }
  return found;
}

export async function countJobs(db: Db): Promise<JobCounts> {
  const rows = await db
    .selectFrom('jobs')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counts: JobCounts = { waiting: 0, running: 0, dead: 0 };
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/** Gives a dead letter, or a job that waits for its next attempt, all its attempts again, at once. Throws `not-found`. */
export async function retryJob(database: Database, id: number): Promise<void> {
  const { numUpdatedRows } = await database.transact((tx) =>
    tx
      .updateTable('jobs')
      .set({
        state: 'waiting',
        attempts: 0,
        run_at: databaseTime(database.engine),
        changed_at: now(),
      })
      .where('id', '=', id)
      .where('state', '<>', 'running')
      .executeTakeFirst(),
  );
  if (Number(numUpdatedRows) > 0) return;
  throw new AppError(
    'not-found',
    `No job ${id} waits or is dead: see "broadsheet work --list" for those that are.`,
  );
}
