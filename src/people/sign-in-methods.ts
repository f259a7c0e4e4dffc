// By what somebody may sign in: a link to their address, services, passkeys.
import type { Instant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import type { Db, Tx } from '../database/database.ts';
import { writeAudit } from './audit-log.ts';

/** Addresses that stand for one that a service does not tell; nothing can be sent there. */
const NO_ADDRESS = '.invalid';
export const MAX_PASSKEY_NAME = 60;
const MAX_LISTED = 100;

export type LinkedService = { id: string; provider: string; since: Instant };
export type Passkey = { id: string; name: string | undefined; since: Instant | undefined };
export type SignInMethods = {
  /** Where a link is sent; undefined where nothing can be sent. */
  email: string | undefined;
  isEmailVerified: boolean;
  services: LinkedService[];
  passkeys: Passkey[];
};

/** Throws `not-found`. */
export async function loadSignInMethods(db: Db, personId: string): Promise<SignInMethods> {
  const person = await db
    .selectFrom('people')
    .select(['email', 'email_verified'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person) throw new AppError('not-found', 'There is nobody of that name here.');
  const services = await db
    .selectFrom('accounts')
    .select(['id', 'provider_id', 'created_at'])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .limit(MAX_LISTED)
    .execute();
  const passkeys = await db
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at'])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .limit(MAX_LISTED)
    .execute();
  return {
    email: person.email.endsWith(NO_ADDRESS) ? undefined : person.email,
    isEmailVerified: person.email_verified === 1,
    services: services.map((row) => ({
      id: row.id,
      provider: row.provider_id,
      since: row.created_at as Instant,
    })),
    passkeys: passkeys.map((row) => ({
      id: row.id,
      name: row.name ?? undefined,
      since: (row.created_at as Instant | null) ?? undefined,
    })),
  };
}

/** What somebody takes away: one linked service or one passkey. */
export type RemovedMethod = { kind: 'service' | 'passkey'; id: string };

/**
 * Does nothing to what is somebody else's. Throws `conflict` for the last way in; a service that is not
 * among `providers`, those of the settings, is none.
 */
export async function removeSignInMethod(
  tx: Tx,
  personId: string,
  removed: RemovedMethod,
  providers: readonly string[],
): Promise<void> {
  // Whoever takes two away at once waits here.
  await tx
    .updateTable('people')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('id', '=', personId)
    .execute();
  const methods = await loadSignInMethods(tx, personId);
  const service = methods.services.find(({ id }) => id === removed.id);
  const passkey = methods.passkeys.find(({ id }) => id === removed.id);
  if (removed.kind === 'service' ? !service : !passkey) return;
  if (!hasWayWithout(methods, removed.id, providers)) {
    throw new AppError(
      'conflict',
      'This is your last way to sign in: add another one first, such as a passkey.',
    );
  }
  await tx
    .deleteFrom(removed.kind === 'service' ? 'accounts' : 'passkeys')
    .where('id', '=', removed.id)
    .where('person_id', '=', personId)
    .execute();
  await writeAudit(tx, {
    action: 'sign-in method removed',
    actorId: personId,
    subjectId: personId,
    details: { method: service?.provider ?? 'passkey' },
  });
}

/** Whether somebody can sign in without one of their methods. */
export function hasWayWithout(
  methods: SignInMethods,
  id: string,
  providers: readonly string[],
): boolean {
  if (methods.email !== undefined && methods.isEmailVerified) return true;
  return (
    methods.passkeys.some((passkey) => passkey.id !== id) ||
    methods.services.some((one) => one.id !== id && providers.includes(one.provider))
  );
}

/** Does nothing to somebody else's passkey. Throws `invalid`. */
export async function renamePasskey(
  tx: Tx,
  personId: string,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const given = oneLine(cleanText(name));
  if (given === '' || given.length > MAX_PASSKEY_NAME) {
    throw new AppError('invalid', `Write a name of 1 to ${MAX_PASSKEY_NAME} characters.`);
  }
  await tx
    .updateTable('passkeys')
    .set({ name: given })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .execute();
}
