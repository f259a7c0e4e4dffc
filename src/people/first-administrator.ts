// The first administrator is whoever can read the server's terminal: a code is printed there as long
// as there is no administrator. It is derived from the instance's secret, so that every start and
// every process of the instance knows the same one and nothing is kept.
import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import type { Db, Tx } from '../database/database.ts';
import { writeAudit } from './audit-log.ts';
import { keyFor } from './secret.ts';

/** In groups of four, without signs that look like others. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;

export async function hasAdministrator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export function setupCode(secret: string): string {
  const bytes = keyFor(secret, 'first administrator').subarray(0, GROUPS * 4);
  const signs = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (signs.match(/.{4}/g) ?? []).join('-');
}

/** Throws `forbidden` for a wrong code and `conflict` when there is an administrator already. */
export async function becomeFirstAdministrator(
  tx: Tx,
  { personId, code, secret }: { personId: string; code: string; secret: string },
): Promise<void> {
  const right = Buffer.from(setupCode(secret));
  const given = Buffer.from(code.trim().toUpperCase());
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new AppError(
      'forbidden',
      'That is not the code: the terminal or the log of the server shows it, after its last start.',
    );
  }
  // Locks the row that every other promotion would write too.
  await tx
    .updateTable('counters')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', '=', 'change')
    .execute();
  if (await hasAdministrator(tx)) {
    throw new AppError(
      'conflict',
      'There is an administrator already: ask them, or run "broadsheet user promote" on the server.',
    );
  }
  await tx
    .updateTable('people')
    .set({ role: 'administrator' })
    .where('id', '=', personId)
    .execute();
  await writeAudit(tx, {
    action: 'became first administrator',
    actorId: personId,
    subjectId: personId,
  });
}
