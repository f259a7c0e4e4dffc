// Old deliveries go: issues look back a year for what a reader was told of.
import type { Database } from '../database/database.ts';

const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** Those that wait or are on their way stay, however old. */
export async function tidyDeliveries(database: Database, at = new Date()): Promise<number> {
  const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  let count = 0;
  for (;;) {
    const deleted = await database.transact(async (tx) => {
      const old = tx
        .selectFrom('deliveries')
        .select('id')
        .where('created_at', '<', before)
        .where('state', 'not in', ['waiting', 'sending'])
        .limit(BATCH);
      const result = await tx.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    });
    count += deleted;
    if (deleted < BATCH) return count;
  }
}
