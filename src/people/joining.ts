// Who may make an account, and by whose invitation.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Instant, now, toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Config } from '../config.ts';
import type { Db, Tx } from '../database/database.ts';
import { isBarred } from './barred-addresses.ts';

export type JoiningRules = Pick<Config['people'], 'joining' | 'joiningDomains'>;

export const INVITATION_DAYS = 14;
export const MAX_INVITATION_NOTE = 200;
/** Open invitations that one person may have; administrators are free of it. */
export const MAX_OPEN_INVITATIONS = 20;
const DAY_MS = 86_400_000;

export type Invitation = {
  id: string;
  note: string | undefined;
  createdBy: string | undefined;
  createdAt: Instant;
  expiresAt: Instant;
  usedBy: string | undefined;
  usedAt: Instant | undefined;
  isRevoked: boolean;
};

/** Whether someone with this address may make an account now. */
export async function mayJoin(db: Db, rules: JoiningRules, email: string): Promise<boolean> {
  if (await isBarred(db, email)) return false;
  if (rules.joining === 'open') return true;
  if (rules.joining === 'closed') return false;
  if (rules.joining === 'domain' && rules.joiningDomains.includes(domainOf(email))) return true;
  return (await findClaimed(db, email)) !== undefined;
}

/** Makes an invitation and returns its code, which is kept nowhere. Throws `too-many`. */
export async function createInvitation(
  tx: Tx,
  invited: { by: string; note: string; isUnlimited: boolean },
): Promise<{ id: string; code: string }> {
  const at = now();
  const { open } = await tx
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('created_by', '=', invited.by)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirstOrThrow();
  if (!invited.isUnlimited && Number(open) >= MAX_OPEN_INVITATIONS) {
    throw new AppError(
      'too-many',
      `You have ${MAX_OPEN_INVITATIONS} open invitations: wait until some are used, or withdraw one.`,
    );
  }
  const code = randomBytes(15).toString('base64url');
  const id = randomUUID();
  await tx
    .insertInto('invitations')
    .values({
      id,
      code_hash: hashOf(code),
      created_by: invited.by,
      note: invited.note === '' ? null : invited.note,
      created_at: at,
      expires_at: toInstant(Date.now() + INVITATION_DAYS * DAY_MS) as Instant,
      claimed_email: null,
      used_by: null,
      used_at: null,
      revoked_at: null,
    })
    .execute();
  return { id, code };
}

/** The open invitation of a code. */
export async function findInvitation(db: Db, code: string): Promise<Invitation | undefined> {
  const row = await openInvitations(db).where('code_hash', '=', hashOf(code)).executeTakeFirst();
  return row && invitationFromRow(row);
}

/** Binds an open invitation to the address that a sign-in link goes to; the last claim counts. */
export async function claimInvitation(tx: Tx, code: string, email: string): Promise<void> {
  const found = await findInvitation(tx, code);
  if (!found) throw invitationGone();
  await tx
    .updateTable('invitations')
    .set({ claimed_email: email.toLowerCase() })
    .where('id', '=', found.id)
    .execute();
}

/** After an account was made: the invitation is used up, and who invited it is remembered. */
export async function useInvitation(
  tx: Tx,
  joined: { personId: string; email: string },
): Promise<void> {
  const claimed = await findClaimed(tx, joined.email);
  if (!claimed) return;
  await tx
    .updateTable('invitations')
    .set({ used_by: joined.personId, used_at: now() })
    .where('id', '=', claimed.id)
    .execute();
  await tx
    .updateTable('people')
    .set({ invited_by: claimed.created_by })
    .where('id', '=', joined.personId)
    .execute();
}

/** Someone's invitations, newest first; at most 200. */
export async function listInvitations(db: Db, createdBy: string): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .selectAll()
    .where('created_by', '=', createdBy)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  return rows.map(invitationFromRow);
}

/** Does nothing to one that is used or someone else's. */
export async function revokeInvitation(tx: Tx, id: string, createdBy: string): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ revoked_at: now() })
    .where('id', '=', id)
    .where('created_by', '=', createdBy)
    .where('used_at', 'is', null)
    .execute();
}

export function invitationGone(): AppError {
  return new AppError(
    'not-found',
    'This invitation was used, withdrawn or is too old: ask whoever sent it for another.',
  );
}

async function findClaimed(db: Db, email: string) {
  return openInvitations(db)
    .where('claimed_email', '=', email.toLowerCase())
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
}

function openInvitations(db: Db) {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now());
}

type InvitationRow = NonNullable<Awaited<ReturnType<typeof findClaimed>>>;

function invitationFromRow(row: InvitationRow): Invitation {
  return {
    id: row.id,
    note: row.note ?? undefined,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at as Instant,
    expiresAt: row.expires_at as Instant,
    usedBy: row.used_by ?? undefined,
    usedAt: (row.used_at as Instant | null) ?? undefined,
    isRevoked: row.revoked_at !== null,
  };
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
