// How many papers a name or a category had over time, and how many votes these have.
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { addDays, addMonths, type Day, parseWeek, weekOf } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Timeline } from '../pictures/timeline-plot.tsx';

/** A category is shown up to its newest paper, this far back: what it was long ago says little of it. */
const CATEGORY_MONTHS = 24;
/** What began later is shown by weeks, and never fewer than some, or two bars would look like a development. */
const MAX_WEEKS = 26;
const MIN_WEEKS = 8;
/** What goes back longer is shown by years. */
const MAX_MONTHS = 36;
/** With fewer papers the list itself shows as much. */
const MIN_PAPERS = 3;

/** A large category takes a fifth of a second to count, and does not change its shape from vote to vote. */
const KEPT_MS = 600_000;
const MAX_KEPT = 200;

type Period = Timeline['periods'][number];
type Tag = { author: string } | { category: string };

/** Undefined where there is too little to draw. One query. */
export async function loadAuthorTimeline(db: Db, author: string): Promise<Timeline | undefined> {
  return timelineOf(await countDays(db, { author }, undefined));
}

/**
 * The same for categories, of the last two years. What it has counted stays true for ten minutes, whatever
 * comes in meanwhile.
 */
export function createCategoryTimeline(
  db: Db,
): (category: string) => Promise<Timeline | undefined> {
  const kept = new Map<string, { timeline: Promise<Timeline | undefined>; until: number }>();
  return (category) => {
    const known = kept.get(category);
    if (known && known.until > Date.now()) return known.timeline;
    kept.delete(category);
    const timeline = countNewest(db, category).then(timelineOf);
    kept.set(category, { timeline, until: Date.now() + KEPT_MS });
    timeline.catch(() => kept.delete(category));
    const oldest = kept.size > MAX_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return timeline;
  };
}

/** A month at a time: SQLite answers in the thread that serves pages, and others are let in between. */
async function countNewest(db: Db, category: string): Promise<Period[]> {
  const newest = await findNewestMonth(db, category);
  if (!newest) return [];
  const days: Period[] = [];
  for (let back = CATEGORY_MONTHS - 1; back >= 0; back--) {
    const first = addMonths(newest, -back);
    days.push(...(await countDays(db, { category }, { first, end: addMonths(first, 1) })));
    await setImmediate();
  }
  return days;
}

async function findNewestMonth(db: Db, category: string): Promise<Day | undefined> {
  const row = await db
    .selectFrom('paper_categories')
    .select('published_at')
    .where('category', '=', category)
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && startOfMonth(row.published_at);
}

/** The days that have papers, oldest first. Reads indexes only, never the papers themselves. */
async function countDays(
  db: Db,
  tag: Tag,
  span: { first: Day; end: Day } | undefined,
): Promise<Period[]> {
  const [table, column, value] =
    'author' in tag
      ? (['paper_authors', 'author_key', tag.author] as const)
      : (['paper_categories', 'category', tag.category] as const);
  // Both tables are keyed (name, published_at, paper_key); the query is the same on either.
  let query = db
    .selectFrom(`${table} as tagged` as 'paper_authors as tagged')
    .select((eb) => [
      sql<Day>`substr(tagged.published_at, 1, 10)`.as('day'),
      eb.fn.countAll<number>().as('papers'),
      // As a list counts them: here, and the most that were counted elsewhere.
      sql<number>`sum(
        (select count(*) from votes where votes.paper_key = tagged.paper_key)
        + coalesce((
          select max(paper_elsewhere.votes) from paper_elsewhere
          where paper_elsewhere.paper_key = tagged.paper_key
        ), 0)
      )`.as('votes'),
    ])
    .where(`tagged.${column}` as 'tagged.author_key', '=', value);
  if (span) {
    query = query
      .where('tagged.published_at', '>=', span.first)
      .where('tagged.published_at', '<', span.end);
  }
  const rows = await query
    .groupBy(sql`substr(tagged.published_at, 1, 10)`)
    .orderBy('day')
    .execute();
  return rows.map(({ day, papers, votes }) => ({
    first: day,
    papers: Number(papers),
    votes: Number(votes),
  }));
}

/** Without gaps, by weeks, months or years, whichever the time from the first paper to the last one asks for. */
function timelineOf(days: Period[]): Timeline | undefined {
  const [first, last] = [days[0]?.first, days.at(-1)?.first];
  const papers = days.reduce((sum, day) => sum + day.papers, 0);
  if (!first || !last || papers < MIN_PAPERS) return undefined;
  if (first < addMonths(startOfMonth(last), 1 - MAX_MONTHS)) {
    return { unit: 'year', periods: grouped(days, startOfYear, (year) => addMonths(year, 12)) };
  }
  const lastWeek = startOfWeek(last);
  const nextWeek = (week: Day) => addDays(week, 7);
  if (first < addDays(lastWeek, 7 * (1 - MAX_WEEKS))) {
    return { unit: 'month', periods: grouped(days, startOfMonth, (month) => addMonths(month, 1)) };
  }
  const begin = empty(addDays(lastWeek, 7 * (1 - MIN_WEEKS)));
  const padded = begin.first < first ? [begin, ...days] : days;
  return { unit: 'week', periods: grouped(padded, startOfWeek, nextWeek) };
}

/** The periods that begin as `startOf` says, with those between that have nothing. */
function grouped(days: Period[], startOf: (day: Day) => Day, next: (start: Day) => Day): Period[] {
  const periods = new Map<Day, Period>();
  const last = startOf(days.at(-1)?.first as Day);
  for (let start = startOf(days[0]?.first as Day); start <= last; start = next(start)) {
    periods.set(start, empty(start));
  }
  for (const { first, papers, votes } of days) {
    const period = periods.get(startOf(first)) as Period;
    period.papers += papers;
    period.votes += votes;
  }
  return [...periods.values()];
}

function empty(first: Day): Period {
  return { first, papers: 0, votes: 0 };
}

function startOfWeek(day: Day): Day {
  return parseWeek(weekOf(day)).first;
}

function startOfMonth(time: string): Day {
  return `${time.slice(0, 7)}-01` as Day;
}

function startOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01` as Day;
}
