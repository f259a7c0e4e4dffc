import { type Instant, toInstant } from '../base/calendar.ts';
import type { Person } from './person.ts';
import type { Role } from './roles.ts';

const HOUR_MS = 3_600_000;

/** Whoever was given one of these is no stranger, however young the account. */
export const KNOWN_ROLES = ['editor', 'moderator', 'administrator'] as const satisfies Role[];

/** Accounts that were made after this are new. */
export function newAccountsSince(newAccountHours: number, at = Date.now()): Instant {
  return toInstant(at - newAccountHours * HOUR_MS) as Instant;
}

/** Whether somebody's account is held back a little yet; 0 hours hold back nobody. */
export function isNewAccount(
  person: Pick<Person, 'role' | 'joinedAt'>,
  newAccountHours: number,
): boolean {
  if ((KNOWN_ROLES as readonly Role[]).includes(person.role)) return false;
  return person.joinedAt > newAccountsSince(newAccountHours);
}
