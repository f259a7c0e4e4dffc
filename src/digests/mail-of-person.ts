// What is known of mail to a person's addresses: for whoever takes their data away, and when they go.
import type { Db, Tx } from '../database/database.ts';
import { foldAddress } from '../mail/email-address.ts';
import { findOwnAddress } from './subscriptions-of-person.ts';
import { anonymiseSuppression, findSuppressions } from './suppressions.ts';

const MAX_SHOWN = 500;

/** In lower case. */
async function addressesOf(db: Db, personId: string): Promise<string[]> {
  const own = await findOwnAddress(db, personId);
  const rows = await db
    .selectFrom('subscriptions')
    .select('email')
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .execute();
  const all = [...(own === undefined ? [] : [own]), ...rows.map(({ email }) => email)];
  return [...new Set(all.map(foldAddress))];
}

/**
 * Before the person's subscriptions go. What mail servers said goes; that an address is to get no mail stays, as a
 * hash: whoever made it come to that must not be written to again for having gone.
 */
export async function forgetMailOf(tx: Tx, personId: string): Promise<void> {
  for (const email of await addressesOf(tx, personId)) {
    await tx.deleteFrom('mail_events').where('email', '=', email).execute();
    await anonymiseSuppression(tx, email);
  }
}

export async function mailOf(db: Db, personId: string): Promise<Record<string, unknown>[]> {
  const emails = await addressesOf(db, personId);
  if (emails.length === 0) return [];
  const events = await db
    .selectFrom('mail_events')
    .select(['email', 'kind', 'detail', 'happened_at'])
    .where('email', 'in', emails)
    .orderBy('happened_at', 'desc')
    .limit(MAX_SHOWN)
    .execute();
  return [
    ...(await findSuppressions(db, emails)).map(({ email, reason, detail, since }) => ({
      email,
      suppressed: reason,
      detail,
      since,
    })),
    ...events.map(({ happened_at, kind, ...rest }) => ({
      ...rest,
      event: kind,
      happenedAt: happened_at,
    })),
  ];
}
