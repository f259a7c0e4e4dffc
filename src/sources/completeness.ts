// The proof that nothing is missing, day by day and category by category: what the day's feed
// announced, what later harvests brought, and what of it is here.
import { sql } from 'kysely';
import { addDays, type Day, type Instant, startOfDay } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { isAnnouncementDay } from './arxiv/announcement-days.ts';
import { setOfCategory } from './arxiv/categories.ts';
import { harvestId } from './arxiv/harvest-oai.ts';
import { OAI_FORMATS } from './arxiv/oai.ts';
import { findReached } from './harvest-store.ts';

/**
 * unknown: the day's feed was never read, so nobody can say what is missing.
 * incomplete: something that was announced is not here.
 * pending: all that is known of is here, but the harvest of the next night has yet to confirm it.
 * complete: feed and harvest agree that nothing is missing.
 */
export type DayStatus = 'unknown' | 'incomplete' | 'pending' | 'complete';

export type CategoryDay = {
  category: string;
  status: DayStatus;
  polls: number;
  lastPollAt: Instant | undefined;
  /** Announced by the feed or known from a harvest. */
  announced: number;
  inFeed: number;
  inHarvest: number;
  held: number;
  /** Announced after the first reading of the day's feed. */
  late: number;
};

export type AnnouncementDay = {
  day: Day;
  /** The worst of its categories. */
  status: DayStatus;
  categories: CategoryDay[];
  /** Over all categories, each paper once. */
  announced: number;
  held: number;
  late: number;
  /** At most 20. */
  missing: string[];
  missingCount: number;
};

const SEVERITY: readonly DayStatus[] = ['complete', 'pending', 'unknown', 'incomplete'];
const MAX_NAMED = 20;
/** A harvest that answered on the second day after an announcement has seen all of it. */
const CONFIRMED_AFTER_DAYS = 1;

export type CompletenessOptions = {
  /** The newest day that may be spoken of. */
  until: Day;
  days: number;
  categories: string[];
  holidays: readonly Day[];
};

/**
 * The announcement days up to `until`, the newest first, and no older than the first that this
 * instance read or harvested; none before it ever did.
 */
export async function listAnnouncementDays(
  db: Db,
  options: CompletenessOptions,
): Promise<AnnouncementDay[]> {
  const { until, categories } = options;
  const since = addDays(until, -options.days + 1);
  const first = await firstKnownDay(db);
  if (!first || categories.length === 0) return [];
  const [polls, counts, papers, reached] = await Promise.all([
    loadPolls(db, since, until, categories),
    loadCounts(db, since, until, categories),
    loadPapers(db, since, until, categories),
    loadReached(db, categories),
  ]);
  const days: AnnouncementDay[] = [];
  for (let day = until; day >= since && day >= first; day = addDays(day, -1)) {
    const isExpected = isAnnouncementDay(day, options.holidays);
    const known = categories.map((category) => {
      const key = `${day} ${category}`;
      return { category, poll: polls.get(key), count: counts.get(key) };
    });
    const isEmpty = known.every(({ poll, count }) => !poll?.entries && !count);
    if (isEmpty && !isExpected) continue;
    const rows = known.map(({ category, poll, count }) => {
      const held = count?.held ?? 0;
      const announced = count?.announced ?? 0;
      const isConfirmed =
        (reached.get(category) ?? '') >= startOfDay(addDays(day, CONFIRMED_AFTER_DAYS));
      return {
        category,
        status: statusOf({
          isPolled: poll !== undefined,
          isAllHeld: held >= announced,
          isConfirmed,
        }),
        polls: poll?.polls ?? 0,
        lastPollAt: poll?.last_at as Instant | undefined,
        announced,
        inFeed: count?.inFeed ?? 0,
        inHarvest: count?.inHarvest ?? 0,
        held,
        late: count?.late ?? 0,
      };
    });
    const of = papers.get(day) ?? { announced: 0, held: 0, late: 0, missing: [] };
    days.push({
      day,
      status: worst(rows.map((row) => row.status)),
      categories: rows,
      announced: of.announced,
      held: of.held,
      late: of.late,
      missing: of.missing.slice(0, MAX_NAMED),
      missingCount: of.announced - of.held,
    });
  }
  return days;
}

function statusOf(facts: {
  isPolled: boolean;
  isAllHeld: boolean;
  isConfirmed: boolean;
}): DayStatus {
  if (!facts.isAllHeld) return 'incomplete';
  if (!facts.isPolled) return 'unknown';
  return facts.isConfirmed ? 'complete' : 'pending';
}

function worst(statuses: DayStatus[]): DayStatus {
  const rank = Math.max(...statuses.map((status) => SEVERITY.indexOf(status)));
  return SEVERITY[rank] ?? 'unknown';
}

async function firstKnownDay(db: Db): Promise<Day | undefined> {
  const row = await db
    .selectFrom('feed_polls')
    .select((eb) => eb.fn.min('day').as('day'))
    .executeTakeFirst();
  const known = await db
    .selectFrom('announcements')
    .select((eb) => eb.fn.min('day').as('day'))
    .executeTakeFirst();
  return [row?.day, known?.day].filter((day): day is string => Boolean(day)).sort()[0] as
    | Day
    | undefined;
}

async function loadPolls(db: Db, since: Day, until: Day, categories: string[]) {
  const rows = await db
    .selectFrom('feed_polls')
    .selectAll()
    .where('day', '>=', since)
    .where('day', '<=', until)
    .where('category', 'in', categories)
    .execute();
  return new Map(rows.map((row) => [`${row.day} ${row.category}`, row]));
}

/** Whether an announced paper is here, under its own or as a former name. */
const IS_HELD = sql<number>`case when
  exists (select 1 from papers where papers.id = announcements.paper_id) or
  exists (select 1 from paper_redirects where paper_redirects.id = announcements.paper_id)
  then 1 else 0 end`;

async function loadCounts(db: Db, since: Day, until: Day, categories: string[]) {
  const rows = await db
    .selectFrom('announcements')
    .select((eb) => [
      'day',
      'category',
      eb.fn.countAll<number>().as('announced'),
      eb.fn.count<number>('feed_at').as('inFeed'),
      eb.fn.count<number>('harvest_at').as('inHarvest'),
      eb.fn.count<number>('late_on').as('late'),
      sql<number>`sum(${IS_HELD})`.as('held'),
    ])
    .where('day', '>=', since)
    .where('day', '<=', until)
    .where('category', 'in', categories)
    .groupBy(['day', 'category'])
    .execute();
  return new Map(
    rows.map((row) => [
      `${row.day} ${row.category}`,
      {
        announced: Number(row.announced),
        inFeed: Number(row.inFeed),
        inHarvest: Number(row.inHarvest),
        late: Number(row.late),
        held: Number(row.held),
      },
    ]),
  );
}

type PapersOfDay = { announced: number; held: number; late: number; missing: string[] };

async function loadPapers(
  db: Db,
  since: Day,
  until: Day,
  categories: string[],
): Promise<Map<string, PapersOfDay>> {
  const papers = db
    .selectFrom('announcements')
    .select((eb) => ['day', 'paper_id', eb.fn.max('late_on').as('late_on'), IS_HELD.as('held')])
    .where('day', '>=', since)
    .where('day', '<=', until)
    .where('category', 'in', categories)
    .groupBy(['day', 'paper_id']);
  const totals = await db
    .selectFrom(papers.as('told'))
    .select((eb) => [
      'day',
      eb.fn.countAll<number>().as('announced'),
      eb.fn.sum<number>('held').as('held'),
      eb.fn.count<number>('late_on').as('late'),
    ])
    .groupBy('day')
    .execute();
  const missing = await db
    .selectFrom(papers.as('told'))
    .select(['day', 'paper_id'])
    .where('held', '=', 0)
    .orderBy('paper_id')
    .limit(1_000)
    .execute();
  return new Map(
    totals.map((row) => [
      row.day,
      {
        announced: Number(row.announced),
        held: Number(row.held),
        late: Number(row.late),
        missing: missing.filter(({ day }) => day === row.day).map(({ paper_id }) => paper_id),
      },
    ]),
  );
}

async function loadReached(db: Db, categories: string[]): Promise<Map<string, Instant>> {
  const reached = new Map<string, Instant>();
  for (const category of categories) {
    const ids = OAI_FORMATS.flatMap((format) => [
      harvestId(setOfCategory(category), format),
      harvestId(undefined, format),
    ]);
    const times = await Promise.all(ids.map((id) => findReached(db, id)));
    const at = times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1);
    if (at) reached.set(category, at);
  }
  return reached;
}
