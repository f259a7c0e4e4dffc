import { AppError } from '../base/errors.ts';
import type { Database } from '../database/database.ts';
import { listTokens, MAX_TOKENS, type Scope } from './api-tokens.ts';
import { writeAudit } from './audit-log.ts';
import type { Auth } from './open-auth.ts';
import type { Person } from './person.ts';

const DAY_S = 86_400;

/** Returns the token itself, which is shown once. Throws `too-many`. */
export async function createToken(
  auth: Auth,
  database: Database,
  token: { person: Person; name: string; scopes: Scope[]; days: number },
): Promise<string> {
  const { person, name, scopes, days } = token;
  const known = await listTokens(database.read, person.id);
  if (known.length >= MAX_TOKENS) {
    throw new AppError('too-many', `You have ${MAX_TOKENS} tokens: revoke those that nobody uses.`);
  }
  const made = await auth.api.createApiKey({
    body: {
      userId: person.id,
      name,
      expiresIn: days * DAY_S,
      permissions: { broadsheet: scopes },
    },
  });
  await database.transact((tx) =>
    writeAudit(tx, {
      action: 'token made',
      actorId: person.id,
      subjectId: person.id,
      details: { name, scopes: scopes.join(' '), days },
    }),
  );
  return made.key;
}
