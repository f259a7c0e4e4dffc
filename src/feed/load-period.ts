// What the pages of a day, a week and a month show.
import { sql } from 'kysely';
import { addDays, type Day, dayPeriod, type Period } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { type Edition, listEditions } from '../days/edition-store.ts';
import { listedDays } from '../days/entry-store.ts';
import type { FeedItem, FeedPage } from './feed-item.ts';
import { hydrate } from './hydrate.ts';
import { withoutWithdrawn } from './rules.ts';
import {
  announcedSkeleton,
  countAnnounced,
  dayListSkeleton,
  lateSkeleton,
  listedSkeleton,
  type PageOf,
  type Skeleton,
} from './skeleton.ts';

/** The first day that any instance can have a list of. */
const FIRST_DAY = '1991-08-14' as Day;

const MAX_LATE = 50;

export type DayView = 'list' | 'new';

export type DayPage = FeedPage & {
  day: Day;
  /** Which of the two is shown: a day without entries shows all that is new. */
  view: DayView;
  /** Papers on the list. */
  listed: number;
  /** Papers announced in the instance's categories that are not on the list. */
  announced: number;
  /** With the first page of all that is new: what was announced before and came late. */
  late: FeedItem[];
  previous: Day | undefined;
  next: Day | undefined;
  editions: Edition[];
};

export type PeriodPage = FeedPage & {
  period: Period;
  listed: number;
  days: { day: Day; entries: number }[];
  previous: Day | undefined;
  next: Day | undefined;
};

/** A day that has nothing has no items and nothing listed or announced. */
export async function loadDay(
  db: Db,
  day: Day,
  options: { categories: string[]; today: Day; view: DayView; page: PageOf },
): Promise<DayPage> {
  const { categories, today, page } = options;
  const period = dayPeriod(day);
  const listed = (await listedDays(db, period.first, period.end))[0]?.entries ?? 0;
  const announced = await countAnnounced(db, day, categories);
  const view = listed > 0 ? options.view : 'new';
  const skeleton =
    view === 'list'
      ? await dayListSkeleton(db, day, { today, page })
      : await announcedSkeleton(db, day, categories, page);
  const hasLate = view === 'new' && page.offset === 0;
  const late = hasLate ? (await lateSkeleton(db, day, categories, MAX_LATE)).items : [];
  const hydrated = await hydrate(db, [...late, ...skeleton.items], { isHtml: true });
  const lateKeys = new Set(late.map((item) => item.paperKey));
  const items = hydrated.filter((item) => !lateKeys.has(item.paper.key));
  return {
    day,
    view,
    listed,
    announced,
    items: view === 'list' ? items : withoutWithdrawn(items),
    hasMore: skeleton.hasMore,
    late: hydrated.filter((item) => lateKeys.has(item.paper.key)),
    previous: await dayBefore(db, day, categories),
    next: await dayAfter(db, day, categories, today),
    editions: await listEditions(db, period.first, period.end),
  };
}

export async function loadPeriod(
  db: Db,
  period: Period,
  options: { today: Day; page: PageOf },
): Promise<PeriodPage> {
  const days = await listedDays(db, period.first, period.end);
  const skeleton = await listedSkeleton(db, period, options.page);
  return {
    period,
    listed: days.reduce((sum, { entries }) => sum + entries, 0),
    days,
    items: await hydrate(db, skeleton.items, { isHtml: true }),
    hasMore: skeleton.hasMore,
    previous: await listedBefore(db, period.first),
    next: await listedAfter(db, addDays(period.end, -1), options.today),
  };
}

/** Hydrates a skeleton of papers that nobody chose. */
export async function loadPapersOf(
  db: Db,
  skeleton: Skeleton,
  isHtml: boolean,
): Promise<FeedPage & { last: FeedItem | undefined }> {
  const items = await hydrate(db, skeleton.items, { isHtml });
  return { items: withoutWithdrawn(items), hasMore: skeleton.hasMore, last: items.at(-1) };
}

/** The newest day up to today that has a list, announcements or an edition. */
export function newestDay(db: Db, categories: string[], today: Day): Promise<Day | undefined> {
  return dayBefore(db, addDays(today, 1), categories);
}

async function dayBefore(db: Db, day: Day, categories: string[]): Promise<Day | undefined> {
  return pick('last', [
    await listedBefore(db, day),
    await announcedNear(db, day, categories, 'before', FIRST_DAY),
    await editionNear(db, day, 'before', FIRST_DAY),
  ]);
}

async function dayAfter(
  db: Db,
  day: Day,
  categories: string[],
  today: Day,
): Promise<Day | undefined> {
  return pick('first', [
    await listedAfter(db, day, today),
    await announcedNear(db, day, categories, 'after', today),
    await editionNear(db, day, 'after', today),
  ]);
}

function pick(which: 'first' | 'last', days: (Day | undefined)[]): Day | undefined {
  const sorted = days.filter((day) => day !== undefined).sort();
  return which === 'first' ? sorted[0] : sorted.at(-1);
}

async function listedBefore(db: Db, day: Day): Promise<Day | undefined> {
  const row = await db
    .selectFrom('day_entries')
    .select('day')
    .where('day', '<', day)
    .where('unlisted_at', 'is', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.day as Day | undefined;
}

async function listedAfter(db: Db, day: Day, until: Day): Promise<Day | undefined> {
  const row = await db
    .selectFrom('day_entries')
    .select('day')
    .where('day', '>', day)
    .where('day', '<=', until)
    .where('unlisted_at', 'is', null)
    .orderBy('day')
    .limit(1)
    .executeTakeFirst();
  return row?.day as Day | undefined;
}

async function announcedNear(
  db: Db,
  day: Day,
  categories: string[],
  side: 'before' | 'after',
  bound: Day,
): Promise<Day | undefined> {
  if (categories.length === 0) return undefined;
  const row = await db
    .selectFrom('papers')
    .select('announced_on')
    .where('announced_on', side === 'before' ? '<' : '>', day)
    .where('announced_on', side === 'before' ? '>=' : '<=', bound)
    .where('withdrawn_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('paper_categories')
          .select(sql`1`.as('one'))
          .where('paper_categories.category', 'in', categories)
          .whereRef('paper_categories.published_at', '=', 'papers.published_at')
          .whereRef('paper_categories.paper_key', '=', 'papers.key'),
      ),
    )
    .orderBy('announced_on', side === 'before' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();
  return row?.announced_on as Day | undefined;
}

async function editionNear(
  db: Db,
  day: Day,
  side: 'before' | 'after',
  bound: Day,
): Promise<Day | undefined> {
  const row = await db
    .selectFrom('editions')
    .select('day')
    .where('day', side === 'before' ? '<' : '>', day)
    .where('day', side === 'before' ? '>=' : '<=', bound)
    .orderBy('day', side === 'before' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();
  return row?.day as Day | undefined;
}
