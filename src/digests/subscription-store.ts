import { sql, type Updateable } from 'kysely';
import { type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Db, Tx } from '../database/database.ts';
import type { SubscriptionsTable } from '../database/schema.ts';
import { topicKey } from '../feed/topic.ts';
import { nextIssueAt } from './issue-times.ts';
import type { Wish } from './parse-wish.ts';
import { newId } from './signed-id.ts';
import { type Subscription, subscriptionFromRow } from './subscription.ts';
import { lift } from './suppressions.ts';

/** How many an address may have, those not counted that have ended or were never confirmed. */
export const MAX_SUBSCRIPTIONS = 10;
/** How many an account may have, to whatever addresses, confirmed or not. */
const MAX_OF_PERSON = 20;
/** A person's list shows no more; what has ended comes last. */
const MAX_LISTED = 100;
const LIVE = ['active', 'paused'] as const;

export type EndedBy = NonNullable<Subscription['endedBy']>;

export async function findSubscription(db: Db, id: string): Promise<Subscription | undefined> {
  const row = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && subscriptionFromRow(row);
}

/** Those that mail goes to or could go to again at once. */
export async function listLiveOf(db: Db, email: string): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where(isAddressed(email))
    .where('state', 'in', LIVE)
    .orderBy('created_at')
    .limit(MAX_SUBSCRIPTIONS)
    .execute();
  return rows.map(subscriptionFromRow);
}

/** A person's own, live ones first. */
export async function listSubscriptionsOf(db: Db, personId: string): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy((eb) => eb.case().when('state', '=', 'ended').then(1).else(0).end())
    .orderBy('created_at')
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute();
  return rows.map(subscriptionFromRow);
}

/** Throws `conflict` when the address, or the account, has as many as it may have. */
export async function createSubscription(
  tx: Tx,
  made: {
    personId?: string;
    email: string;
    wish: Wish;
    /** An address that is known to be the reader's needs no confirmation. */
    isConfirmed: boolean;
  },
): Promise<string> {
  const { wish, email, isConfirmed } = made;
  await refuseTooMany(tx, email);
  if (made.personId !== undefined) await refuseTooManyOf(tx, made.personId);
  // Whoever wants mail again can get it, whatever came back before.
  if (isConfirmed) await lift(tx, email);
  const at = now();
  const id = newId();
  await tx
    .insertInto('subscriptions')
    .values({
      id,
      person_id: made.personId ?? null,
      email,
      ...columnsOf(wish, []),
      state: isConfirmed ? 'active' : 'unconfirmed',
      ended_by: null,
      created_at: at,
      confirmed_at: isConfirmed ? at : null,
      changed_at: at,
      next_at: isConfirmed ? nextIssueAt(wish, new Date(at)) : null,
      covered_until: null,
    })
    .execute();
  return id;
}

/** Writes over what a visitor wished for and has not confirmed yet; gives its id where there is one. */
export async function changeUnconfirmed(
  tx: Tx,
  email: string,
  wish: Wish,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('subscriptions')
    .select('id')
    .where(isAddressed(email))
    .where('state', '=', 'unconfirmed')
    .where('person_id', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  await set(tx, row.id, { ...columnsOf(wish, []), created_at: now() });
  return row.id;
}

/**
 * One that was confirmed before stays as it is, ended or not. Undefined for what is not there any more.
 * Throws `conflict` when the address has as many as it may have.
 */
export async function confirmSubscription(tx: Tx, id: string): Promise<Subscription | undefined> {
  const found = await findSubscription(tx, id);
  if (found?.state !== 'unconfirmed') return found;
  await refuseTooMany(tx, found.email);
  await lift(tx, found.email);
  const at = now();
  await set(tx, id, { confirmed_at: at, ...activeAt(found, at) });
  return findSubscription(tx, id);
}

/** A topic that was paused stays so. Its address stays the same. */
export async function changeSubscription(tx: Tx, id: string, wish: Wish): Promise<void> {
  const found = await getSubscription(tx, id);
  const paused = found.topics
    .filter(({ isPaused }) => isPaused)
    .map(({ topic }) => topicKey(topic));
  const next = found.state === 'active' ? nextIssueAt(wish, new Date()) : null;
  await set(tx, id, { ...columnsOf(wish, paused), next_at: next });
}

/** A topic that is not there changes nothing. */
export async function pauseTopic(
  tx: Tx,
  id: string,
  { key, isPaused }: { key: string; isPaused: boolean },
): Promise<void> {
  const { topics } = await getSubscription(tx, id);
  const changed = topics.map(({ topic, isPaused: was }) => ({
    topic: topicKey(topic),
    isPaused: topicKey(topic) === key ? isPaused : was,
  }));
  await set(tx, id, { topics: JSON.stringify(changed) });
}

/** Changes nothing unless it is active. */
export async function pauseSubscription(tx: Tx, id: string): Promise<void> {
  const { state } = await getSubscription(tx, id);
  if (state === 'active') await set(tx, id, { state: 'paused', next_at: null });
}

/**
 * After a pause or an end. Throws `conflict` when the address has as many as it may have, and for what was never
 * confirmed.
 */
export async function resumeSubscription(tx: Tx, id: string): Promise<void> {
  const found = await getSubscription(tx, id);
  if (found.state === 'active') return;
  if (found.confirmedAt === undefined) {
    throw new AppError('conflict', 'Open the link that was mailed to the address first.');
  }
  if (found.state === 'ended') {
    await refuseTooMany(tx, found.email);
    await lift(tx, found.email);
  }
  await set(tx, id, activeAt(found, now()));
}

/** Idempotent: what has ended keeps its reason. Says whether it is there at all. */
export async function endSubscription(tx: Tx, id: string, by: EndedBy): Promise<boolean> {
  await tx
    .updateTable('subscriptions')
    .set({ state: 'ended', ended_by: by, changed_at: now(), next_at: null })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .execute();
  return (await findSubscription(tx, id)) !== undefined;
}

export async function deleteSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('subscriptions').where('id', '=', id).execute();
}

/** Whatever the case of the letters: hosts that tell `Ada@` from `ada@` are not known. */
export function isAddressed(email: string) {
  return sql<boolean>`lower(email) = ${email.toLowerCase()}`;
}

async function getSubscription(tx: Tx, id: string): Promise<Subscription> {
  const found = await findSubscription(tx, id);
  if (!found) throw new AppError('not-found', 'There is no such digest any more.');
  return found;
}

async function refuseTooMany(tx: Tx, email: string): Promise<void> {
  if ((await listLiveOf(tx, email)).length < MAX_SUBSCRIPTIONS) return;
  throw new AppError(
    'conflict',
    `An address has at most ${MAX_SUBSCRIPTIONS} digests: end one of them first.`,
  );
}

async function refuseTooManyOf(tx: Tx, personId: string): Promise<void> {
  const own = await listSubscriptionsOf(tx, personId);
  if (own.filter(({ state }) => state !== 'ended').length < MAX_OF_PERSON) return;
  throw new AppError(
    'conflict',
    `An account has at most ${MAX_OF_PERSON} digests: end or delete one of them first.`,
  );
}

function activeAt(wish: Parameters<typeof nextIssueAt>[0], at: Instant) {
  return { state: 'active', ended_by: null, next_at: nextIssueAt(wish, new Date(at)) } as const;
}

function columnsOf(wish: Wish, paused: readonly string[]) {
  const keys = wish.topics.map(topicKey);
  return {
    name: wish.name ?? null,
    cadence: wish.cadence,
    topics: JSON.stringify(keys.map((topic) => ({ topic, isPaused: paused.includes(topic) }))),
    max_papers: wish.maxPapers,
    hour: wish.hour,
    time_zone: wish.timeZone,
    language: wish.language,
  };
}

async function set(
  tx: Tx,
  id: string,
  changes: Omit<Updateable<SubscriptionsTable>, 'id'>,
): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ ...changes, changed_at: now() })
    .where('id', '=', id)
    .execute();
}
