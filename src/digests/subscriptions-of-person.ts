// Subscriptions and accounts: what an address gets belongs to the account whose address it is.
import type { Db, Tx } from '../database/database.ts';
import { topicKey } from '../feed/topic.ts';
import { subscriptionFromRow } from './subscription.ts';
import { isAddressed } from './subscription-store.ts';

const MAX_SHOWN = 500;

/** The address of an account that is proved to be its owner's; undefined where there is none. */
export async function findOwnAddress(db: Db, personId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('people')
    .select('email')
    .where('id', '=', personId)
    .where('email_verified', '=', 1)
    // Stands for an address that a service does not tell.
    .where('email', 'not like', '%.invalid')
    .executeTakeFirst();
  return row?.email;
}

/** Gives the account what was confirmed at its address without an account. Idempotent. */
export async function adoptSubscriptions(
  tx: Tx,
  { personId, email }: { personId: string; email: string },
): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ person_id: personId })
    .where(isAddressed(email))
    .where('person_id', 'is', null)
    .where('confirmed_at', 'is not', null)
    .execute();
}

/** Whether there is anything to adopt: pages that are only read need not write. */
export async function hasAdoptable(db: Db, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('subscriptions')
    .select('id')
    .where(isAddressed(email))
    .where('person_id', 'is', null)
    .where('confirmed_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What goes to the address of an account that goes; the account's own go by reference. */
export async function forgetSubscriptionsOf(tx: Tx, personId: string): Promise<void> {
  const email = await findOwnAddress(tx, personId);
  if (email === undefined) return;
  await tx.deleteFrom('subscriptions').where(isAddressed(email)).execute();
}

/** For the download of one's data. */
export async function digestsOf(db: Db, personId: string): Promise<Record<string, unknown>[]> {
  const email = await findOwnAddress(db, personId);
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where((eb) =>
      email === undefined
        ? eb('person_id', '=', personId)
        : eb.or([eb('person_id', '=', personId), isAddressed(email)]),
    )
    .orderBy('created_at')
    .limit(MAX_SHOWN)
    .execute();
  return rows.map(subscriptionFromRow).map(({ id: _, personId: __, topics, ...rest }) => ({
    ...rest,
    topics: topics.map(({ topic, isPaused }) => ({ topic: topicKey(topic), isPaused })),
  }));
}
