import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

/** Of a paper at a number of votes. Sorts by time, then by paper. */
export type Crossing = { paperKey: number; crossedAt: Instant };

/** The papers that have first had `votes` votes after the crossing `after`, the earliest first. */
export async function listCrossings(
  db: Db,
  { votes, after, limit }: { votes: number; after?: Crossing | undefined; limit: number },
): Promise<Crossing[]> {
  const rows = await db
    .selectFrom('vote_peaks')
    .select((eb) => ['paper_key', eb.fn.min('reached_at').as('reached')])
    .where('votes', '>=', votes)
    .groupBy('paper_key')
    .having((eb) => {
      const reached = eb.fn.min('reached_at');
      const [at, key] = [after?.crossedAt ?? '', after?.paperKey ?? -1];
      return eb.or([
        eb(reached, '>', at),
        eb.and([eb(reached, '=', at), eb('paper_key', '>', key)]),
      ]);
    })
    .orderBy('reached')
    .orderBy('paper_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ paperKey: row.paper_key, crossedAt: row.reached as Instant }));
}
