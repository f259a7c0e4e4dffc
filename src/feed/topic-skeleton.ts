// The papers of some days that belong to a topic, whatever is told of them.
import { addDays, type Day, type Period } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Search } from '../search/search.ts';
import type { SkeletonItem } from './feed-item.ts';
import { listedSkeleton, trendingSkeleton } from './skeleton.ts';
import type { Topic } from './topic.ts';

/** From the first day up to the end, which is excluded. */
export type Days = { first: Day; end: Day };

export type TopicParts = {
  db: Db;
  search: Pick<Search, 'match'>;
  /** Throws `unavailable` rather than leave out papers of a search that the index does not know yet. */
  isWhole?: boolean;
};

/** As many papers of some days as are looked through. */
const MAX_PAPERS = 20_000;

/**
 * The papers of a topic on these days, the best first: lists in their own order, trending as it stands on the
 * last of the days, and what belongs to a category, an author or a search of all papers that were announced
 * or listed then.
 */
export async function topicSkeleton(
  { db, search, isWhole = false }: TopicParts,
  topic: Topic,
  days: Days,
  limit: number,
): Promise<SkeletonItem[]> {
  const page = { limit, offset: 0 };
  switch (topic.kind) {
    case 'trending':
      return (await trendingSkeleton(db, addDays(days.end, -1), page)).items;
    case 'list':
      return (await listedSkeleton(db, periodOf(days), page)).items;
    case 'category':
    case 'author':
      return (await papersOfDays(db, days, topic)).slice(0, limit);
    case 'search': {
      const items = await papersOfDays(db, days);
      const byKey = new Map(items.map((item) => [item.paperKey, item]));
      const among = [...byKey.keys()];
      const keys = await search.match(topic.query, { by: topic.by, among, isWhole });
      return keys.flatMap((key) => byKey.get(key) ?? []).slice(0, limit);
    }
  }
}

/** A list of several days is ordered as that of a week is. */
function periodOf({ first, end }: Days): Period {
  const isDay = addDays(first, 1) === end;
  return { kind: isDay ? 'day' : 'week', key: first, first, end };
}

/**
 * Every paper that was announced on one of the days or stands on one of their lists, by votes and then by
 * publication, each once and with its newest list.
 */
export async function papersOfDays(
  db: Db,
  { first, end }: Days,
  of?: { kind: 'category'; category: string } | { kind: 'author'; author: string },
): Promise<SkeletonItem[]> {
  let query = db
    .selectFrom('papers')
    .leftJoin('day_entries', (join) =>
      join
        .onRef('day_entries.paper_key', '=', 'papers.key')
        .on('day_entries.day', '>=', first)
        .on('day_entries.day', '<', end)
        .on('day_entries.unlisted_at', 'is', null),
    )
    .select(['papers.key', 'day_entries.day'])
    .where('papers.withdrawn_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('papers.announced_on', '>=', first), eb('papers.announced_on', '<', end)]),
        eb(
          'papers.key',
          'in',
          eb
            .selectFrom('day_entries as listed')
            .select('listed.paper_key')
            .where('listed.day', '>=', first)
            .where('listed.day', '<', end)
            .where('listed.unlisted_at', 'is', null),
        ),
      ]),
    );
  if (of?.kind === 'category') {
    query = query.where('papers.key', 'in', (eb) =>
      eb
        .selectFrom('paper_categories')
        .select('paper_key')
        .where('category', '=', of.category)
        .whereRef('paper_categories.published_at', '=', 'papers.published_at'),
    );
  }
  if (of?.kind === 'author') {
    query = query.where('papers.key', 'in', (eb) =>
      eb.selectFrom('paper_authors').select('paper_key').where('author_key', '=', of.author),
    );
  }
  const rows = await query
    .orderBy('papers.ranked_votes', 'desc')
    .orderBy('papers.published_at', 'desc')
    .orderBy('papers.key', 'desc')
    .orderBy('day_entries.day', 'desc')
    .limit(MAX_PAPERS)
    .execute();
  const items = new Map<number, SkeletonItem>();
  for (const { key, day } of rows) {
    if (items.has(key)) continue;
    items.set(key, { paperKey: key, ...(day === null ? {} : { day: day as Day }) });
  }
  return [...items.values()];
}
