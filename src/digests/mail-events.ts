// What is heard of mail that was sent, and what follows from it.
import { stopAlertMail } from '../alerts/stop-alert-mail.ts';
import { type Instant, now, toInstant } from '../base/calendar.ts';
import { cleanText, oneLine, truncateText } from '../base/text.ts';
import type { Tx } from '../database/database.ts';
import type { MailEventsTable } from '../database/schema.ts';
import { foldAddress } from '../mail/email-address.ts';
import type { Ends } from './return-addresses.ts';
import { type EndedBy, endSubscription, listLiveOf } from './subscription-store.ts';
import { liftedAt, suppress } from './suppressions.ts';

export type MailEvent = {
  kind: MailEventsTable['kind'];
  /** Whom the mail went to; that of the delivery counts where it is known. */
  email?: string | undefined;
  deliveryId?: string | undefined;
  /** What a mailed unsubscribe names. */
  ends?: Ends | undefined;
  /** Who says so: `smtp`, `mail`, `ses`, … */
  source: string;
  /** What the source calls the event. Of events about one delivery each kind counts once anyway. */
  sourceId?: string | undefined;
  /** The other side's words, for administrators. */
  detail: string;
  at?: Instant | undefined;
};

/** So many soft bounces within so many days, with nothing that arrived between them, end mail to an address. */
const SOFT_BOUNCES = 5;
const SOFT_DAYS = 30;
const DAY_MS = 86_400_000;
const MAX_DETAIL = 500;

/** The address as it is written to. */
type Subject = { email: string; deliveryId: string | undefined; ends: Ends | undefined };

/**
 * Writes an event down and does what follows. Says whether it was news: a second time nothing happens, nor
 * when it is about nothing that is known.
 */
export async function noteMailEvent(tx: Tx, event: MailEvent): Promise<boolean> {
  const subject = await findSubject(tx, event);
  if (!subject) return false;
  const { email, deliveryId } = subject;
  const sourceId = deliveryId === undefined ? event.sourceId : `${event.kind} ${deliveryId}`;
  const detail = truncateText(oneLine(cleanText(event.detail)), MAX_DETAIL);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mail_events')
    .values({
      kind: event.kind,
      email: foldAddress(email),
      delivery_id: deliveryId ?? null,
      source: event.source,
      source_id: sourceId ?? null,
      detail,
      happened_at: notInFuture(event.at),
    })
    .onConflict((conflict) => conflict.column('source_id').doNothing())
    .executeTakeFirst();
  if (Number(numInsertedOrUpdatedRows) === 0) return false;
  await follow(tx, event.kind, subject, detail);
  return true;
}

async function follow(
  tx: Tx,
  kind: MailEvent['kind'],
  subject: Subject,
  detail: string,
): Promise<void> {
  const { email } = subject;
  switch (kind) {
    case 'hard bounce':
      return suppress(tx, { email, reason: 'hard bounce', detail });
    case 'soft bounce':
      if ((await countSoftBounces(tx, email)) < SOFT_BOUNCES) return;
      return suppress(tx, { email, reason: 'soft bounces', detail });
    case 'complaint':
      await suppress(tx, { email, reason: 'complaint', detail });
      return end(tx, subject, 'complaint');
    case 'unsubscribe':
      return end(tx, subject, 'mail');
  }
}

/** Of a delivery, its address and what it was sent for; undefined when nothing of it is known here. */
async function findSubject(tx: Tx, event: MailEvent): Promise<Subject | undefined> {
  if (event.ends) return findEnded(tx, event.ends);
  const delivery =
    event.deliveryId === undefined
      ? undefined
      : await tx
          .selectFrom('deliveries')
          .select(['id', 'email', 'subscription_id', 'alert_id'])
          .where('id', '=', event.deliveryId)
          .executeTakeFirst();
  if (!delivery) {
    if (event.email === undefined) return undefined;
    return { email: event.email, deliveryId: undefined, ends: undefined };
  }
  const { id, email, subscription_id, alert_id } = delivery;
  const ends =
    subscription_id !== null
      ? { subscriptionId: subscription_id }
      : alert_id !== null
        ? { alertId: alert_id }
        : undefined;
  return { email: email, deliveryId: id, ends };
}

async function findEnded(tx: Tx, ends: Ends): Promise<Subject | undefined> {
  const row =
    'alertId' in ends
      ? await tx
          .selectFrom('alerts')
          .innerJoin('people', 'people.id', 'alerts.person_id')
          .select('people.email')
          .where('alerts.id', '=', ends.alertId)
          .executeTakeFirst()
      : await tx
          .selectFrom('subscriptions')
          .select('email')
          .where('id', '=', ends.subscriptionId)
          .executeTakeFirst();
  return row && { email: row.email, deliveryId: undefined, ends };
}

/**
 * Soft bounces that stand behind each other. That a server took a mail does not say that it arrived, so what
 * arrived is told by order: a delivery of which nothing was heard, and after which a later one bounced.
 */
async function countSoftBounces(tx: Tx, email: string): Promise<number> {
  const since = toInstant(Date.now() - SOFT_DAYS * DAY_MS) as Instant;
  const lifted = await liftedAt(tx, email);
  const bounces = await tx
    .selectFrom('mail_events')
    .leftJoin('deliveries', 'deliveries.id', 'mail_events.delivery_id')
    .select((eb) => eb.fn.coalesce('deliveries.sent_at', 'mail_events.happened_at').as('at'))
    .where('mail_events.email', '=', foldAddress(email))
    .where('mail_events.kind', '=', 'soft bounce')
    .where('mail_events.happened_at', '>', lifted && lifted > since ? lifted : since)
    .execute();
  const newest =
    bounces
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '';
  const arrived = await lastQuietDelivery(tx, email, newest);
  return bounces.filter(({ at }) => at > arrived).length;
}

/** When the last delivery before that time was sent of which nothing was heard; '' where there is none. */
async function lastQuietDelivery(tx: Tx, email: string, before: string): Promise<string> {
  const row = await tx
    .selectFrom('deliveries')
    .select((eb) => eb.fn.max('sent_at').as('at'))
    .where('email', '=', email)
    .where('state', '=', 'sent')
    .where('sent_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mail_events')
            .select('mail_events.id')
            .whereRef('mail_events.delivery_id', '=', 'deliveries.id')
            .where('mail_events.kind', 'in', ['soft bounce', 'hard bounce']),
        ),
      ),
    )
    .executeTakeFirst();
  return row?.at ?? '';
}

/** What the mail was sent for; everything that goes to the address, where that is not known. */
async function end(tx: Tx, { email, ends }: Subject, by: EndedBy): Promise<void> {
  if (ends && 'alertId' in ends) return stopAlertMail(tx, ends.alertId);
  const ids = ends
    ? [ends.subscriptionId]
    : (await listLiveOf(tx, email)).map((subscription) => subscription.id);
  for (const id of ids) await endSubscription(tx, id, by);
}

/** Clocks elsewhere may be wrong. */
function notInFuture(at: Instant | undefined): Instant {
  const present = now();
  return at !== undefined && at < present ? at : present;
}
