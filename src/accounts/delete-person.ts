// An account goes, and with it everything that tells who it was.
import { sql } from 'kysely';
import { AppError } from '../base/errors.ts';
import { forgetCommentsOf } from '../comments/forget-comments.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { forgetMailOf } from '../digests/mail-of-person.ts';
import { forgetSubscriptionsOf } from '../digests/subscriptions-of-person.ts';
import { writeAudit } from '../people/audit-log.ts';
import { keepBar } from '../people/barred-addresses.ts';
import { refuseLastAdministrator } from '../people/change-role.ts';
import { forgetVotesOf } from '../votes/vote-store.ts';

/** What stays of somebody's comments: nothing but their places, or the texts without a name. */
export const LEFTOVERS = ['tombstones', 'anonymous'] as const;
export type Leftover = (typeof LEFTOVERS)[number];

/**
 * Removes somebody: account, sessions, ways to sign in, tokens, votes, reactions and submissions. Papers
 * stay on their days without a submitter, reports and the logs stay without a name. `by` is undefined for
 * the command line. Throws `not-found`, and `conflict` for the last administrator.
 */
export async function deletePerson(
  tx: Tx,
  { personId, comments, by }: { personId: string; comments: Leftover; by: string | undefined },
): Promise<void> {
  await takeChanges(tx, 1);
  const person = await tx
    .selectFrom('people')
    .select(['id', 'handle', 'email', 'role', 'barred_until'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person) throw new AppError('not-found', 'There is nobody of that name here.');
  if (person.role === 'administrator') await refuseLastAdministrator(tx, personId);
  await keepBar(tx, { email: person.email, barredUntil: person.barred_until });
  await forgetVotesOf(tx, personId);
  await forgetCommentsOf(tx, person, comments);
  await forgetSubmitter(tx, personId);
  await forgetInvitations(tx, person);
  await forgetMailOf(tx, personId);
  await forgetSubscriptionsOf(tx, personId);
  await forgetTraces(tx, person);
  await writeAudit(tx, {
    action: 'account deleted',
    actorId: by === personId ? undefined : by,
    subjectId: personId,
    details: { role: person.role, comments },
  });
  // Everything else that is theirs, or names them, follows by the tables' own references.
  await tx.deleteFrom('people').where('id', '=', personId).execute();
}

async function forgetSubmitter(tx: Tx, personId: string): Promise<void> {
  const entries = await tx
    .selectFrom('day_entries')
    .select(['day', 'paper_key', 'details'])
    .where('person_id', '=', personId)
    .execute();
  for (const { day, paper_key, details } of entries) {
    const { submittedBy: _, ...rest } = JSON.parse(details) as Record<string, unknown>;
    await tx
      .updateTable('day_entries')
      .set({ person_id: null, submitter: null, details: JSON.stringify(rest) })
      .where('day', '=', day)
      .where('paper_key', '=', paper_key)
      .execute();
  }
}

/** Open ones end; those that were used still say that someone was invited, and not by what words. */
async function forgetInvitations(tx: Tx, person: { id: string; email: string }): Promise<void> {
  await tx
    .deleteFrom('invitations')
    .where('created_by', '=', person.id)
    .where('used_at', 'is', null)
    .execute();
  await tx
    .updateTable('invitations')
    .set({ note: null })
    .where('created_by', '=', person.id)
    .execute();
  await tx
    .updateTable('invitations')
    .set({ claimed_email: null, note: null })
    .where((eb) => eb.or([eb('used_by', '=', person.id), eb('claimed_email', '=', person.email)]))
    .execute();
}

/** What no reference leads to: links and challenges that are under way, and counted uses. */
async function forgetTraces(tx: Tx, person: { id: string; email: string }): Promise<void> {
  for (const word of [person.id, person.email]) {
    const pattern = `%${word.replace(/[!%_]/g, '!$&')}%`;
    await tx
      .deleteFrom('verifications')
      .where(
        sql<boolean>`(value like ${pattern} escape '!' or identifier like ${pattern} escape '!')`,
      )
      .execute();
    await tx
      .deleteFrom('rate_limits')
      .where(sql<boolean>`key like ${`% ${word.replace(/[!%_]/g, '!$&')}`} escape '!'`)
      .execute();
  }
}
