// The papers of some days that belong to a topic, whatever is told of them.
import { sql } from 'kysely';
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

export type TaggedTopic = Extract<Topic, { kind: 'category' | 'author' }>;

/**
 * Every paper that was announced on one of the days or stands on one of their lists, by votes and then by
 * publication, each once and with its newest list.
 */
export async function papersOfDays(
  db: Db,
  { first, end }: Days,
  of?: TaggedTopic,
): Promise<SkeletonItem[]> {
  let query = db
    .selectFrom('papers')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('day_entries')
          .select((listed) => ['paper_key', listed.fn.max('day').as('day')])
          .where('day', '>=', first)
          .where('day', '<', end)
          .where('unlisted_at', 'is', null)
          .groupBy('paper_key')
          .as('listed'),
      (join) => join.onRef('listed.paper_key', '=', 'papers.key'),
    )
    .select(['papers.key', 'listed.day'])
    .where('papers.withdrawn_at', 'is', null)
    // One list of keys, which both engines look up: of two conditions with "or" they would read every paper.
    .where('papers.key', 'in', (eb) =>
      eb
        .selectFrom('papers as announced')
        .select('announced.key')
        .where('announced.announced_on', '>=', first)
        .where('announced.announced_on', '<', end)
        .union(
          eb
            .selectFrom('day_entries as entries')
            .select('entries.paper_key as key')
            .where('entries.day', '>=', first)
            .where('entries.day', '<', end)
            .where('entries.unlisted_at', 'is', null),
        ),
    );
  if (of) query = query.where(isTagged(of));
  const rows = await query
    .orderBy(sql`papers.ranked_votes + ${mostElsewhere} desc`)
    .orderBy('papers.published_at', 'desc')
    .orderBy('papers.key', 'desc')
    .limit(MAX_PAPERS)
    .execute();
  return rows.map(({ key, day }) => ({
    paperKey: key,
    ...(day === null ? {} : { day: day as Day }),
  }));
}

const mostElsewhere = sql`coalesce((
  select max(votes) from paper_elsewhere where paper_elsewhere.paper_key = papers.key
), 0)`;

function isTagged(of: TaggedTopic) {
  if (of.kind === 'author') {
    return sql<boolean>`exists (
      select 1 from paper_authors where author_key = ${of.author}
      and paper_authors.published_at = papers.published_at and paper_authors.paper_key = papers.key
    )`;
  }
  const isCategory = sql<boolean>`exists (
    select 1 from paper_categories where category = ${of.category}
    and paper_categories.published_at = papers.published_at and paper_categories.paper_key = papers.key
  )`;
  if (of.category.includes('.')) return isCategory;
  // An archive, such as cs, stands for all of its categories.
  return sql<boolean>`(${isCategory} or papers.categories like ${`%"${of.category}.%`})`;
}
