import { addDays, type Day, startOfDay } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { type Growth, growthOf } from '../pictures/growth.ts';
import { listDailyVotes } from '../votes/daily-votes.ts';

/** Long enough for a weekend to show, short enough to be news. */
const RISE_DAYS = 7;
/** Yesterday and today. */
const NEWS_DAYS = 2;

/** What a paper gained here in the last week. */
export type Rise = {
  votes: number;
  days: typeof RISE_DAYS;
  /** Those of today and yesterday among them. */
  newVotes: number;
  growth: Growth;
};

/** The rises of those of the papers that have one, by key; votes are counted by days of UTC. One query. */
export async function loadRises(
  db: Db,
  paperKeys: number[],
  today: Day,
): Promise<Map<number, Rise>> {
  const first = addDays(today, 1 - RISE_DAYS);
  const rows = await listDailyVotes(db, paperKeys, startOfDay(first));
  const byPaper = new Map<number, typeof rows>();
  for (const row of rows) {
    byPaper.set(row.paperKey, [...(byPaper.get(row.paperKey) ?? []), row]);
  }
  const news = addDays(today, 1 - NEWS_DAYS);
  const sum = (counts: typeof rows) => counts.reduce((total, { count }) => total + count, 0);
  return new Map(
    [...byPaper].map(([paperKey, counts]) => {
      // West of Greenwich it is tomorrow by UTC before the instance's day ends.
      const last = [today, counts.at(-1)?.day ?? today].sort().at(-1) as Day;
      const rise: Rise = {
        votes: sum(counts),
        days: RISE_DAYS,
        newVotes: sum(counts.filter(({ day }) => day >= news)),
        growth: growthOf(counts, first, last),
      };
      return [paperKey, rise];
    }),
  );
}
