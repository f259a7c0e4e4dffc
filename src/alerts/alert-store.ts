// Keeping alerts. Whoever asks says whose they must be: another's are not found.
import { randomBytes } from 'node:crypto';
import { addDays, type Day, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Db, Tx } from '../database/database.ts';
import { topicKey } from '../feed/topic.ts';
import { type Alert, type AlertTopic, alertFromRow, type Telling } from './alert.ts';

/** How many a person may have. */
export const MAX_ALERTS = 50;

export type AlertWish = Telling & { name: string; topic: AlertTopic };

/** From where on an alert looks: what was there when it was made was seen in its preview, and is not told. */
export type Beginning = { position: number; firstDay: Day; seen: number[] };

/** Papers of this day and later are news for an alert that is made today: they arrive until late. */
export function firstDayOf(today: Day): Day {
  return addDays(today, -1);
}

/** The oldest first. */
export async function listAlerts(db: Db, personId: string): Promise<Alert[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(MAX_ALERTS)
    .execute();
  return rows.map(alertFromRow);
}

/** Throws `not-found`. */
export async function getAlert(db: Db, personId: string, id: string): Promise<Alert> {
  const row = await db
    .selectFrom('alerts')
    .selectAll()
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return alertFromRow(row);
  throw new AppError('not-found', 'There is no such alert: it may have been deleted.');
}

/** Returns its id. Throws `conflict` where there is one of that topic, and `too-many`. */
export async function createAlert(
  tx: Tx,
  personId: string,
  wish: AlertWish,
  beginning: Beginning,
): Promise<string> {
  await lockPerson(tx, personId);
  const { count } = await tx
    .selectFrom('alerts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_ALERTS) {
    throw new AppError(
      'too-many',
      `You have ${MAX_ALERTS} alerts, which is as many as one may have: delete one first.`,
    );
  }
  await refuseSecond(tx, personId, wish, '');
  const id = randomBytes(10).toString('hex');
  const at = now();
  await tx
    .insertInto('alerts')
    .values({
      id,
      person_id: personId,
      ...columnsOf(wish),
      ...beginningColumns(beginning),
      created_at: at,
      changed_at: at,
      paused_at: null,
      looked_at: null,
    })
    .execute();
  return id;
}

/**
 * `beginning` where it is about another topic than before, so that it begins anew. Throws `not-found`, and
 * `conflict` where there is another of that topic.
 */
export async function changeAlert(
  tx: Tx,
  { personId, id }: Pick<Alert, 'personId' | 'id'>,
  wish: AlertWish,
  beginning: Beginning | undefined,
): Promise<void> {
  await lockPerson(tx, personId);
  await refuseSecond(tx, personId, wish, id);
  await update(tx, personId, id, {
    ...columnsOf(wish),
    ...(beginning ? { ...beginningColumns(beginning), looked_at: now() } : {}),
  });
}

/** What comes until it is resumed it will not tell of. Throws `not-found`. Idempotent. */
export async function pauseAlert(tx: Tx, personId: string, id: string): Promise<void> {
  await update(tx, personId, id, { paused_at: now() });
}

/** Throws `not-found`. */
export async function resumeAlert(
  tx: Tx,
  personId: string,
  id: string,
  beginning: Beginning,
): Promise<void> {
  const columns = { ...beginningColumns(beginning), looked_at: now() };
  await update(tx, personId, id, { paused_at: null, ...columns });
}

/** With what it has found. Idempotent. */
export async function deleteAlert(tx: Tx, personId: string, id: string): Promise<void> {
  await tx.deleteFrom('alerts').where('person_id', '=', personId).where('id', '=', id).execute();
}

/** Of two requests of one person that make alerts, one waits. */
async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('people')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('id', '=', personId)
    .execute();
}

async function refuseSecond(
  tx: Tx,
  personId: string,
  { topic }: AlertWish,
  id: string,
): Promise<void> {
  const other = await tx
    .selectFrom('alerts')
    .select('name')
    .where('person_id', '=', personId)
    .where('topic', '=', topicKey(topic))
    .where('id', '<>', id)
    .executeTakeFirst();
  if (!other) return;
  throw new AppError('conflict', `You have an alert for this already: “${other.name}”.`);
}

type Columns = Partial<
  ReturnType<typeof columnsOf> &
    ReturnType<typeof beginningColumns> & { paused_at: string | null; looked_at: string }
>;

async function update(tx: Tx, personId: string, id: string, columns: Columns): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('alerts')
    .set({ ...columns, changed_at: now() })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (Number(numUpdatedRows) > 0) return;
  throw new AppError('not-found', 'There is no such alert: it may have been deleted.');
}

function columnsOf({ name, topic, mailsAtOnce, subscriptionId, channelId }: AlertWish) {
  return {
    name,
    topic: topicKey(topic),
    mails_at_once: mailsAtOnce ? 1 : 0,
    subscription_id: subscriptionId ?? null,
    channel_id: channelId ?? null,
  };
}

function beginningColumns({ position, firstDay, seen }: Beginning) {
  return { position, first_day: firstDay, seen: JSON.stringify(seen) };
}
