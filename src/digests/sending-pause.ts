// While the mail server takes nothing from anyone, all processes leave it in peace, longer each time, and no
// delivery loses an attempt.
import { now } from '../base/calendar.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { databaseTime } from '../queue/job.ts';

export type SendingPause = { failures: number; problem: string; beganAt: string; until: string };

const SERVER = 'mail server';
const MAX_PAUSE_MS = 600_000;

export async function findPause(db: Db): Promise<SendingPause | undefined> {
  const row = await db
    .selectFrom('sending_pauses')
    .selectAll()
    .where('name', '=', SERVER)
    .executeTakeFirst();
  if (!row) return undefined;
  const { failures, problem, began_at: beganAt, until } = row;
  return { failures: Number(failures), problem, beganAt, until };
}

/** The pause begins, or goes on twice as long; true when it is a new one. */
export async function pauseSending(
  tx: Tx,
  { engine }: Database,
  { problem, firstMs }: { problem: string; firstMs: number },
): Promise<boolean> {
  const at = now();
  const row = await tx
    .insertInto('sending_pauses')
    .values({ name: SERVER, failures: 1, problem, began_at: at, until: at })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ failures: eb('sending_pauses.failures', '+', 1), problem }))
        // Of several connections that fail together the first has begun it.
        .where('sending_pauses.until', '<=', databaseTime(engine)),
    )
    .returning('failures')
    .executeTakeFirst();
  if (!row) return false;
  const failures = Number(row.failures);
  const pauseMs = Math.min(firstMs * 2 ** (failures - 1), MAX_PAUSE_MS);
  await tx
    .updateTable('sending_pauses')
    .set({ until: databaseTime(engine, pauseMs) })
    .where('name', '=', SERVER)
    .execute();
  return failures === 1;
}

/** The server takes mail again. */
export async function endPause(tx: Tx): Promise<void> {
  await tx.deleteFrom('sending_pauses').where('name', '=', SERVER).execute();
}
