// How far the reading of a source got: what it needs to go on, in the transaction of what it brought.
import { type Instant, now } from '../base/calendar.ts';
import type { Db, Tx } from '../database/database.ts';

export async function findCheckpoint<T>(db: Db, id: string): Promise<T | undefined> {
  const row = await db
    .selectFrom('harvests')
    .select('checkpoint')
    .where('id', '=', id)
    .executeTakeFirst();
  return row && (JSON.parse(row.checkpoint) as T);
}

/** `reached`: everything up to then, by the source's clock, is in; left out, that does not change. */
export async function saveCheckpoint(
  tx: Tx,
  id: string,
  checkpoint: object,
  reached?: Instant,
): Promise<void> {
  const row = {
    checkpoint: JSON.stringify(checkpoint),
    changed_at: now(),
    ...(reached ? { reached } : {}),
  };
  await tx
    .insertInto('harvests')
    .values({ id, reached: null, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function dropCheckpoint(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('harvests').where('id', '=', id).execute();
}

export async function findReached(db: Db, id: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('harvests')
    .select('reached')
    .where('id', '=', id)
    .executeTakeFirst();
  return (row?.reached as Instant | null | undefined) ?? undefined;
}
