import type { Day } from '../base/calendar.ts';
import { now, startOfDay } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';

/** Marks papers whose registry deleted them; lists leave them out, their pages say it. */
export async function markWithdrawn(
  tx: Tx,
  deleted: { id: string; datestamp: Day }[],
): Promise<void> {
  for (const { id, datestamp } of deleted) {
    const paper = await tx
      .selectFrom('papers')
      .select('key')
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (!paper) continue;
    await tx
      .updateTable('papers')
      .set({
        withdrawn_at: startOfDay(datestamp),
        changed_at: now(),
        change: await takeChanges(tx, 1),
      })
      .where('key', '=', paper.key)
      .execute();
  }
}
