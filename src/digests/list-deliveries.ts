// Single deliveries that an administrator looks at, and what waits.
import { sql } from 'kysely';
import { now } from '../base/calendar.ts';
import type { Database, Db } from '../database/database.ts';
import type { DeliveriesTable } from '../database/schema.ts';
import { isFree } from '../people/barred.ts';
import { databaseTime } from '../queue/job.ts';

export type ListedDelivery = {
  id: string;
  issue: string;
  email: string;
  state: DeliveriesTable['state'];
  attempts: number;
  problem: string | undefined;
  runAt: string;
  createdAt: string;
};

/** Values are written into statements here: SQLite uses a partial index only where it sees that its condition holds. */
const WAITING = sql.lit('waiting' as const);

/** The newest first; of one issue, or of all. */
export async function listDeliveries(
  db: Db,
  what: 'failed' | 'uncertain' | 'refused',
  { issue, limit }: { issue: string | undefined; limit: number },
): Promise<{ items: ListedDelivery[]; hasMore: boolean }> {
  let query = db.selectFrom('deliveries').selectAll();
  if (what === 'failed') query = query.where('state', '=', sql.lit('failed' as const));
  if (what === 'uncertain') query = query.where('is_uncertain', '=', sql.lit(1));
  if (what === 'refused') query = query.where('state', '=', WAITING).where('attempts', '>', 0);
  if (issue !== undefined) query = query.where('issue', '=', issue);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    issue: row.issue,
    email: row.email,
    state: row.state,
    attempts: Number(row.attempts),
    problem: row.problem ?? undefined,
    runAt: row.run_at,
    createdAt: row.created_at,
  }));
  return { items, hasMore: rows.length > limit };
}

export type Standing = {
  activeSubscriptions: number;
  nextDueAt: string | undefined;
  waiting: number;
  /** Waiting, and not before later: for their domain's turn or their next attempt. */
  waitingForLater: number;
};

export async function loadStanding(db: Db): Promise<Standing> {
  const at = now();
  const subscriptions = await db
    .selectFrom('subscriptions')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('next_at').as('next')])
    .where('state', '=', sql.lit('active' as const))
    .where(isFree('subscriptions.person_id'))
    .executeTakeFirstOrThrow();
  const waiting = await db
    .selectFrom('deliveries')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('run_at', '>', at).as('later'),
    ])
    .where('state', '=', WAITING)
    .executeTakeFirstOrThrow();
  return {
    activeSubscriptions: Number(subscriptions.count),
    nextDueAt: subscriptions.next ?? undefined,
    waiting: Number(waiting.count),
    waitingForLater: Number(waiting.later),
  };
}

/** Those that failed wait again, with all their attempts: one, or all of an issue. Returns how many. */
export async function retryFailed(
  database: Database,
  which: { id: string } | { issue: string },
): Promise<number> {
  const { numUpdatedRows } = await database.transact((tx) =>
    tx
      .updateTable('deliveries')
      .set({
        state: 'waiting',
        attempts: 0,
        run_at: databaseTime(database.engine),
        slot_at: null,
        problem: null,
      })
      .where('state', '=', sql.lit('failed' as const))
      .where((eb) => ('id' in which ? eb('id', '=', which.id) : eb('issue', '=', which.issue)))
      .executeTakeFirst(),
  );
  return Number(numUpdatedRows);
}
