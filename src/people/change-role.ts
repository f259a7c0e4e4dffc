import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { writeAudit } from './audit-log.ts';
import type { Role } from './roles.ts';

/**
 * Gives somebody a role; `by` is undefined for the command line. Throws `not-found`, and `conflict` when the
 * last administrator would be gone.
 */
export async function changeRole(
  tx: Tx,
  { personId, role, by }: { personId: string; role: Role; by: string | undefined },
): Promise<void> {
  // Readers see roles.
  await takeChanges(tx, 1);
  const person = await tx
    .selectFrom('people')
    .select('role')
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person) throw new AppError('not-found', 'There is nobody of that name here.');
  if (person.role === role) return;
  if (person.role === 'administrator') await refuseLastAdministrator(tx, personId);
  await tx.updateTable('people').set({ role }).where('id', '=', personId).execute();
  const details = { from: person.role, to: role };
  await writeAudit(tx, { action: 'role changed', actorId: by, subjectId: personId, details });
}

/** Throws `conflict` when nobody but this person is administrator. */
export async function refuseLastAdministrator(tx: Tx, personId: string): Promise<void> {
  // Two administrators who step back at once wait for each other here.
  await tx
    .updateTable('counters')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', '=', 'change')
    .execute();
  const other = await tx
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'administrator')
    .where('id', '<>', personId)
    .limit(1)
    .executeTakeFirst();
  if (other) return;
  throw new AppError(
    'conflict',
    'The last administrator cannot go: make someone else administrator first.',
  );
}
