// Terms of the queue:
//
//   job          one piece of work, a row of `jobs`: a kind and a payload
//   handler      the function that does the jobs of a kind; it may run a job more than once
//   enqueue      to write a job down, in the transaction of what causes it
//   claim        to take a waiting job for a worker, which no other worker can then take
//   lease        for how long a claim holds; the worker renews it while the job runs, and a job
//                whose lease ran out (its worker was killed) is claimed by another
//   attempt      one run of a job; a failed one is repeated after a pause that doubles (back-off)
//                and varies (jitter), up to the job's limit of attempts
//   dead letter  a job that used up its attempts: kept, shown, and retried when a person says so
//   dedup key    of the jobs with one key only one exists; enqueued again while it waits it is
//                that job, enqueued again while it runs it runs once more after
//   priority     higher is claimed first; equal ones by their time
//   line, tick   a line of the schedule, and one of its times; a tick fires once over all processes
//   worker       a process that claims jobs (`broadsheet work`); it has slots for several at once
//
// A job that ended well is deleted. All times are the database's, so that machines whose clocks
// differ agree on leases.
import { type RawBuilder, sql } from 'kysely';
import { now } from '../base/calendar.ts';
import type { Engine, Tx } from '../database/database.ts';

export type NewJob = {
  kind: string;
  payload?: object;
  dedupKey?: string;
  /** Default 0. */
  priority?: number;
  /** Not before so many milliseconds from now. */
  delayMs?: number;
  maxAttempts?: number;
};

export type Job = {
  id: number;
  kind: string;
  payload: Record<string, unknown>;
  /** This run's number, counted from 1. */
  attempt: number;
  maxAttempts: number;
};

const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 10_000;
const MAX_PAUSE_MS = 3_600_000;

/** An instant of the database's clock, so many milliseconds from now. */
export function databaseTime(engine: Engine, fromNowMs = 0): RawBuilder<string> {
  if (engine === 'sqlite') {
    return sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ${`${fromNowMs / 1000} seconds`})`;
  }
  return sql<string>`to_char(
    (now() + ${fromNowMs}::double precision * interval '1 millisecond') at time zone 'utc',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
  )`;
}

/** Writes a job down; it runs when the transaction is committed. A dead letter of the same key wakes up. */
export async function enqueue(tx: Tx, engine: Engine, job: NewJob): Promise<void> {
  const at = now();
  const runAt = databaseTime(engine, job.delayMs ?? 0);
  const row = {
    kind: job.kind,
    payload: JSON.stringify(job.payload ?? {}),
    dedup_key: job.dedupKey ?? null,
    priority: job.priority ?? 0,
    state: 'waiting' as const,
    run_at: runAt,
    max_attempts: job.maxAttempts ?? MAX_ATTEMPTS,
    created_at: at,
    changed_at: at,
  };
  await tx
    .insertInto('jobs')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('dedup_key').doUpdateSet({
        payload: row.payload,
        runs_again: sql`case when jobs.state = 'running' then 1 else 0 end`,
        attempts: sql`case when jobs.state = 'dead' then 0 else jobs.attempts end`,
        run_at: sql`case when jobs.state = 'waiting' and jobs.run_at < ${runAt} then jobs.run_at else ${runAt} end`,
        priority: sql`case when jobs.priority > ${row.priority} then jobs.priority else ${row.priority} end`,
        state: sql`case when jobs.state = 'dead' then 'waiting' else jobs.state end`,
        changed_at: at,
      }),
    )
    .execute();
}

/**
 * How long to wait after a failed attempt: ten seconds, doubled each time up to an hour, of which a
 * random half is left out so that what failed together does not come back together.
 */
export function pauseAfter(attempt: number, random = Math.random()): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
  return Math.round(pause * (0.5 + random / 2));
}
