// The issue of one day by hand, for all who get one on weekdays and have not had it.
import { addDays, type Day } from '../base/calendar.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { isFree } from '../people/barred.ts';
import { enqueueDeliveries } from './delivery.ts';

const BATCH = 500;
/** As far back as issues that come by themselves look. */
const MAX_DAYS = 7;

export type DayIssue = { issue: string; recipients: number; hadIt: number };

/**
 * Their deliveries wait at once. Days before it that a reader had no issue of are in it too, as if it had come
 * by itself, and the next one begins after it. A dry run only counts.
 */
export async function makeDayIssue(
  database: Database,
  day: Day,
  { isDry }: { isDry: boolean },
): Promise<DayIssue> {
  const issue = `weekdays ${day}`;
  const made: DayIssue = { issue, recipients: 0, hadIt: 0 };
  let after = '';
  for (;;) {
    const readers = await readersAfter(database.read, issue, after);
    const last = readers.at(-1);
    if (!last) return made;
    after = last.id;
    const lacking = readers.filter(({ had }) => had === null);
    made.hadIt += readers.length - lacking.length;
    made.recipients += isDry
      ? lacking.length
      : await database.transact((tx) => makeBatch(tx, issue, day, lacking));
  }
}

type Reader = { id: string; email: string; covered_until: string | null };

async function makeBatch(tx: Tx, issue: string, day: Day, readers: Reader[]): Promise<number> {
  const deliveries = readers.map(({ id, email, covered_until }) => ({
    issue,
    of: { subscriptionId: id },
    email,
    days: { first: firstDay(day, covered_until as Day | null), end: addDays(day, 1) },
  }));
  const count = await enqueueDeliveries(tx, deliveries);
  const ids = readers.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx
    .updateTable('subscriptions')
    .set({ covered_until: day })
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('covered_until', 'is', null), eb('covered_until', '<', day)]))
    .execute();
  return count;
}

function firstDay(day: Day, coveredUntil: Day | null): Day {
  if (coveredUntil === null || coveredUntil >= day) return day;
  const [, latest] = [addDays(day, 1 - MAX_DAYS), addDays(coveredUntil, 1)].toSorted();
  return latest as Day;
}

function readersAfter(db: Db, issue: string, after: string) {
  return db
    .selectFrom('subscriptions')
    .leftJoin('deliveries', (join) =>
      join
        .onRef('deliveries.recipient', '=', 'subscriptions.id')
        .on('deliveries.issue', '=', issue),
    )
    .select([
      'subscriptions.id',
      'subscriptions.email',
      'subscriptions.covered_until',
      'deliveries.id as had',
    ])
    .where('subscriptions.state', '=', 'active')
    .where('subscriptions.cadence', '=', 'weekdays')
    .where(isFree('subscriptions.person_id'))
    .where('subscriptions.id', '>', after)
    .orderBy('subscriptions.id')
    .limit(BATCH)
    .execute();
}
