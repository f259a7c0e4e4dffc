// One process's share of the work: it claims jobs, runs their handlers, keeps their leases and
// fires the schedule.
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { isAppError, messageOf } from '../base/errors.ts';
import type { Database } from '../database/database.ts';
import { claimJobs, failJob, finishJob, LEASE_MS, releaseJob, renewLease } from './claims.ts';
import type { Job } from './job.ts';
import type { Schedule } from './schedule.ts';

/** Does one job. It may be run again after a failure or a kill, so it must bear that. `signal` says: stop. */
export type Handler = (job: Job, signal: AbortSignal) => Promise<void>;

type WorkerLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type WorkerOptions = {
  database: Database;
  handlers: Record<string, Handler>;
  log: WorkerLog;
  /** Jobs at once. */
  slots: number;
  schedule?: Schedule;
  /** How often an idle worker looks for jobs and ticks. */
  pollMs?: number;
  renewMs?: number;
  /** How long a stopping worker waits for running jobs before it tells them to stop. */
  graceMs?: number;
};

export type Worker = {
  /** Resolves when nothing runs here and nothing is due. */
  idle(): Promise<void>;
  /** Takes no more jobs, lets running ones end, and gives back those that do not. */
  stop(): Promise<void>;
};

/** A failure may carry how long to leave its cause in peace. */
function pauseOf(error: unknown): number | undefined {
  const { retryAfterMs } = error as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
}

export function startWorker(options: WorkerOptions): Worker {
  const { database, handlers, log, slots, pollMs = 1_000, graceMs = 3_000 } = options;
  const name = `${os.hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const kinds = Object.keys(handlers);
  const running = new Map<number, { done: Promise<void>; abort: AbortController }>();
  const idlers = new Set<() => void>();
  let isStopping = false;
  let wake: (() => void) | undefined;
  let hasTrouble = false;

  const run = async (job: Job, abort: AbortController) => {
    const renewing = setInterval(
      async () => {
        // A database that does not answer takes the lease from nobody: the next renewal decides.
        const isOurs = await renewLease(database, job, name).catch(() => true);
        if (!isOurs) abort.abort();
      },
      options.renewMs ?? LEASE_MS / 3,
    );
    try {
      await (handlers[job.kind] as Handler)(job, abort.signal);
      await finishJob(database, job, name);
    } catch (error) {
      if (isStopping && abort.signal.aborted) {
        await releaseJob(database, job, name);
        return;
      }
      const failure = { problem: messageOf(error), pauseMs: pauseOf(error) };
      const state = await failJob(database, job, name, failure);
      const details = {
        job: job.id,
        kind: job.kind,
        attempt: job.attempt,
        ...(isAppError(error) ? { problem: failure.problem } : { err: error }),
      };
      if (state === 'dead') log.error(details, 'a job failed for good: see broadsheet work --list');
      else if (isAppError(error)) log.info(details, 'a job will be tried again');
      else log.warn(details, 'a job failed and will be tried again');
    } finally {
      clearInterval(renewing);
    }
  };

  const begin = (job: Job) => {
    const abort = new AbortController();
    const done = run(job, abort)
      .catch((error) => log.error({ err: error, job: job.id }, 'cannot write how a job ended'))
      .finally(() => {
        running.delete(job.id);
        wake?.();
      });
    running.set(job.id, { done, abort });
  };

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs * (0.75 + Math.random() / 2));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async () => {
    while (!isStopping) {
      let claimed: Job[] = [];
      try {
        await options.schedule?.fire(database);
        claimed = await claimJobs(database, name, kinds, slots - running.size);
        if (hasTrouble) log.info({}, 'the queue answers again');
        hasTrouble = false;
      } catch (error) {
        // Once, not at every look: a database that restarts is away for some seconds.
        if (!hasTrouble) log.warn({ err: error }, 'cannot look for jobs; trying on');
        hasTrouble = true;
      }
      for (const job of claimed) begin(job);
      if (running.size === 0 && claimed.length === 0 && !hasTrouble) {
        for (const resolve of idlers) resolve();
        idlers.clear();
      }
      if (claimed.length === 0 || running.size >= slots) await pause();
    }
  };
  const looping = loop();

  return {
    idle: () =>
      new Promise((resolve) => {
        idlers.add(resolve);
      }),
    async stop() {
      isStopping = true;
      wake?.();
      await looping;
      const ends = [...running.values()].map(({ done }) => done);
      const grace = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort();
      }, graceMs);
      await Promise.all(ends);
      clearTimeout(grace);
    },
  };
}
