import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

export type Sanction = {
  kind: 'warn' | 'suspend' | 'ban';
  reason: string;
  until: Instant | undefined;
  at: Instant;
};

/** What moderators decided about somebody and did not take back, newest first; at most 50. */
export async function listSanctions(db: Db, personId: string): Promise<Sanction[]> {
  const rows = await db
    .selectFrom('sanctions')
    .select(['kind', 'reason', 'until', 'created_at'])
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    reason: row.reason,
    until: (row.until as Instant | null) ?? undefined,
    at: row.created_at as Instant,
  }));
}
