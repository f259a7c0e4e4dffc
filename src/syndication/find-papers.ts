// Which papers a feed holds, the newest first.
import { addDays, type Day, dayPeriod, type Instant, type Period } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import type { Db } from '../database/database.ts';
import { newestDay } from '../feed/load-period.ts';
import { listedSkeleton, taggedSkeleton, trendingSkeleton } from '../feed/skeleton.ts';
import { topicSkeleton } from '../feed/topic-skeleton.ts';
import type { MatchedBy } from '../search/search.ts';
import type { DatedPaper, FeedParts } from './feed-parts.ts';
import { type CrossedWithin, listCrossed, withVotes } from './threshold.ts';

/** Lists that votes have no part in are looked through so far for papers that have had enough. */
const MAX_LOOKED_AT = 500;
/** A saved search finds papers of so many days up to the newest. */
const SEARCHED_DAYS = 14;

export type Narrowing = { minVotes: number | undefined; limit: number };

/** Each paper once: on the first list that has it. */
export async function findListedPapers(
  { db, today }: FeedParts,
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  if (minVotes !== undefined) {
    return listCrossed(db, minVotes, { within: { listedUntil: today }, limit });
  }
  const rows = await db
    .selectFrom('day_entries')
    .select(['paper_key', 'day'])
    .where('day', '<=', today)
    .where('unlisted_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('day_entries as earlier')
            .select('earlier.day')
            .whereRef('earlier.paper_key', '=', 'day_entries.paper_key')
            .whereRef('earlier.day', '<', 'day_entries.day')
            .where('earlier.unlisted_at', 'is', null),
        ),
      ),
    )
    .orderBy('day', 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ paperKey: row.paper_key, day: row.day as Day }));
}

export async function findTrendingPapers(
  { db, today }: FeedParts,
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  if (minVotes !== undefined) return listCrossed(db, minVotes, { within: undefined, limit });
  const { items } = await trendingSkeleton(db, today, { limit, offset: 0 });
  return items.map(({ paperKey, day }) => ({ paperKey, ...(day ? { day } : {}) }));
}

/** The best of the period's lists, which are its top. */
export async function findTopPapers(
  { db }: FeedParts,
  period: Period,
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  if (minVotes !== undefined) return listCrossed(db, minVotes, { within: { period }, limit });
  return (await listedSkeleton(db, period, { limit, offset: 0 })).items;
}

/** `next` is where older ones begin. */
export async function findTaggedPapers(
  { db }: FeedParts,
  by: { category: string } | { author: string },
  { minVotes, limit, after }: Narrowing & { after: Cursor | undefined },
): Promise<{ papers: DatedPaper[]; next: Cursor | undefined }> {
  if (minVotes !== undefined) {
    const within: CrossedWithin = by;
    return { papers: await listCrossed(db, minVotes, { within, limit }), next: undefined };
  }
  const page = { limit, ...(after ? { after } : {}) };
  const { items, hasMore } = await taggedSkeleton(db, by, page);
  const last = items.at(-1);
  return { papers: items, next: hasMore && last ? await cursorOf(db, last.paperKey) : undefined };
}

/** What matches among the papers announced or listed of late, by publication. */
export async function findMatchingPapers(
  parts: FeedParts,
  { query, by }: { query: string; by: MatchedBy },
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  const { db, categories, today } = parts;
  const newest = await newestDay(db, categories, today);
  if (!newest) return [];
  const { end } = dayPeriod(newest);
  const days = { first: addDays(end, -SEARCHED_DAYS), end };
  const topic = { kind: 'search', query, by } as const;
  const found = await topicSkeleton(parts, topic, days, MAX_LOOKED_AT);
  const papers = await withVotes(db, found, minVotes);
  return newestOf(db, papers, limit);
}

export async function findVotedPapers(
  { db }: FeedParts,
  personId: string,
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  const rows = await db
    .selectFrom('votes')
    .select(['paper_key', 'voted_at'])
    .where('person_id', '=', personId)
    .orderBy('voted_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(minVotes === undefined ? limit : MAX_LOOKED_AT)
    .execute();
  const papers = rows.map((row) => ({ paperKey: row.paper_key, at: row.voted_at as Instant }));
  return (await withVotes(db, papers, minVotes)).slice(0, limit);
}

/** What an alert has found. */
export async function findAlertedPapers(
  { db }: FeedParts,
  alertId: string,
  { minVotes, limit }: Narrowing,
): Promise<DatedPaper[]> {
  const rows = await db
    .selectFrom('alert_matches')
    .select(['paper_key', 'matched_at'])
    .where('alert_id', '=', alertId)
    .orderBy('matched_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(minVotes === undefined ? limit : MAX_LOOKED_AT)
    .execute();
  const papers = rows.map((row) => ({ paperKey: row.paper_key, at: row.matched_at as Instant }));
  return (await withVotes(db, papers, minVotes)).slice(0, limit);
}

async function cursorOf(db: Db, key: number): Promise<Cursor | undefined> {
  const row = await db
    .selectFrom('papers')
    .select('published_at')
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { publishedAt: row.published_at as Instant, key };
}

async function newestOf(db: Db, papers: DatedPaper[], limit: number): Promise<DatedPaper[]> {
  if (papers.length === 0) return [];
  const byKey = new Map(papers.map((paper) => [paper.paperKey, paper]));
  const rows = await db
    .selectFrom('papers')
    .select('key')
    .where('key', 'in', [...byKey.keys()])
    .orderBy('published_at', 'desc')
    .orderBy('key', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => byKey.get(row.key) ?? []);
}
