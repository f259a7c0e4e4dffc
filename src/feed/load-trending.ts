// What the page of trending papers shows.
import type { Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { FeedItem } from './feed-item.ts';
import { hydrate } from './hydrate.ts';
import { loadRises, type Rise } from './load-rises.ts';
import type { TrendingReason } from './ranking.ts';
import { type PageOf, placesOnLists, trendingSkeleton } from './skeleton.ts';

export type TrendingItem = FeedItem & {
  why: TrendingReason;
  /** Its place on its day's list, where it stands on one. */
  place: { day: Day; rank: number } | undefined;
  /** What it gained here in the last days, where it gained any votes. */
  rise: Rise | undefined;
};

export type TrendingPage = { items: TrendingItem[]; hasMore: boolean };

export async function loadTrending(db: Db, today: Day, page: PageOf): Promise<TrendingPage> {
  const skeleton = await trendingSkeleton(db, today, page);
  const items = await hydrate(db, skeleton.items, { isHtml: true });
  const places = await placesOnLists(db, skeleton.items);
  const rises = await loadRises(
    db,
    skeleton.items.map((item) => item.paperKey),
    today,
  );
  const reasons = new Map(skeleton.items.map((item) => [item.paperKey, item.why]));
  return {
    items: items.flatMap((item) => {
      const why = reasons.get(item.paper.key);
      const day = item.entry?.day;
      const rank = places.get(`${day} ${item.paper.key}`);
      if (!why) return [];
      const place = day && rank ? { day, rank } : undefined;
      return [{ ...item, why, place, rise: rises.get(item.paper.key) }];
    }),
    hasMore: skeleton.hasMore,
  };
}
