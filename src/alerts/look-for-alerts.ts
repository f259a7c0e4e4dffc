// What runs every ten minutes: the alerts look at the papers that the last days have gained. What is found and
// how it is told is written down in one transaction, so that a process killed anywhere loses nothing and
// tells nothing twice.
import type { ExpressionBuilder } from 'kysely';
import { addDays, type Day, type Instant, now, toInstant } from '../base/calendar.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { isFree } from '../people/barred.ts';
import type { Search } from '../search/search.ts';
import { type Alert, alertFromRow } from './alert.ts';
import { type DatedKey, gainedPapers } from './gained-papers.ts';
import { matchTopics } from './match-topics.ts';
import { type NewMatch, saveMatches } from './save-matches.ts';

/** What one alert has newly found in a round. */
export type Told = {
  alert: Alert;
  /** Ids, the best first. */
  papers: string[];
  /** Those of the papers, the end excluded. */
  days: { first: Day; end: Day };
  /** When the round began: with the alert it names what is told. */
  at: Instant;
};

export type LookingParts = {
  database: Database;
  search: Pick<Search, 'openMatcher'>;
  today: Day;
  signal: AbortSignal;
  /** Writes down what is to be sent, in the transaction that writes down what was found. */
  tell(tx: Tx, told: Told[]): Promise<void>;
};

/** A paper of an older day is no news, whenever it arrives. */
const NEWS_DAYS = 30;
/** Entries of lists carry the time of their process, and are seen when their transaction ends. */
const ENTRY_OVERLAP_MS = 60 * 60_000;
/** Alerts that are settled in one transaction. */
const ALERTS_AT_ONCE = 200;
/** How many texts of topics are read at a time. */
const TOPICS_AT_ONCE = 5_000;

/** Lets every alert look at what it has not seen yet; returns how many papers were found for whom. */
export async function lookForAlerts(parts: LookingParts): Promise<number> {
  const { database } = parts;
  const at = now();
  const until = await database.currentChange();
  let found = 0;
  for (const group of await groupsBehind(database.read, until)) {
    found += await lookFrom(parts, { ...group, until, at });
  }
  return found;
}

/** Whose person is suspended stays where it is, and goes on from there. */
function isLooking(eb: ExpressionBuilder<Schema, 'alerts'>) {
  return eb.and([eb('paused_at', 'is', null), isFree('alerts.person_id')]);
}

/** Alerts that have come equally far; nearly all have. */
type Group = { after: number; since: Instant };

async function groupsBehind(db: Db, until: number): Promise<Group[]> {
  const rows = await db
    .selectFrom('alerts')
    .select((eb) => [
      'position',
      eb.fn.min(eb.fn.coalesce('looked_at', 'created_at')).as('looked_at'),
    ])
    .where(isLooking)
    .where('position', '<', until)
    .groupBy('position')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    after: Number(row.position),
    since: toInstant(Date.parse(row.looked_at as string) - ENTRY_OVERLAP_MS) as Instant,
  }));
}

type Round = Group & { until: number; at: Instant };

async function lookFrom(parts: LookingParts, round: Round): Promise<number> {
  const { database, search, signal, today } = parts;
  const papers = await gainedPapers(database.read, addDays(today, -NEWS_DAYS), round);
  if (papers.length === 0) {
    await passOver(database, round);
    return 0;
  }
  const keys = papers.map(({ key }) => key);
  const days = new Map(papers.map(({ key, day }) => [key, day]));
  let found = 0;
  for (let last = ''; ; ) {
    const topics = await topicsOf(database.read, round.after, last);
    const matching = { db: database.read, search, signal };
    const matches = await matchTopics(matching, topics, keys);
    const settled = topics.filter((topic) => !matches.incomplete.has(topic));
    const candidates = new Map(
      [...matches.keys].map(([topic, some]) => [topic, some.map((key) => dated(key, days))]),
    );
    found += await settleAll(parts, round, { topics, settled: new Set(settled), candidates });
    if (topics.length < TOPICS_AT_ONCE) return found;
    last = topics.at(-1) as string;
  }
}

/** Nothing has come that could be news. */
async function passOver(database: Database, { after, until, at }: Round): Promise<void> {
  await database.transact((tx) =>
    tx
      .updateTable('alerts')
      .set({ position: until, looked_at: at })
      .where(isLooking)
      .where('position', '=', after)
      .execute(),
  );
}

const dated = (key: number, days: Map<number, Day>): DatedKey => ({
  key,
  day: days.get(key) as Day,
});

async function topicsOf(db: Db, position: number, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('topic')
    .distinct()
    .where(isLooking)
    .where('position', '=', position)
    .where('topic', '>', after)
    .orderBy('topic')
    .limit(TOPICS_AT_ONCE)
    .execute();
  return rows.map(({ topic }) => topic);
}

type Looked = {
  topics: string[];
  /** Those that were compared with every paper. */
  settled: Set<string>;
  candidates: Map<string, DatedKey[]>;
};

/** Goes through the alerts of these topics, some in each transaction. */
async function settleAll(parts: LookingParts, round: Round, looked: Looked): Promise<number> {
  const first = looked.topics[0];
  const last = looked.topics.at(-1);
  if (first === undefined || last === undefined) return 0;
  let found = 0;
  for (let after = ''; ; ) {
    parts.signal.throwIfAborted();
    const step = await parts.database.transact((tx) =>
      settleSome(tx, parts, round, { ...looked, first, last, after }),
    );
    found += step.found;
    if (step.count < ALERTS_AT_ONCE) return found;
    after = step.last;
  }
}

async function settleSome(
  tx: Tx,
  { tell }: LookingParts,
  round: Round,
  { first, last, after, settled, candidates }: Looked & Record<'first' | 'last' | 'after', string>,
): Promise<{ count: number; last: string; found: number }> {
  // Read again here: an alert may have been changed, paused or deleted since the papers were compared.
  const rows = await tx
    .selectFrom('alerts')
    .selectAll()
    .where(isLooking)
    .where('position', '=', round.after)
    .where('topic', '>=', first)
    .where('topic', '<=', last)
    .where('id', '>', after)
    .orderBy('id')
    .limit(ALERTS_AT_ONCE)
    .execute();
  const matches = rows.flatMap((row): NewMatch[] => {
    const seen = new Set(JSON.parse(row.seen) as number[]);
    const papers = (candidates.get(row.topic) ?? []).filter(
      ({ key, day }) => day >= (row.first_day ?? '') && !seen.has(key),
    );
    return papers.map((paper) => ({ ...paper, alertId: row.id }));
  });
  const fresh = await saveMatches(tx, matches, round.at);
  const told = rows.flatMap((row): Told[] => {
    const papers = fresh.get(row.id);
    if (!papers) return [];
    return [{ alert: alertFromRow(row), papers: papers.ids, days: papers.days, at: round.at }];
  });
  if (told.length > 0) await tell(tx, told);
  const done = rows.filter((row) => settled.has(row.topic)).map((row) => row.id);
  if (done.length > 0) {
    await tx
      .updateTable('alerts')
      .set({ position: round.until, looked_at: round.at })
      .where('id', 'in', done)
      .execute();
  }
  const found = told.reduce((sum, { papers }) => sum + papers.length, 0);
  return { count: rows.length, last: rows.at(-1)?.id ?? '', found };
}
