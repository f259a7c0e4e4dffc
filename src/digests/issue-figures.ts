// How issues fared, for administrators.
import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { DeliveriesTable, MailEventsTable } from '../database/schema.ts';
import { CADENCES } from './subscription.ts';

type Counts = Record<DeliveriesTable['state'] | 'recipients' | 'uncertain', number>;

export type IssueFigures = Counts & {
  issue: string;
  /** Ended by a reader after this issue and before the next one. */
  unsubscribed: number;
  bounces: number;
  complaints: number;
};

const NO_COUNTS: Counts = {
  recipients: 0,
  waiting: 0,
  sending: 0,
  sent: 0,
  empty: 0,
  failed: 0,
  suppressed: 0,
  dropped: 0,
  uncertain: 0,
};

/** So many of each cadence; a count reads every delivery of an issue. */
const SHOWN = { weekdays: 10, weekly: 3, monthly: 2 };
/** Alerts are counted together. */
const ALERT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Of the newest issues, of each cadence the newest first. */
export async function loadIssueFigures(db: Db): Promise<IssueFigures[]> {
  const names: string[] = [];
  for (const cadence of CADENCES) names.push(...(await newestIssues(db, cadence, SHOWN[cadence])));
  if (names.length === 0) return [];
  const [states, uncertain, heard, ended] = await Promise.all([
    countStates(db, names),
    countUncertain(db, names),
    countEvents(db, names),
    countEnded(db, names),
  ]);
  return names.map((issue) => {
    const events = heard.filter((row) => row.issue === issue);
    const of = (...kinds: MailEventsTable['kind'][]) =>
      sum(events.filter(({ kind }) => kinds.includes(kind)));
    return {
      issue,
      ...countsOf(states.filter((row) => row.issue === issue)),
      uncertain: sum(uncertain.filter((row) => row.issue === issue)),
      bounces: of('hard bounce', 'soft bounce'),
      complaints: of('complaint'),
      unsubscribed: sum(ended.filter((row) => row.issue === issue)),
    };
  });
}

/** Mails of alerts in the last days, all together. */
export async function loadAlertFigures(db: Db, at = new Date()): Promise<Counts> {
  const since = new Date(at.getTime() - ALERT_DAYS * DAY_MS).toISOString();
  const rows = await db
    .selectFrom('deliveries')
    .select(['state', sql<number>`count(*)`.as('count'), sql<number>`sum(is_uncertain)`.as('odd')])
    .where('issue', '>=', `alert ${since}`)
    .where('issue', '<', 'alert!')
    .groupBy('state')
    .execute();
  return { ...countsOf(rows), uncertain: rows.reduce((total, row) => total + Number(row.odd), 0) };
}

/** From name to name down the index, without reading every delivery. */
async function newestIssues(db: Db, cadence: string, limit: number): Promise<string[]> {
  const before = `${cadence}!`;
  const from = `${cadence} `;
  const newest = (end: ReturnType<typeof sql>) =>
    sql`select max(issue) from deliveries where issue >= ${from} and issue < ${end}`;
  const { rows } = await sql<{ issue: string }>`
    with recursive names (issue) as (
      select (${newest(sql`${before}`)})
      union all
      select (${newest(sql`names.issue`)}) from names where names.issue is not null
    )
    select issue from names where issue is not null limit ${limit}
  `.execute(db);
  return rows.map(({ issue }) => issue);
}

function countStates(db: Db, issues: string[]) {
  return db
    .selectFrom('deliveries')
    .select(['issue', 'state', sql<number>`count(*)`.as('count')])
    .where('issue', 'in', issues)
    .groupBy(['issue', 'state'])
    .execute();
}

function countUncertain(db: Db, issues: string[]) {
  return db
    .selectFrom('deliveries')
    .select(['issue', sql<number>`count(*)`.as('count')])
    .where('issue', 'in', issues)
    .where('is_uncertain', '=', sql.lit(1))
    .groupBy('issue')
    .execute();
}

function countEvents(db: Db, issues: string[]) {
  return db
    .selectFrom('mail_events')
    .innerJoin('deliveries', 'deliveries.id', 'mail_events.delivery_id')
    .select(['deliveries.issue', 'mail_events.kind', sql<number>`count(*)`.as('count')])
    .where('deliveries.issue', 'in', issues)
    .groupBy(['deliveries.issue', 'mail_events.kind'])
    .execute();
}

/** An end counts for the last issue that the subscription had before it. */
function countEnded(db: Db, issues: string[]) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('deliveries', (join) =>
      join.on('deliveries.id', '=', (eb) =>
        eb
          .selectFrom('deliveries as last')
          .select('last.id')
          .whereRef('last.subscription_id', '=', 'subscriptions.id')
          .whereRef('last.created_at', '<=', 'subscriptions.changed_at')
          .orderBy('last.created_at', 'desc')
          .limit(1),
      ),
    )
    .select(['deliveries.issue', sql<number>`count(*)`.as('count')])
    .where('subscriptions.state', '=', 'ended')
    .where('subscriptions.ended_by', 'in', ['reader', 'one-click', 'mail'])
    .where('deliveries.issue', 'in', issues)
    .groupBy('deliveries.issue')
    .execute();
}

function countsOf(rows: { state: DeliveriesTable['state']; count: number }[]): Counts {
  const counts = { ...NO_COUNTS };
  for (const { state, count } of rows) counts[state] = Number(count);
  return { ...counts, recipients: sum(rows) };
}

function sum(rows: { count: number }[]): number {
  return rows.reduce((total, { count }) => total + Number(count), 0);
}
