// Lines of the schedule. That a tick fires once over all processes is held by the primary key of
// `schedule_ticks`: who writes the tick down enqueues its job in the same transaction.
import { Cron } from 'croner';
import { now } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { enqueue, type NewJob } from './job.ts';

export type ScheduleLine = {
  name: string;
  /** Five or six fields, as croner reads them. */
  pattern: string;
  timeZone: string;
  job: NewJob;
  /**
   * Delays each job by a random time of at most so much, and of at most a tenth of the time to the
   * next tick, so that not every instance in the world asks in the same second.
   */
  spreadMs?: number;
};

const KEPT_TICKS = 50;

export type Schedule = {
  /**
   * Fires what is due. A line that is seen for the first time waits for its next tick; of the ticks
   * that were missed while no process ran, the newest fires. Returns the names of the lines that fired.
   */
  fire(database: Database, at?: Date): Promise<string[]>;
  /** When a line fires next. */
  next(name: string, at?: Date): Date | undefined;
};

export function createSchedule(lines: ScheduleLine[]): Schedule {
  const crons = lines.map((line) => ({
    line,
    cron: new Cron(line.pattern, { timezone: line.timeZone, paused: true }),
    known: undefined as string | undefined,
  }));
  return {
    async fire(database, at = new Date()) {
      const fired: string[] = [];
      for (const entry of crons) {
        // croner counts in whole seconds and leaves out the one it is asked from.
        const nextSecond = new Date(Math.floor(at.getTime() / 1_000) * 1_000 + 1_000);
        const newest = entry.cron.previousRuns(1, nextSecond)[0]?.toISOString();
        if (newest === undefined || newest === entry.known) continue;
        const delayMs = delayOf(entry, new Date(newest));
        const job = { ...entry.line.job, ...(delayMs > 0 ? { delayMs } : {}) };
        if (await fireTick(database, entry.line.name, newest, job)) fired.push(entry.line.name);
        entry.known = newest;
      }
      return fired;
    },
    next: (name, at = new Date()) =>
      crons.find(({ line }) => line.name === name)?.cron.nextRun(at) ?? undefined,
  };
}

function delayOf({ line, cron }: { line: ScheduleLine; cron: Cron }, tick: Date): number {
  const nextMs = (cron.nextRun(tick)?.getTime() ?? tick.getTime()) - tick.getTime();
  return Math.floor(Math.random() * Math.min(line.spreadMs ?? 0, nextMs / 10));
}

async function fireTick(
  database: Database,
  line: string,
  tick: string,
  job: NewJob,
): Promise<boolean> {
  return database.transact(async (tx) => {
    const last = await tx
      .selectFrom('schedule_ticks')
      .select('tick')
      .where('line', '=', line)
      .orderBy('tick', 'desc')
      .executeTakeFirst();
    if (last && last.tick >= tick) return false;
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('schedule_ticks')
      .values({ line, tick, fired_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!last || Number(numInsertedOrUpdatedRows) === 0) return false;
    await enqueue(tx, database.engine, job);
    const oldest = await tx
      .selectFrom('schedule_ticks')
      .select('tick')
      .where('line', '=', line)
      .orderBy('tick', 'desc')
      .offset(KEPT_TICKS)
      .limit(1)
      .executeTakeFirst();
    if (oldest) {
      await tx
        .deleteFrom('schedule_ticks')
        .where('line', '=', line)
        .where('tick', '<=', oldest.tick)
        .execute();
    }
    return true;
  });
}
