// The steps of a delivery that is in hand. Each holds only while the lease is the caller's: after it another
// process may have the delivery, and what this one knows of it counts no more.

import { now } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import { isFree } from '../people/barred.ts';
import { databaseTime } from '../queue/job.ts';
import type { ClaimedDelivery } from './delivery-claims.ts';

/** Five minutes, doubled each time up to four hours: eighteen attempts take about two days. */
const FIRST_PAUSE_MS = 300_000;
const MAX_PAUSE_MS = 4 * 3_600_000;
export const MAX_ATTEMPTS = 18;
const MAX_PROBLEM = 500;

/** How one that was in hand ended. */
export type Outcome =
  | { is: 'sent' }
  | { is: 'empty' | 'suppressed' | 'dropped' }
  /** Nothing was wrong with it: it waits for its turn again. */
  | { is: 'put back'; mayHaveArrived: boolean }
  /** It may go later, unless it has used up its attempts. */
  | { is: 'refused'; problem: string }
  | { is: 'failed'; problem: string };

/**
 * Fixes what is in it and that it is on its way, before the first byte leaves. False when it may not go any
 * more: it is another's, or its subscription ended meanwhile and it is dropped.
 */
export async function beginSending(
  tx: Tx,
  { engine }: Database,
  delivery: ClaimedDelivery,
  fixed: { papers: string[]; subject: string; leaseMs: number },
): Promise<ClaimedDelivery | undefined> {
  if (!(await isWanted(tx, delivery))) {
    await settle(tx, { engine }, delivery, { is: 'dropped' });
    return undefined;
  }
  const row = await tx
    .updateTable('deliveries')
    .set({
      state: 'sending',
      papers: JSON.stringify(fixed.papers),
      subject: fixed.subject,
      lease_until: databaseTime(engine, fixed.leaseMs),
    })
    .where('id', '=', delivery.id)
    .where('state', '=', 'waiting')
    .where('lease_until', '=', delivery.leaseUntil)
    .returning('lease_until')
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...delivery, leaseUntil: row.lease_until as ClaimedDelivery['leaseUntil'] };
}

/** Whether whoever asked for it still does, and may be told. */
async function isWanted(tx: Tx, { subscriptionId, alertId }: ClaimedDelivery): Promise<boolean> {
  if (subscriptionId !== undefined) {
    const row = await tx
      .selectFrom('subscriptions')
      .select('state')
      .where('id', '=', subscriptionId)
      .where(isFree('subscriptions.person_id'))
      .executeTakeFirst();
    return row?.state === 'active';
  }
  const row = await tx
    .selectFrom('alerts')
    .select(['paused_at', 'mails_at_once'])
    .where('id', '=', alertId as string)
    .where(isFree('alerts.person_id'))
    .executeTakeFirst();
  return row?.paused_at === null && Number(row.mails_at_once) === 1;
}

/** Writes down how it ended; returns the state it then has, undefined when it was another's. */
export async function settle(
  tx: Tx,
  { engine }: Pick<Database, 'engine'>,
  delivery: ClaimedDelivery,
  outcome: Outcome,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('deliveries')
    .set({ lease_until: null, slot_at: null, ...changesOf(engine, delivery, outcome) })
    .where('id', '=', delivery.id)
    .where('lease_until', '=', delivery.leaseUntil)
    .returning('state')
    .executeTakeFirst();
  return row?.state;
}

function changesOf(engine: Database['engine'], delivery: ClaimedDelivery, outcome: Outcome) {
  switch (outcome.is) {
    case 'sent':
      return { state: 'sent' as const, sent_at: now(), problem: null };
    case 'put back':
      return {
        state: 'waiting' as const,
        run_at: databaseTime(engine),
        ...(outcome.mayHaveArrived ? { is_uncertain: 1 } : {}),
      };
    case 'refused': {
      const attempts = delivery.attempts + 1;
      return {
        attempts,
        problem: outcome.problem.slice(0, MAX_PROBLEM),
        state: attempts < MAX_ATTEMPTS ? ('waiting' as const) : ('failed' as const),
        run_at: databaseTime(engine, pauseAfter(attempts)),
      };
    }
    case 'failed':
      return {
        state: 'failed' as const,
        attempts: delivery.attempts + 1,
        problem: outcome.problem.slice(0, MAX_PROBLEM),
      };
    default:
      return { state: outcome.is };
  }
}

/** A random half is left out, so that what was refused together does not come back together. */
export function pauseAfter(attempts: number, random = Math.random()): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), MAX_PAUSE_MS);
  return Math.round(pause * (0.5 + random / 2));
}
