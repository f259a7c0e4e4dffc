// Which papers a list holds, in which order: keys only.
import { sql } from 'kysely';
import { addDays, type Day, dayPeriod, type Period } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import type { Db } from '../database/database.ts';
import { newestListedDay } from '../days/entry-store.ts';
import type { SkeletonItem } from './feed-item.ts';
import { shuffleUnvoted, type TrendingReason, trendingScores } from './ranking.ts';

export type PageOf = { limit: number; offset: number };
export type Skeleton = { items: SkeletonItem[]; hasMore: boolean };

/** As many as the pages of a list reach. */
const MAX_OPEN_DAY = 10_000;

/** Trending looks at the entries of so many days up to the newest list, at the newest of them… */
const TRENDING_DAYS = 30;
const TRENDING_ENTRIES = 1_500;
/** …and at so many papers of any age with votes or comments here: those that changed last. */
const TRENDING_TALKED_ABOUT = 500;

/**
 * The lists of a day, week or month: what is pinned, the first pinned first, then by the votes that
 * weigh, then by the entry's publication time, both descending, as Hugging Face orders them; `isByDay` puts
 * the newest list first. A paper that was listed twice in the period stands once.
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
            .where('earlier.day', '>=', period.first)
            .where('earlier.unlisted_at', 'is', null),
        ),
      ),
    );
  }
  if (page.submitter !== undefined) {
    query = query.where(isSubmittedBy(page.submitter));
  }
  if (page.isByDay) query = query.orderBy('day_entries.day', 'desc');
  const rows = await query
    .orderBy(listOrder)
    .limit(page.limit + 1)
    .offset(page.offset)
    .execute();
  return pageOf(rows, page.limit);
}

/** A day's list as its page shows it: while the day is open, those that nobody voted for are shuffled. */
export function dayListSkeleton(
  db: Db,
  day: Day,
  { today, page }: { today: Day; page: PageOf },
): Promise<Skeleton> {
  return day === today ? openDaySkeleton(db, day, page) : listedSkeleton(db, dayPeriod(day), page);
}

async function openDaySkeleton(db: Db, day: Day, page: PageOf): Promise<Skeleton> {
  const rows = await entries(db)
    .select('day_entries.pinned_at')
    .select(isUnvoted.as('is_unvoted'))
    .where('day_entries.day', '=', day)
    .orderBy(listOrder)
    .limit(MAX_OPEN_DAY)
    .execute();
  const items = rows.map((row) => ({
    paperKey: row.paper_key,
    day,
    isUnvoted: Boolean(row.is_unvoted),
    isPinned: row.pinned_at !== null,
  }));
  const { offset, limit } = page;
  return {
    items: shuffleUnvoted(items, day)
      .slice(offset, offset + limit)
      .map(({ paperKey }) => ({ paperKey, day })),
    hasMore: items.length > offset + limit,
  };
}

/** Entries with their place on the list of their day, counted from 1. */
export function placedEntries(db: Db) {
  const place = sql<number>`row_number() over (partition by day_entries.day order by ${listOrder})`;
  return entries(db).select(place.as('place'));
}

/** The places of papers on the lists of their days, counted from 1, by `day key`. */
export async function placesOnLists(db: Db, items: SkeletonItem[]): Promise<Map<string, number>> {
  const listed = items.filter((item) => item.day !== undefined);
  if (listed.length === 0) return new Map();
  const days = [...new Set(listed.map((item) => item.day as Day))];
  const rows = await db
    .selectFrom(placedEntries(db).where('day_entries.day', 'in', days).as('places'))
    .select(['paper_key', 'day', 'place'])
    .where(
      'paper_key',
      'in',
      listed.map((item) => item.paperKey),
    )
    .execute();
  return new Map(rows.map((row) => [`${row.day} ${row.paper_key}`, Number(row.place)]));
}

/** All entries up to a day, the newest list first, each by publication time. */
export async function newestSkeleton(
  db: Db,
  until: Day,
  page: PageOf & { submitter?: string },
): Promise<Skeleton> {
  let query = db
    .selectFrom('day_entries')
    .select(['paper_key', 'day'])
    .where('day', '<=', until)
    .where('unlisted_at', 'is', null);
  if (page.submitter !== undefined) query = query.where(isSubmittedBy(page.submitter));
  const rows = await query
    .orderBy('day', 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(page.limit + 1)
    .offset(page.offset)
    .execute();
  return pageOf(rows, page.limit);
}

export type TrendingSkeleton = {
  items: (SkeletonItem & { why: TrendingReason })[];
  hasMore: boolean;
};

/**
 * The papers that are talked about, by `trendingScores`: of the newest lists, and of any age where people
 * here voted for them or commented on them. At most 2,000 take part.
 */
export async function trendingSkeleton(
  db: Db,
  today: Day,
  page: PageOf & { submitter?: string },
): Promise<TrendingSkeleton> {
  const newestDay = (await newestListedDay(db, today)) ?? today;
  const { submitter } = page;
  const rows = [
    ...(await recentlyListed(db, newestDay, submitter)),
    ...(submitter === undefined ? await talkedAbout(db, today) : []),
  ];
  const newest = new Map<number, (typeof rows)[number]>();
  for (const row of rows) {
    const known = newest.get(row.paper_key);
    if (!known || (known.day ?? '') < (row.day ?? '')) newest.set(row.paper_key, row);
  }
  const ranked = trendingScores(
    [...newest.values()].map((row) => ({
      paperKey: row.paper_key,
      votes: Number(row.votes),
      comments: Number(row.comments),
      day: (row.day ?? row.published_at.slice(0, 10)) as Day,
      category: row.primary_category ?? undefined,
    })),
    today,
  );
  const { offset, limit } = page;
  return {
    items: ranked.slice(offset, offset + limit).map(({ paperKey, why }) => {
      const day = newest.get(paperKey)?.day;
      return { paperKey, why, ...(day ? { day: day as Day } : {}) };
    }),
    hasMore: ranked.length > offset + limit,
  };
}

function recentlyListed(db: Db, newestDay: Day, submitter: string | undefined) {
  let query = db
    .selectFrom('papers')
    .innerJoin('day_entries', 'day_entries.paper_key', 'papers.key')
    .select(trendingColumns)
    .where('day_entries.day', '<=', newestDay)
    .where('day_entries.day', '>', addDays(newestDay, -TRENDING_DAYS))
    .where('day_entries.unlisted_at', 'is', null)
    .where('papers.withdrawn_at', 'is', null);
  if (submitter !== undefined) query = query.where(isSubmittedBy(submitter));
  return query
    .orderBy('day_entries.day', 'desc')
    .orderBy('day_entries.paper_key', 'desc')
    .limit(TRENDING_ENTRIES)
    .execute();
}

function talkedAbout(db: Db, today: Day) {
  return db
    .selectFrom('papers')
    .leftJoin('day_entries', (join) =>
      join
        .onRef('day_entries.paper_key', '=', 'papers.key')
        .on('day_entries.day', '<=', today)
        .on('day_entries.unlisted_at', 'is', null),
    )
    .select(trendingColumns)
    .where('papers.key', 'in', (eb) =>
      eb
        .selectFrom('papers')
        .select('key')
        // In the words of the index papers_talked_about, or SQLite would not use it.
        .where(sql<boolean>`(ranked_votes > 0 or comments > 0)`)
        .where('withdrawn_at', 'is', null)
        .orderBy('change', 'desc')
        .limit(TRENDING_TALKED_ABOUT),
    )
    .execute();
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

/** What is pinned, then votes here that weigh and those at the entry's origin, then publication. */
const listOrder = sql`
  case when day_entries.pinned_at is null then 1 else 0 end,
  day_entries.pinned_at,
  papers.ranked_votes + coalesce(paper_elsewhere.votes, 0) desc,
  day_entries.published_at desc,
  day_entries.paper_key desc`;

/** By the present handle of a person of this instance, or by the name at the list's origin. */
function isSubmittedBy(name: string) {
  return sql<boolean>`(
    (day_entries.person_id is null and day_entries.submitter = ${name})
    or day_entries.person_id in (select id from people where handle = ${name})
  )`;
}

/** Nobody voted for it, here or anywhere. */
const isUnvoted = sql<number | boolean>`
  papers.votes = 0 and not exists (
    select 1 from paper_elsewhere as anywhere
    where anywhere.paper_key = papers.key and anywhere.votes > 0
  )`;

/** As `hydrate` counts them, but of the votes here only those that weigh. */
const trendingColumns = [
  'papers.key as paper_key',
  'papers.published_at',
  'papers.primary_category',
  'day_entries.day',
  sql<number>`papers.ranked_votes + ${mostElsewhere('votes')}`.as('votes'),
  sql<number>`papers.comments + ${mostElsewhere('comments')}`.as('comments'),
] as const;

/** What the entry's origin counted; without an entry the highest of all counts. */
function mostElsewhere(column: 'votes' | 'comments') {
  return sql`coalesce((
    select max(${sql.ref(`paper_elsewhere.${column}`)}) from paper_elsewhere
    where paper_elsewhere.paper_key = papers.key
      and (day_entries.origin is null or paper_elsewhere.origin = day_entries.origin)
  ), 0)`;
}

/** Entries that stand on their lists. */
function entries(db: Db) {
  return db
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .leftJoin('paper_elsewhere', (join) =>
      join
        .onRef('paper_elsewhere.paper_key', '=', 'day_entries.paper_key')
        .onRef('paper_elsewhere.origin', '=', 'day_entries.origin'),
    )
    .select(['day_entries.paper_key', 'day_entries.day'])
    .where('day_entries.unlisted_at', 'is', null);
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
            .where('day_entries.unlisted_at', 'is', null)
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
