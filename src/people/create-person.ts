import { randomBytes } from 'node:crypto';
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { writeAudit } from './audit-log.ts';
import { suggestHandle } from './handle.ts';
import type { Role } from './roles.ts';

/**
 * Makes an account for an address, whose owner signs in with a link; resolves to its id. Whoever calls
 * vouches for the address. Throws `conflict` when it has an account.
 */
export async function createPerson(
  tx: Tx,
  { email, name, role, by }: { email: string; name?: string | undefined; role: Role; by?: string },
): Promise<string> {
  await takeChanges(tx, 1);
  const known = await tx
    .selectFrom('people')
    .select('handle')
    .where('email', '=', email)
    .executeTakeFirst();
  if (known) {
    throw new AppError('conflict', `${email} has an account already, ${known.handle}.`);
  }
  const id = randomBytes(16).toString('hex');
  const handle = suggestHandle(name ?? '');
  const at = now();
  await tx
    .insertInto('people')
    .values({
      id,
      name: name ?? `Reader ${handle.slice(-6)}`,
      email,
      email_verified: 1,
      image: null,
      created_at: at,
      updated_at: at,
      handle,
      role,
      affiliation: null,
      about: null,
      orcid: null,
      invited_by: null,
      barred_until: null,
      barred_by: null,
    })
    .execute();
  await writeAudit(tx, { action: 'joined', actorId: by, subjectId: id, details: { role } });
  return id;
}
