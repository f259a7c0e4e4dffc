import type { Day, Period } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { FeedItem, SkeletonItem } from './feed-item.ts';
import { hydrate } from './hydrate.ts';
import { placedEntries } from './skeleton.ts';

export type BestOfDay = { day: Day; items: FeedItem[] };

/**
 * The first papers of each day's list in a period, in the order of the list; oldest day first. A paper that
 * was listed on several days is among the best of each. One query and those of `hydrate`, however long the period is.
 */
export async function loadBestOfDays(
  db: Db,
  period: Period,
  { perDay }: { perDay: number },
): Promise<BestOfDay[]> {
  const skeleton = await bestSkeleton(db, period, perDay);
  const items = await hydrate(db, skeleton, { isHtml: true });
  const days = [...new Set(skeleton.map(({ day }) => day))];
  return days.map((day) => ({ day, items: items.filter(({ entry }) => entry?.day === day) }));
}

async function bestSkeleton(
  db: Db,
  period: Period,
  perDay: number,
): Promise<(SkeletonItem & { day: Day })[]> {
  const rows = await db
    .selectFrom(
      placedEntries(db)
        .where('day_entries.day', '>=', period.first)
        .where('day_entries.day', '<', period.end)
        .as('places'),
    )
    .select(['paper_key', 'day'])
    .where('place', '<=', perDay)
    .orderBy('day')
    .orderBy('place')
    .execute();
  return rows.map((row) => ({ paperKey: row.paper_key, day: row.day as Day }));
}
