// Subscriptions and deliveries as rows, for tests of what is heard of mail.
import type { Insertable } from 'kysely';
import type { Database } from '../src/database/database.ts';
import type { DeliveriesTable, SubscriptionsTable } from '../src/database/schema.ts';
import { newId } from '../src/digests/signed-id.ts';

const AT = '2025-10-01T00:00:00.000Z';

/** An active one of a visitor, which is due. */
export function subscriptionRow(changes: Partial<Insertable<SubscriptionsTable>> = {}) {
  return {
    id: newId(),
    person_id: null,
    email: 'ada@example.org',
    name: null,
    cadence: 'weekdays' as const,
    topics: '[]',
    max_papers: 10,
    hour: 7,
    time_zone: 'UTC',
    language: 'en',
    state: 'active' as const,
    ended_by: null,
    created_at: AT,
    confirmed_at: AT,
    changed_at: AT,
    next_at: AT,
    covered_until: null,
    ...changes,
  };
}

export async function addSubscription(
  database: Database,
  changes: Partial<Insertable<SubscriptionsTable>> = {},
): Promise<string> {
  const row = subscriptionRow(changes);
  await database.transact((tx) => tx.insertInto('subscriptions').values(row).execute());
  return row.id;
}

let issues = 0;

/** One that was sent, unless told otherwise. */
export async function addDelivery(
  database: Database,
  changes: Partial<Insertable<DeliveriesTable>> = {},
): Promise<string> {
  const id = newId();
  const row = {
    id,
    issue: `weekdays ${issues++}`,
    recipient: changes.subscription_id ?? changes.alert_id ?? 'none',
    subscription_id: null,
    alert_id: null,
    email: 'ada@example.org',
    first_day: '2025-10-29',
    end_day: '2025-10-30',
    state: 'sent' as const,
    is_uncertain: 0,
    attempts: 1,
    run_at: AT,
    lease_until: null,
    papers: '[]',
    subject: 'Daily papers',
    problem: null,
    created_at: AT,
    sent_at: AT,
    ...changes,
  };
  await database.transact((tx) => tx.insertInto('deliveries').values(row).execute());
  return id;
}
