// Who is banned may delete the account, and the ban stays: a hash of the address, and nothing else.
import { createHash } from 'node:crypto';
import { now } from '../base/calendar.ts';
import type { Db, Tx } from '../database/database.ts';

/** Remembers the address of somebody who is suspended or banned until then; nothing for anyone else. */
export async function keepBar(
  tx: Tx,
  person: { email: string; barredUntil: string | null },
): Promise<void> {
  if (person.barredUntil === null || person.barredUntil <= now()) return;
  const bar = { until: person.barredUntil };
  await tx
    .insertInto('barred_addresses')
    .values({ address_hash: hashOf(person.email), ...bar })
    .onConflict((conflict) => conflict.column('address_hash').doUpdateSet(bar))
    .execute();
}

export async function isBarred(db: Db, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('barred_addresses')
    .select('until')
    .where('address_hash', '=', hashOf(email))
    .where('until', '>', now())
    .executeTakeFirst();
  return row !== undefined;
}

function hashOf(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('base64url');
}
