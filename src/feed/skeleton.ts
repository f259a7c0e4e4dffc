// Which papers a list holds, in which order: keys only.
import { sql } from 'kysely';
import type { Day, Period } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import type { Db } from '../database/database.ts';
import type { SkeletonItem } from './feed-item.ts';
import { trendingScore } from './ranking.ts';

export type PageOf = { limit: number; offset: number };
export type Skeleton = { items: SkeletonItem[]; hasMore: boolean };

/** Entries that trending looks at: the newest ones, and no older than this. */
const TRENDING_CANDIDATES = 2_000;

/**
 * The lists of a day, week or month: by votes, then the entry's publication time, both descending,
 * as Hugging Face orders them; `isByDay` puts the newest list first. A paper that was listed twice in
 * the period stands once.
 */
export async function listedSkeleton(
  db: Db,
  period: Period,
  page: PageOf & { submitter?: string; isByDay?: boolean },
): Promise<Skeleton> {
  let query = entries(db)
    .where('day_entries.day', '>=', period.first)
    .where('day_entries.day', '<', period.end);
  if (period.kind !== 'day') {
    query = query.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('day_entries as earlier')
            .select(sql`1`.as('one'))
            .whereRef('earlier.paper_key', '=', 'day_entries.paper_key')
            .whereRef('earlier.day', '<', 'day_entries.day')
            .where('earlier.day', '>=', period.first),
        ),
      ),
    );
  }
  if (page.submitter !== undefined) {
    query = query.where('day_entries.submitter', '=', page.submitter);
  }
  if (page.isByDay) query = query.orderBy('day_entries.day', 'desc');
  const rows = await query
    .orderBy(votesOfEntry, 'desc')
    .orderBy('day_entries.published_at', 'desc')
    .orderBy('day_entries.paper_key', 'desc')
    .limit(page.limit + 1)
    .offset(page.offset)
    .execute();
  return pageOf(rows, page.limit);
}

/** All entries up to a day, the newest list first, each by publication time. */
export async function newestSkeleton(
  db: Db,
  until: Day,
  page: PageOf & { submitter?: string },
): Promise<Skeleton> {
  let query = db.selectFrom('day_entries').select(['paper_key', 'day']).where('day', '<=', until);
  if (page.submitter !== undefined) query = query.where('submitter', '=', page.submitter);
  const rows = await query
    .orderBy('day', 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(page.limit + 1)
    .offset(page.offset)
    .execute();
  return pageOf(rows, page.limit);
}

/** The newest entries by `trendingScore`; at most 2,000 take part. */
export async function trendingSkeleton(
  db: Db,
  until: Day,
  page: PageOf & { submitter?: string },
): Promise<Skeleton> {
  let query = entries(db).where('day_entries.day', '<=', until);
  if (page.submitter !== undefined) {
    query = query.where('day_entries.submitter', '=', page.submitter);
  }
  const rows = await query
    .select(votesOfEntry.as('votes'))
    .orderBy('day_entries.day', 'desc')
    .orderBy('day_entries.paper_key', 'desc')
    .limit(TRENDING_CANDIDATES)
    .execute();
  const newest = new Map<number, (typeof rows)[number]>();
  for (const row of rows) if (!newest.has(row.paper_key)) newest.set(row.paper_key, row);
  const scored = [...newest.values()].map((row) => ({
    row,
    score: trendingScore(Number(row.votes), row.day as Day, until),
  }));
  scored.sort((a, b) => b.score - a.score || b.row.paper_key - a.row.paper_key);
  const rest = scored.slice(page.offset, page.offset + page.limit + 1).map(({ row }) => row);
  return pageOf(rest, page.limit);
}

/** Papers announced on a day in the given categories that no list of that day holds, newest first. */
export async function announcedSkeleton(
  db: Db,
  day: Day,
  categories: string[],
  page: PageOf,
): Promise<Skeleton> {
  const rows = await announced(db, day, categories)
    .select('papers.key as paper_key')
    .orderBy('papers.published_at', 'desc')
    .orderBy('papers.key', 'desc')
    .limit(page.limit + 1)
    .offset(page.offset)
    .execute();
  return pageOf(rows, page.limit);
}

export async function countAnnounced(db: Db, day: Day, categories: string[]): Promise<number> {
  const row = await announced(db, day, categories)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Papers of earlier announcements that came too late for their own day's first list, and are marked on `day`. */
export async function lateSkeleton(
  db: Db,
  day: Day,
  categories: string[],
  limit: number,
): Promise<Skeleton> {
  const rows = await db
    .selectFrom('papers')
    .select('papers.key as paper_key')
    .where('papers.withdrawn_at', 'is', null)
    .where('papers.announced_on', '<', day)
    .where('papers.id', 'in', (eb) =>
      eb
        .selectFrom('announcements')
        .select('paper_id')
        .where('late_on', '=', day)
        .where('category', 'in', categories.length > 0 ? categories : ['']),
    )
    .orderBy('papers.announced_on', 'desc')
    .orderBy('papers.published_at', 'desc')
    .orderBy('papers.key', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit);
}

/** All papers by time of publication, newest first. */
export async function publishedSkeleton(
  db: Db,
  page: { limit: number; after?: Cursor },
): Promise<Skeleton> {
  let query = db.selectFrom('papers').select('key as paper_key').where('withdrawn_at', 'is', null);
  const { after } = page;
  if (after) {
    query = query.where((eb) =>
      eb(eb.refTuple('published_at', 'key'), '<', eb.tuple(after.publishedAt, after.key)),
    );
  }
  const rows = await query
    .orderBy('published_at', 'desc')
    .orderBy('key', 'desc')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit);
}

/** A name's or a category's papers, newest first. */
export async function taggedSkeleton(
  db: Db,
  by: { author: string } | { category: string },
  page: { limit: number; after?: Cursor },
): Promise<Skeleton> {
  const [table, column, value] =
    'author' in by
      ? (['paper_authors', 'author_key', by.author] as const)
      : (['paper_categories', 'category', by.category] as const);
  const { after } = page;
  // Both tables are keyed (name, published_at, paper_key); the query is the same on either.
  let query = db
    .selectFrom(table as 'paper_authors')
    .select('paper_key')
    .where(column as 'author_key', '=', value);
  if (after) {
    query = query.where((eb) =>
      eb(eb.refTuple('published_at', 'paper_key'), '<', eb.tuple(after.publishedAt, after.key)),
    );
  }
  const rows = await query
    .orderBy('published_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit);
}

/** Votes here and at the entry's origin. */
const votesOfEntry = sql<number>`papers.votes + coalesce(paper_elsewhere.votes, 0)`;

function entries(db: Db) {
  return db
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .leftJoin('paper_elsewhere', (join) =>
      join
        .onRef('paper_elsewhere.paper_key', '=', 'day_entries.paper_key')
        .onRef('paper_elsewhere.origin', '=', 'day_entries.origin'),
    )
    .select(['day_entries.paper_key', 'day_entries.day']);
}

function announced(db: Db, day: Day, categories: string[]) {
  return db
    .selectFrom('papers')
    .where('papers.announced_on', '=', day)
    .where('papers.withdrawn_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('paper_categories')
          .select(sql`1`.as('one'))
          .where('paper_categories.category', 'in', categories.length > 0 ? categories : [''])
          .whereRef('paper_categories.published_at', '=', 'papers.published_at')
          .whereRef('paper_categories.paper_key', '=', 'papers.key'),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('day_entries')
            .select(sql`1`.as('one'))
            .where('day_entries.day', '=', day)
            .whereRef('day_entries.paper_key', '=', 'papers.key'),
        ),
      ),
    );
}

function pageOf(rows: { paper_key: number; day?: string }[], limit: number): Skeleton {
  return {
    items: rows.slice(0, limit).map((row) => ({
      paperKey: row.paper_key,
      ...(row.day === undefined ? {} : { day: row.day as Day }),
    })),
    hasMore: rows.length > limit,
  };
}
