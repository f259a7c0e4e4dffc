// One mail to one address: an issue for a subscription, or what an alert found. The issue and the recipient
// are unique together, so that writing one down twice is writing it down once.
import type { Selectable } from 'kysely';
import { type Day, type Instant, now } from '../base/calendar.ts';
import type { Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import type { DeliveriesTable } from '../database/schema.ts';
import { newId } from './signed-id.ts';

export type Delivery = {
  id: string;
  issue: string;
  subscriptionId: string | undefined;
  alertId: string | undefined;
  email: string;
  /** The days that it covers, the end excluded. */
  days: { first: Day; end: Day };
  attempts: number;
  isUncertain: boolean;
  /** Ids of the papers in it. */
  papers: string[];
  /** Set with the papers when it was first handed over; both then stay as they are. */
  subject: string | undefined;
};

export type NewDelivery = {
  /** `weekdays 2025-10-29`, `weekly 2025-W44`, `monthly 2025-10`, `alert <instant>`. */
  issue: string;
  of: { subscriptionId: string } | { alertId: string };
  email: string;
  days: { first: Day; end: Day };
  /** Where they are known before it is composed, as an alert's are. */
  papers?: string[];
};

/** Writes down those whose recipients have none of that issue; returns how many. */
export async function enqueueDeliveries(tx: Tx, deliveries: NewDelivery[]): Promise<number> {
  const at = now();
  const rows = deliveries.map((delivery) => rowOf(delivery, at));
  let count = 0;
  for (const some of chunkedForInsert(rows)) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('deliveries')
      .values(some)
      .onConflict((conflict) => conflict.columns(['issue', 'recipient']).doNothing())
      .executeTakeFirstOrThrow();
    count += Number(numInsertedOrUpdatedRows);
  }
  return count;
}

function rowOf(delivery: NewDelivery, at: Instant) {
  const { issue, of, email, days } = delivery;
  const subscriptionId = 'subscriptionId' in of ? of.subscriptionId : null;
  const alertId = 'alertId' in of ? of.alertId : null;
  return {
    id: newId(),
    issue,
    recipient: (subscriptionId ?? alertId) as string,
    subscription_id: subscriptionId,
    alert_id: alertId,
    email,
    first_day: days.first,
    end_day: days.end,
    state: 'waiting' as const,
    is_uncertain: 0,
    attempts: 0,
    run_at: at,
    slot_at: null,
    lease_until: null,
    papers: JSON.stringify(delivery.papers ?? []),
    subject: null,
    problem: null,
    created_at: at,
    sent_at: null,
  };
}

export function deliveryFromRow(row: Selectable<DeliveriesTable>): Delivery {
  return {
    id: row.id,
    issue: row.issue,
    subscriptionId: row.subscription_id ?? undefined,
    alertId: row.alert_id ?? undefined,
    email: row.email,
    days: { first: row.first_day as Day, end: row.end_day as Day },
    attempts: Number(row.attempts),
    isUncertain: Number(row.is_uncertain) === 1,
    papers: JSON.parse(row.papers) as string[],
    subject: row.subject ?? undefined,
  };
}
