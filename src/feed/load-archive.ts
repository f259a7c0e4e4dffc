// What a year of the archive shows: which days have something, and how much.
import { sql } from 'kysely';
import type { Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { listedDays } from '../days/entry-store.ts';

export type ArchiveYear = {
  year: number;
  /** The days with a list, oldest first. */
  listed: { day: Day; entries: number }[];
  /** The days without one on which papers were announced in the instance's categories. */
  announced: Day[];
  /** The years from the first to the last day that has either; undefined where none has. */
  years: { first: number; last: number } | undefined;
};

type Options = { categories: string[]; today: Day };

/** A fixed number of queries; what lies after today is left out. */
export async function loadArchiveYear(
  db: Db,
  year: number,
  options: Options,
): Promise<ArchiveYear> {
  const first = startOfYear(year);
  const next = startOfYear(year + 1);
  const listed = (await listedDays(db, first, next)).filter(({ day }) => day <= options.today);
  const withList = new Set(listed.map(({ day }) => day));
  const announced = await announcedDays(db, { first, end: next }, options);
  return {
    year,
    listed,
    announced: announced.filter((day) => !withList.has(day)),
    years: await findYears(db, options),
  };
}

/** The newest year that has something. */
export async function findNewestYear(db: Db, options: Options): Promise<number | undefined> {
  return (await findYears(db, options))?.last;
}

function startOfYear(year: number): Day {
  return `${String(year).padStart(4, '0')}-01-01` as Day;
}

/** Steps from each day to the next in an index, instead of reading all papers of a year. */
async function announcedDays(
  db: Db,
  { first, end }: { first: Day; end: Day },
  { categories, today }: Options,
): Promise<Day[]> {
  if (categories.length === 0) return [];
  const nextDay = (from: ReturnType<typeof sql>) => sql`(
    select announced_on from papers
    where ${from} and announced_on < ${end} and announced_on <= ${today} and ${isOurs(categories)}
    order by announced_on limit 1
  )`;
  const { rows } = await sql<{ day: Day }>`
    with recursive days (day) as (
      select ${nextDay(sql`announced_on >= ${first}`)}
      union all
      select ${nextDay(sql`announced_on > days.day`)} from days where days.day is not null
    )
    select day from days where day is not null order by day`.execute(db);
  return rows.map(({ day }) => day);
}

async function findYears(db: Db, { categories, today }: Options): Promise<ArchiveYear['years']> {
  const listed = (order: 'asc' | 'desc') =>
    db
      .selectFrom('day_entries')
      .select('day')
      .where('day', '<=', today)
      .where('unlisted_at', 'is', null)
      .orderBy('day', order)
      .limit(1)
      .executeTakeFirst();
  const announced = (order: 'asc' | 'desc') =>
    db
      .selectFrom('papers')
      .select('announced_on as day')
      .where('announced_on', '<=', today)
      .where(isOurs(categories))
      .orderBy('announced_on', order)
      .limit(1)
      .executeTakeFirst();
  const hasAnnounced = categories.length > 0;
  const days = [
    await listed('asc'),
    await listed('desc'),
    ...(hasAnnounced ? [await announced('asc'), await announced('desc')] : []),
  ];
  const years = days.flatMap((row) => (row?.day ? [Number(row.day.slice(0, 4))] : []));
  return years.length > 0 ? { first: Math.min(...years), last: Math.max(...years) } : undefined;
}

/** As the page of a day counts what was announced. */
function isOurs(categories: string[]) {
  return sql<boolean>`papers.withdrawn_at is null and exists (
    select 1 from paper_categories
    where paper_categories.category in (${sql.join(categories)})
      and paper_categories.published_at = papers.published_at
      and paper_categories.paper_key = papers.key
  )`;
}
