// What was announced on which day in which category, whoever said so: the feed of the day, or a
// later harvest. It is written down whether or not the paper itself could be taken in, so that what
// is missing can be named.
import { addDays, type Day, type Instant } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import { announcementDayAfter } from './arxiv/announcement-days.ts';

export type Announcement = { id: string; kind: 'new' | 'cross' };

const ID_CHUNK = 500;
/** A feed of so many days after the day that a harvest took for the announcement corrects it. */
const CORRECTED_WITHIN_DAYS = 7;

/**
 * Writes down one reading of a category's feed. What is not in a day's first reading is late: it is
 * marked on the next announcement day. A new paper that a harvest had put on an earlier day by its
 * dates alone moves to the feed's day.
 */
export async function recordFeed(
  tx: Tx,
  reading: {
    day: Day;
    category: string;
    at: Instant;
    announced: Announcement[];
    holidays: readonly Day[];
  },
): Promise<void> {
  const { day, category, at, announced } = reading;
  const poll = await tx
    .selectFrom('feed_polls')
    .select('polls')
    .where('day', '=', day)
    .where('category', '=', category)
    .executeTakeFirst();
  const lateOn = poll ? announcementDayAfter(day, reading.holidays) : null;
  const rows = announced.map(({ id, kind }) => ({
    day,
    category,
    paper_id: id,
    kind,
    feed_at: at,
    harvest_at: null,
    late_on: lateOn,
  }));
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto('announcements')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['day', 'category', 'paper_id']).doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          feed_at: eb.fn.coalesce('announcements.feed_at', 'excluded.feed_at'),
        })),
      )
      .execute();
  }
  await correctEstimates(
    tx,
    announced.filter(({ kind }) => kind === 'new').map(({ id }) => id),
    day,
  );
  await tx
    .insertInto('feed_polls')
    .values({ day, category, first_at: at, last_at: at, polls: 1, entries: announced.length })
    .onConflict((conflict) =>
      conflict.columns(['day', 'category']).doUpdateSet((eb) => ({
        last_at: at,
        polls: eb('feed_polls.polls', '+', 1),
        entries: announced.length,
      })),
    )
    .execute();
  await takeChanges(tx, 1);
}

/** The feed said that nothing changed since its last reading. */
export async function recordUnchangedFeed(
  tx: Tx,
  reading: { day: Day; category: string; at: Instant },
): Promise<void> {
  await tx
    .updateTable('feed_polls')
    .set((eb) => ({ last_at: reading.at, polls: eb('polls', '+', 1) }))
    .where('day', '=', reading.day)
    .where('category', '=', reading.category)
    .execute();
}

async function correctEstimates(tx: Tx, ids: string[], day: Day): Promise<void> {
  for (let start = 0; start < ids.length; start += ID_CHUNK) {
    const wrong = await tx
      .deleteFrom('announcements')
      .where('paper_id', 'in', ids.slice(start, start + ID_CHUNK))
      .where('feed_at', 'is', null)
      .where('day', '<', day)
      .where('day', '>=', addDays(day, -CORRECTED_WITHIN_DAYS))
      .returning('paper_id')
      .execute();
    const wrongIds = [...new Set(wrong.map((row) => row.paper_id))];
    if (wrongIds.length === 0) continue;
    const papers = await tx
      .selectFrom('papers')
      .select('key')
      .where('id', 'in', wrongIds)
      .where('announced_on', '<', day)
      .execute();
    let change = await takeChanges(tx, papers.length);
    for (const { key } of papers) {
      await tx
        .updateTable('papers')
        .set({ announced_on: day, change: change++ })
        .where('key', '=', key)
        .execute();
    }
  }
}

export type HarvestedPaper = {
  id: string;
  /** Of the categories that this instance follows. */
  categories: string[];
  primaryCategory: string | undefined;
  /** The day that its dates speak for. */
  day: Day;
};

/**
 * Writes down what a harvest says was announced. A paper that a feed announced already is only
 * ticked off. One that no feed had is late where its day's feed has been read.
 */
export async function recordHarvest(
  tx: Tx,
  papers: HarvestedPaper[],
  { at, holidays }: { at: Instant; holidays: readonly Day[] },
): Promise<void> {
  const known = await announcedDays(
    tx,
    papers.map((paper) => paper.id),
  );
  const polled = await polledDays(tx, papers);
  const rows = papers.flatMap(({ id, categories, primaryCategory, day }) => {
    const kept = known.get(id);
    return categories
      .filter((category) => !kept?.categories.has(category))
      .map((category) => {
        const announcedOn = kept?.day ?? day;
        const isLate = polled.has(`${announcedOn} ${category}`);
        return {
          day: announcedOn,
          category,
          paper_id: id,
          kind: category === primaryCategory ? ('new' as const) : ('cross' as const),
          feed_at: null,
          harvest_at: at,
          late_on: isLate ? announcementDayAfter(announcedOn, holidays) : null,
        };
      });
  });
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto('announcements')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const ids = [...known.keys()];
  for (let start = 0; start < ids.length; start += ID_CHUNK) {
    await tx
      .updateTable('announcements')
      .set({ harvest_at: at })
      .where('paper_id', 'in', ids.slice(start, start + ID_CHUNK))
      .where('harvest_at', 'is', null)
      .execute();
  }
}

async function announcedDays(
  tx: Tx,
  ids: string[],
): Promise<Map<string, { day: Day; categories: Set<string> }>> {
  const known = new Map<string, { day: Day; categories: Set<string> }>();
  for (let start = 0; start < ids.length; start += ID_CHUNK) {
    const rows = await tx
      .selectFrom('announcements')
      .select(['paper_id', 'day', 'category'])
      .where('paper_id', 'in', ids.slice(start, start + ID_CHUNK))
      .orderBy('day')
      .execute();
    for (const row of rows) {
      const entry = known.get(row.paper_id) ?? { day: row.day as Day, categories: new Set() };
      entry.categories.add(row.category);
      known.set(row.paper_id, entry);
    }
  }
  return known;
}

async function polledDays(tx: Tx, papers: HarvestedPaper[]): Promise<Set<string>> {
  const days = [...new Set(papers.map((paper) => paper.day))].sort();
  const [first] = days;
  if (first === undefined) return new Set();
  const rows = await tx
    .selectFrom('feed_polls')
    .select(['day', 'category'])
    .where('day', '>=', addDays(first, -CORRECTED_WITHIN_DAYS))
    .execute();
  return new Set(rows.map((row) => `${row.day} ${row.category}`));
}

/** arXiv deleted these: they are no longer to be had, and so not missing. */
export async function forgetDeleted(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('announcements').where('paper_id', 'in', ids).execute();
  await tx.deleteFrom('lookups').where('id', 'in', ids).execute();
}

/** Announced papers that are not here under any of their names, the newest day first. */
export async function listMissing(db: Db, since: Day, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('announcements')
    .select((eb) => ['paper_id', eb.fn.max('day').as('day')])
    .where('day', '>=', since)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('papers')
            .select('key')
            .whereRef('papers.id', '=', 'announcements.paper_id'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('paper_redirects')
            .select('paper_key')
            .whereRef('paper_redirects.id', '=', 'announcements.paper_id'),
        ),
      ),
    )
    .groupBy('paper_id')
    .orderBy('day', 'desc')
    .orderBy('paper_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.paper_id);
}
