// Out of subscriptions whose time has come, deliveries.
import { sql } from 'kysely';
import { addDays, type Day, type Instant } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { isFree } from '../people/barred.ts';
import { enqueueDeliveries, type NewDelivery } from './delivery.ts';
import { daysOf, lastClosedDay } from './issue-days.ts';
import { nextIssueAt } from './issue-times.ts';
import { subscriptionFromRow } from './subscription.ts';

const BATCH = 500;

/**
 * Writes down the deliveries of all subscriptions that are due, in batches. A batch's deliveries and the next
 * times of its subscriptions are one transaction, so that none is left out and none told twice, whatever is
 * killed. Who was away for days makes one issue of what was missed. Returns how many deliveries are new.
 */
export async function makeDueIssues(
  database: Database,
  {
    instanceZone,
    at = new Date(),
    signal,
  }: { instanceZone: string; at?: Date; signal?: AbortSignal },
): Promise<number> {
  const last = lastClosedDay(at, instanceZone);
  const moment = { at, instanceZone, newestListedDay: await newestListedDay(database.read, last) };
  let count = 0;
  while (!signal?.aborted) {
    const made = await database.transact((tx) => makeBatch(tx, database, moment));
    count += made.deliveries;
    if (made.subscriptions < BATCH) break;
  }
  return count;
}

type Moment = { at: Date; instanceZone: string; newestListedDay: Day | undefined };

async function makeBatch(
  tx: Tx,
  { engine }: Database,
  { at, ...instance }: Moment,
): Promise<{ subscriptions: number; deliveries: number }> {
  const due = tx
    .selectFrom('subscriptions')
    .selectAll()
    // Written into the statement, so that SQLite sees that the partial index will do.
    .where('state', '=', sql.lit('active' as const))
    .where('next_at', '<=', at.toISOString())
    .where(isFree('subscriptions.person_id'))
    .orderBy('next_at')
    .orderBy('id')
    .limit(BATCH);
  const locked = engine === 'postgres' ? due.forUpdate().skipLocked() : due;
  const subscriptions = (await locked.execute()).map(subscriptionFromRow);
  const deliveries: NewDelivery[] = [];
  const steps = new Map<string, Step & { ids: string[] }>();
  for (const subscription of subscriptions) {
    const days = daysOf(subscription, at, instance);
    if (days) {
      const { issue, first, end } = days;
      const of = { subscriptionId: subscription.id };
      deliveries.push({ issue, of, email: subscription.email, days: { first, end } });
    }
    const step = {
      nextAt: nextIssueAt(subscription, at),
      coveredUntil: days ? addDays(days.end, -1) : subscription.coveredUntil,
    };
    const key = `${step.nextAt} ${step.coveredUntil}`;
    const known = steps.get(key);
    if (known) known.ids.push(subscription.id);
    else steps.set(key, { ...step, ids: [subscription.id] });
  }
  const made = await enqueueDeliveries(tx, deliveries);
  for (const step of steps.values()) await moveOn(tx, step);
  return { subscriptions: subscriptions.length, deliveries: made };
}

type Step = { nextAt: Instant; coveredUntil: Day | undefined };

/** Those of one hour and time zone go on together. */
async function moveOn(tx: Tx, { nextAt, coveredUntil, ids }: Step & { ids: string[] }) {
  await tx
    .updateTable('subscriptions')
    .set({ next_at: nextAt, covered_until: coveredUntil ?? null })
    .where('id', 'in', ids)
    .execute();
}
