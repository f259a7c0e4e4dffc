// Addresses that get no issues: a mailbox that is not there, one whose owner complained, or one that an
// administrator put here.
import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { type Instant, now } from '../base/calendar.ts';
import { truncateText } from '../base/text.ts';
import type { Db, Tx } from '../database/database.ts';
import type { SuppressionsTable } from '../database/schema.ts';
import { foldAddress } from '../mail/email-address.ts';

export type SuppressionReason = SuppressionsTable['reason'];

export type Suppression = {
  /** Undefined when only its hash was kept, after its owner's account went. */
  email: string | undefined;
  /** What stands in the table, which names it when it is lifted. */
  key: string;
  reason: SuppressionReason;
  detail: string;
  since: Instant;
};

const HASHED = 'sha256:';
const MAX_DETAIL = 500;
/** What fits into the parameters of one statement, twice. */
const ASKED_AT_ONCE = 200;

/** Those of the addresses, as they were given, that are to get no mail. */
export async function isSuppressed(db: Db, emails: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < emails.length; start += ASKED_AT_ONCE) {
    const asked = emails.slice(start, start + ASKED_AT_ONCE);
    const rows = await db
      .selectFrom('suppressions')
      .select('email')
      .where('email', 'in', asked.flatMap(keysOf))
      .where('lifted_at', 'is', null)
      .execute();
    const keys = new Set(rows.map((row) => row.email));
    for (const email of asked) {
      if (keysOf(email).some((key) => keys.has(key))) found.add(email);
    }
  }
  return found;
}

/** A complaint, and what was put in by hand, is not replaced by a bounce. Idempotent. */
export async function suppress(
  tx: Tx,
  { email, reason, detail }: { email: string; reason: SuppressionReason; detail: string },
): Promise<void> {
  const row = { reason, detail: truncateText(detail, MAX_DETAIL), created_at: now() };
  await tx
    .insertInto('suppressions')
    .values({ email: foldAddress(email), ...row, lifted_at: null })
    .onConflict((conflict) =>
      conflict
        .column('email')
        .doUpdateSet({ ...row, lifted_at: null })
        .where((eb) =>
          eb.or([
            eb('suppressions.lifted_at', 'is not', null),
            eb('suppressions.reason', 'in', ['hard bounce', 'soft bounces']),
          ]),
        ),
    )
    .execute();
}

/**
 * Mail may go to the address again, for its owner wants it, and bounces of before count no more. What an
 * administrator put in by hand stays. Says whether there was one.
 */
export async function lift(tx: Tx, email: string): Promise<boolean> {
  return liftAll(tx, keysOf(email), ['hard bounce', 'soft bounces', 'complaint']);
}

/** The same for an administrator, who may lift all. Takes an address, or the key of a suppression. */
export async function liftByHand(tx: Tx, emailOrKey: string): Promise<boolean> {
  return liftAll(tx, [emailOrKey, ...keysOf(emailOrKey)], REASONS);
}

const REASONS: SuppressionReason[] = ['hard bounce', 'soft bounces', 'complaint', 'by hand'];

async function liftAll(tx: Tx, keys: string[], reasons: SuppressionReason[]): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('suppressions')
    .set({ lifted_at: now() })
    .where('email', 'in', keys)
    .where('reason', 'in', reasons)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** Since when bounces count; undefined where nothing was lifted. */
export async function liftedAt(db: Db, email: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('suppressions')
    .select((eb) => eb.fn.max('lifted_at').as('at'))
    .where('email', 'in', keysOf(email))
    .executeTakeFirst();
  return (row?.at ?? undefined) as Instant | undefined;
}

export type SuppressionPlace = { since: Instant; key: string };

/** The newest first; `words` are looked for in addresses. */
export async function listSuppressions(
  db: Db,
  { words, before, limit }: { words: string; before: SuppressionPlace | undefined; limit: number },
): Promise<{ items: Suppression[]; hasMore: boolean }> {
  let query = db.selectFrom('suppressions').selectAll().where('lifted_at', 'is', null);
  if (words !== '') {
    const pattern = `%${words.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    query = query.where((eb) =>
      eb.or([sql<boolean>`email like ${pattern} escape '!'`, eb('email', 'in', keysOf(words))]),
    );
  }
  if (before) {
    query = query.where((eb) =>
      eb(eb.refTuple('created_at', 'email'), '<', eb.tuple(before.since, before.key)),
    );
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('email', 'desc')
    .limit(limit + 1)
    .execute();
  return { items: rows.slice(0, limit).map(fromRow), hasMore: rows.length > limit };
}

/** Those of the addresses, whether as such or as hashes. */
export async function findSuppressions(db: Db, emails: string[]): Promise<Suppression[]> {
  const rows = await db
    .selectFrom('suppressions')
    .selectAll()
    .where('email', 'in', emails.flatMap(keysOf))
    .where('lifted_at', 'is', null)
    .execute();
  return rows.map(fromRow);
}

function fromRow(row: Selectable<SuppressionsTable>): Suppression {
  return {
    email: row.email.startsWith(HASHED) ? undefined : row.email,
    key: row.email,
    reason: row.reason,
    detail: row.detail,
    since: row.created_at as Instant,
  };
}

/**
 * Of the address of an account that goes: nothing is mailed there although nobody knows any more what it was.
 * What the bounces said goes.
 */
export async function anonymiseSuppression(tx: Tx, email: string): Promise<void> {
  const [plain, hashed] = keysOf(email);
  const row = await tx
    .deleteFrom('suppressions')
    .where('email', '=', plain as string)
    .returningAll()
    .executeTakeFirst();
  if (!row || row.lifted_at !== null) return;
  await tx
    .insertInto('suppressions')
    .values({ ...row, email: hashed as string, detail: '' })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ lifted_at: null }))
    .execute();
}

function keysOf(email: string): string[] {
  const plain = foldAddress(email);
  const hash = createHash('sha256').update(plain).digest('base64url');
  return [plain, HASHED + hash];
}
