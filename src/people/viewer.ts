// Whoever asks, and what they may do.
import { AppError } from '../base/errors.ts';
import type { Config } from '../config.ts';
import { words } from '../language/words.ts';
import { type Scope, scopeAllows } from './api-tokens.ts';
import type { Person } from './person.ts';
import { type Action, barredMay, ROLES, roleMay } from './roles.ts';

export type Viewer = {
  person: Person;
  /** Undefined for a program that comes with a token. */
  sessionId: string | undefined;
  /** What the token allows; undefined for a session, which allows everything. */
  scopes: Scope[] | undefined;
  /** The token's own id. */
  tokenId?: string;
};

/** A visitor without an account is undefined. */
export function may(
  viewer: Viewer | undefined,
  action: Action,
  reading: Config['people']['reading'],
): boolean {
  if (!viewer) return action === 'read' && reading === 'everyone';
  const { person, scopes } = viewer;
  if (person.barred && !barredMay(action)) return false;
  if (!roleMay(person.role, action)) return false;
  return scopes === undefined || scopeAllows(scopes, action);
}

/** Throws `unauthorised` for a visitor and `forbidden` for whoever may not, and says why. */
export function allow(
  viewer: Viewer | undefined,
  action: Action,
  reading: Config['people']['reading'],
): void {
  if (may(viewer, action, reading)) return;
  if (!viewer) throw new AppError('unauthorised', 'Sign in first, at /sign-in.');
  const { barred, role } = viewer.person;
  if (barred && !barredMay(action)) {
    const until = barred.until.startsWith('9999') ? '' : ` until ${barred.until.slice(0, 10)}`;
    throw new AppError(
      'forbidden',
      `Your account is ${barred.by === 'ban' ? 'banned' : 'suspended'}${until}: you may read, and download or delete what is yours.`,
    );
  }
  if (!roleMay(role, action)) {
    const roles = ROLES.filter((other) => roleMay(other, action)).join(', ');
    throw new AppError(
      'forbidden',
      `Your role, ${role}, may not ${words.people.actions[action]}. Roles that may: ${roles}; see /about/roles.`,
    );
  }
  throw new AppError(
    'forbidden',
    `This token may not ${words.people.actions[action]}: make one with the scope "${action}" in your settings.`,
  );
}
