// What alerts have found, for their pages.
import { sql } from 'kysely';
import type { Day, Instant } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import type { Db } from '../database/database.ts';

export type Match = { paperId: string; title: string; day: Day; matchedAt: Instant };
export type Matches = { count: number; newest: Match[] };

/** By alert: how many papers it has found, and the newest of them. Two queries for them all. */
export async function loadMatches(
  db: Db,
  alertIds: string[],
  each: number,
): Promise<Map<string, Matches>> {
  const matches = new Map<string, Matches>();
  if (alertIds.length === 0) return matches;
  const counts = await db
    .selectFrom('alert_matches')
    .select((eb) => ['alert_id', eb.fn.countAll<number>().as('count')])
    .where('alert_id', 'in', alertIds)
    .groupBy('alert_id')
    .execute();
  for (const row of counts) matches.set(row.alert_id, { count: Number(row.count), newest: [] });
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('alert_matches')
        .selectAll()
        .select(
          sql<number>`row_number() over (
            partition by alert_id order by matched_at desc, day desc, paper_key desc
          )`.as('place'),
        )
        .where('alert_id', 'in', alertIds)
        .as('placed'),
    )
    .innerJoin('papers', 'papers.key', 'placed.paper_key')
    .select(['placed.alert_id', 'placed.day', 'placed.matched_at', 'papers.id', 'papers.title'])
    .where('placed.place', '<=', each)
    .orderBy('placed.alert_id')
    .orderBy('placed.place')
    .execute();
  for (const row of rows) {
    matches.get(row.alert_id)?.newest.push({
      paperId: row.id,
      title: renderTexText(row.title),
      day: row.day as Day,
      matchedAt: row.matched_at as Instant,
    });
  }
  return matches;
}
