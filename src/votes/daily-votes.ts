// When votes were cast here. Votes elsewhere are known by their number only.
import { sql } from 'kysely';
import type { Day, Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

export type DayVotes = { paperKey: number; day: Day; count: number };

/** Votes by the day (UTC) on which they were cast, oldest first; of the given papers, from `since` on. One query. */
export async function listDailyVotes(
  db: Db,
  paperKeys: number[],
  since?: Instant,
): Promise<DayVotes[]> {
  if (paperKeys.length === 0) return [];
  let query = db
    .selectFrom('votes')
    .select((eb) => [
      'paper_key',
      sql<Day>`substr(voted_at, 1, 10)`.as('day'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('paper_key', 'in', paperKeys);
  if (since !== undefined) query = query.where('voted_at', '>=', since);
  const rows = await query
    .groupBy(['paper_key', sql`substr(voted_at, 1, 10)`])
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ paperKey: row.paper_key, day: row.day, count: Number(row.count) }));
}
