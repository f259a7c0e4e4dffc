// A service may ask for one request at a time, and so many seconds between two, from all machines
// together. A row in the database says whose turn it is.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { databaseTime } from '../queue/job.ts';

const LONG_AGO = '1970-01-01T00:00:00.000Z';
/** Another holder may end early, so a waiting process looks again at least so often. */
const MAX_LOOK_MS = 1_000;

export type TurnOptions = {
  /** From the start of one request to the start of the next. */
  pauseMs: number;
  /** A holder that was killed loses its turn after this. */
  maxHoldMs: number;
  signal?: AbortSignal | undefined;
};

/** Waits for the turn at `service`, and keeps it while `work` runs. */
export async function withTurn<T>(
  database: Database,
  service: string,
  options: TurnOptions,
  work: () => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  for (;;) {
    options.signal?.throwIfAborted();
    const waitMs = await tryTurn(database, service, holder, options);
    if (waitMs === 0) break;
    await sleep(Math.min(waitMs, MAX_LOOK_MS), undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    await database.transact((tx) =>
      tx
        .updateTable('request_turns')
        .set({ holder: null, held_until: LONG_AGO })
        .where('service', '=', service)
        .where('holder', '=', holder)
        .execute(),
    );
  }
}

/** Takes the turn and returns 0, or returns in how many milliseconds it may come. */
async function tryTurn(
  database: Database,
  service: string,
  holder: string,
  options: TurnOptions,
): Promise<number> {
  const time = databaseTime(database.engine);
  return database.transact(async (tx) => {
    await tx
      .insertInto('request_turns')
      .values({ service, holder: null, held_until: LONG_AGO, next_at: LONG_AGO })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { numUpdatedRows } = await tx
      .updateTable('request_turns')
      .set({
        holder,
        held_until: databaseTime(database.engine, options.maxHoldMs),
        next_at: databaseTime(database.engine, options.pauseMs),
      })
      .where('service', '=', service)
      .where('held_until', '<=', time)
      .where('next_at', '<=', time)
      .executeTakeFirst();
    if (Number(numUpdatedRows) > 0) return 0;
    const row = await tx
      .selectFrom('request_turns')
      .select(['held_until', 'next_at', time.as('time')])
      .where('service', '=', service)
      .executeTakeFirstOrThrow();
    const freeAt = Math.max(Date.parse(row.held_until), Date.parse(row.next_at));
    return Math.max(5, freeAt - Date.parse(row.time));
  });
}

/** Nobody asks the service for so long: it said so. */
export async function leaveInPeace(
  database: Database,
  service: string,
  forMs: number,
): Promise<void> {
  const until = databaseTime(database.engine, forMs);
  await database.transact((tx) =>
    tx
      .updateTable('request_turns')
      .set({ next_at: sql`case when next_at > ${until} then next_at else ${until} end` })
      .where('service', '=', service)
      .execute(),
  );
}
