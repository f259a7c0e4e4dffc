// When a paper first had so many votes, here and elsewhere together. Votes that are taken back leave
// what was noted: a paper crosses a number once.
import { sql } from 'kysely';
import {
  addDays,
  type Day,
  endOfDay,
  type Instant,
  now,
  today,
  toInstant,
} from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';

const COUNTER = 'vote-peaks';
const BATCH = 2_000;

type Rise = { paperKey: number; votes: number; isFirst: boolean };

/** Whether papers have changed since `notePeaks` last saw them. */
export async function arePeaksBehind(database: Database): Promise<boolean> {
  const row = await database.read
    .selectFrom('papers')
    .select('key')
    .where('change', '>', await readPosition(database.read))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Notes each paper that has more votes than ever before, following the change number; safe to kill and to
 * run twice at once. Days end on the wall of `timeZone`. Returns how many were noted.
 */
export async function notePeaks(database: Database, timeZone: string): Promise<number> {
  let noted = 0;
  let position = await readPosition(database.read);
  for (;;) {
    const papers = await readChanged(database.read, position);
    const last = papers.at(-1);
    if (!last) return noted;
    position = last.change;
    const rises = papers
      .filter((paper) => Number(paper.votes) > Number(paper.peak ?? 0))
      .map((paper) => ({
        paperKey: paper.key,
        votes: Number(paper.votes),
        isFirst: paper.peak === null,
      }));
    await database.transact(async (tx) => {
      if (rises.length > 0) await saveRises(tx, rises, timeZone);
      await savePosition(tx, position);
    });
    noted += rises.length;
  }
}

/** Of a paper at a number of votes. Sorts by time, then by paper. */
export type Crossing = { paperKey: number; crossedAt: Instant };

/**
 * The papers that have first had `votes` votes after the crossing `after`, the earliest first. What is noted
 * later comes later in this order, except papers of days long past, which are noted at their time.
 */
export async function listCrossings(
  db: Db,
  { votes, after, limit }: { votes: number; after?: Crossing | undefined; limit: number },
): Promise<Crossing[]> {
  let query = crossings(db, votes);
  if (after) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('vote_peaks.reached_at', 'vote_peaks.paper_key'),
        '>',
        eb.tuple(after.crossedAt as string, after.paperKey),
      ),
    );
  }
  const rows = await query
    .orderBy('vote_peaks.reached_at')
    .orderBy('vote_peaks.paper_key')
    .limit(limit)
    .execute();
  return rows.map(crossingFromRow);
}

/** The last crossing of any number, to begin behind with `listCrossings`. */
export async function findLastCrossing(db: Db): Promise<Crossing | undefined> {
  const row = await db
    .selectFrom('vote_peaks')
    .select(['paper_key', 'reached_at'])
    .orderBy('reached_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && crossingFromRow(row);
}

/** One row a paper: its earliest peak of so many votes. For queries that order or narrow them. */
export function crossings(db: Db, votes: number) {
  return db
    .selectFrom('vote_peaks')
    .select(['vote_peaks.paper_key', 'vote_peaks.reached_at'])
    .where('vote_peaks.votes', '>=', votes)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('vote_peaks as earlier')
            .select(sql`1`.as('one'))
            .whereRef('earlier.paper_key', '=', 'vote_peaks.paper_key')
            .where('earlier.votes', '>=', votes)
            .where((on) =>
              on(
                on.refTuple('earlier.reached_at', 'earlier.votes'),
                '<',
                on.refTuple('vote_peaks.reached_at', 'vote_peaks.votes'),
              ),
            ),
        ),
      ),
    );
}

export function crossingFromRow(row: { paper_key: number; reached_at: string }): Crossing {
  return { paperKey: row.paper_key, crossedAt: row.reached_at as Instant };
}

async function readPosition(db: Db): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', COUNTER)
    .executeTakeFirst();
  return row?.value ?? 0;
}

/** Of two processes that follow, the one behind takes nothing back. */
async function savePosition(tx: Tx, position: number): Promise<void> {
  await tx
    .insertInto('counters')
    .values({ name: COUNTER, value: position })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ value: position })
        .where('counters.value', '<', position),
    )
    .execute();
}

function readChanged(db: Db, position: number) {
  return db
    .selectFrom('papers')
    .select(['key', 'change'])
    .select([
      sql<number>`papers.votes + coalesce((
        select max(paper_elsewhere.votes) from paper_elsewhere
        where paper_elsewhere.paper_key = papers.key
      ), 0)`.as('votes'),
      sql<number | null>`(
        select max(vote_peaks.votes) from vote_peaks where vote_peaks.paper_key = papers.key
      )`.as('peak'),
    ])
    .where('change', '>', position)
    .orderBy('change')
    .limit(BATCH)
    .execute();
}

/** Feeds show peaks, so they move the change number, whose lock also orders those who note. */
async function saveRises(tx: Tx, rises: Rise[], timeZone: string): Promise<void> {
  await takeChanges(tx, 1);
  const keys = rises.map((rise) => rise.paperKey);
  // A paper may have been merged into another since it was read.
  const there = await tx.selectFrom('papers').select('key').where('key', 'in', keys).execute();
  const known = new Set(there.map((row) => row.key));
  const firsts = rises.filter((rise) => rise.isFirst && known.has(rise.paperKey));
  const past = await timesPast(
    tx,
    firsts.map((rise) => rise.paperKey),
    timeZone,
  );
  const at = await nextMoment(tx);
  const rows = rises
    .filter((rise) => known.has(rise.paperKey))
    .map((rise) => ({
      paper_key: rise.paperKey,
      votes: rise.votes,
      reached_at: past.get(rise.paperKey) ?? at,
    }));
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto('vote_peaks')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Later than everything noted before, so that whoever reads on from a crossing misses none. */
async function nextMoment(tx: Tx): Promise<string> {
  const at = now();
  const last = (await findLastCrossing(tx))?.crossedAt;
  if (last === undefined || last < at) return at;
  return toInstant(Date.parse(last) + 1) ?? at;
}

/**
 * Papers that are first seen with their votes, as lists of past days are when they are imported: they had
 * them at the end of their list's day, or when the last vote here was cast, if both are on days before today.
 */
async function timesPast(tx: Tx, keys: number[], timeZone: string): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .selectFrom('papers')
    .select('key')
    .select([
      sql<string | null>`(
        select min(day_entries.day) from day_entries
        where day_entries.paper_key = papers.key and day_entries.unlisted_at is null
      )`.as('day'),
      sql<string | null>`(
        select max(votes.voted_at) from votes where votes.paper_key = papers.key
      )`.as('voted_at'),
    ])
    .where('key', 'in', keys)
    .execute();
  const begun = endOfDay(addDays(today(timeZone), -1), timeZone);
  const times = new Map<number, string>();
  for (const { key, day, voted_at } of rows) {
    const end = day === null ? '' : endOfDay(day as Day, timeZone);
    const at = [end, voted_at ?? ''].sort().at(-1) ?? '';
    if (at !== '' && at <= begun) times.set(key, at);
  }
  return times;
}
