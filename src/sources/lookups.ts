// Papers that are looked for by identity: what readers asked for, what could not be read where it
// was announced. An identity that its registry does not know is not asked for again for a while.
import { type Instant, toInstant } from '../base/calendar.ts';
import type { Db, Tx } from '../database/database.ts';

/** How long an identity that was not found is left alone, by the number of tries. */
const PAUSES_HOURS = [1, 6, 24, 72, 168];

export type Lookup = { outcome: 'wanted' | 'found' | 'absent'; nextAt: Instant };

export async function findLookup(db: Db, id: string): Promise<Lookup | undefined> {
  const row = await db
    .selectFrom('lookups')
    .select(['outcome', 'next_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { outcome: row.outcome, nextAt: row.next_at as Instant };
}

/** Puts identities on the list; one that is there keeps its pause. */
export async function wantPapers(tx: Tx, ids: string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insertInto('lookups')
    .values(
      ids.map((id) => ({
        id,
        outcome: 'wanted' as const,
        tries: 0,
        tried_at: null,
        next_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ outcome: 'wanted' }).where('lookups.next_at', '<=', at),
    )
    .execute();
}

export async function countWanted(db: Db): Promise<number> {
  const row = await db
    .selectFrom('lookups')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('outcome', '=', 'wanted')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function listWanted(db: Db, at: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('lookups')
    .select('id')
    .where('outcome', '=', 'wanted')
    .where('next_at', '<=', at)
    .orderBy('next_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Those of the identities that were tried lately and are left alone for now. */
export async function findResting(db: Db, ids: string[], at: Instant): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('lookups')
    .select('id')
    .where('id', 'in', ids)
    .where('next_at', '>', at)
    .execute();
  return new Set(rows.map((row) => row.id));
}

export async function recordLookups(
  tx: Tx,
  tried: { id: string; isFound: boolean }[],
  at: Instant,
): Promise<void> {
  for (const { id, isFound } of tried) {
    const before = await tx
      .selectFrom('lookups')
      .select('tries')
      .where('id', '=', id)
      .executeTakeFirst();
    const tries = (before?.tries ?? 0) + 1;
    const hours = PAUSES_HOURS[Math.min(tries, PAUSES_HOURS.length) - 1] as number;
    const row = {
      outcome: isFound ? ('found' as const) : ('absent' as const),
      tries,
      tried_at: at,
      next_at: toInstant(Date.parse(at) + hours * 3_600_000) as Instant,
    };
    await tx
      .insertInto('lookups')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
}
