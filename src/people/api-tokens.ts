// Tokens for programs that act for a person. better-auth makes them and keeps their hash only.
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type Instant, now, toInstant } from '../base/calendar.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import type { ApiTokensTable } from '../database/schema.ts';
import { writeAudit } from './audit-log.ts';
import { type Person, personFromRow } from './person.ts';
import type { Action } from './roles.ts';

/** What a token may be allowed; nobody can do with it what their role may not. */
export const SCOPES = [
  'read',
  'vote',
  'react',
  'comment',
  'report',
  'submit',
  'edit',
  'moderate',
] as const;
export type Scope = (typeof SCOPES)[number];

export const TOKEN_PREFIX = 'bsh_';
export const MAX_TOKENS = 50;
export const MAX_TOKEN_DAYS = 366;
/** What better-auth's plugin takes. */
export const MAX_TOKEN_NAME = 32;
/** How exactly the last use is kept; writing it at every request would cost more than the request. */
const USE_PRECISION_MS = 60_000;

export type TokenSummary = {
  id: string;
  name: string;
  /** Its first signs, to tell it from others. */
  start: string;
  scopes: Scope[];
  createdAt: Instant;
  usedAt: Instant | undefined;
  expiresAt: Instant | undefined;
};

export async function listTokens(db: Db, personId: string): Promise<TokenSummary[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .limit(MAX_TOKENS)
    .execute();
  return rows.map(summaryOf);
}

/** One token of somebody. */
export async function findToken(
  db: Db,
  personId: string,
  id: string,
): Promise<TokenSummary | undefined> {
  const row = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && summaryOf(row);
}

function summaryOf(row: Selectable<ApiTokensTable>): TokenSummary {
  return {
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    scopes: scopesOf(row.permissions),
    createdAt: row.created_at as Instant,
    usedAt: (row.last_request as Instant | null) ?? undefined,
    expiresAt: (row.expires_at as Instant | null) ?? undefined,
  };
}

/** Does nothing to somebody else's token. */
export async function revokeToken(tx: Tx, personId: string, id: string): Promise<void> {
  const gone = await tx
    .deleteFrom('api_tokens')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .returning('name')
    .executeTakeFirst();
  if (!gone) return;
  const details = { name: gone.name };
  await writeAudit(tx, {
    action: 'token revoked',
    actorId: personId,
    subjectId: personId,
    details,
  });
}

export type TokenHolder = { tokenId: string; person: Person; scopes: Scope[] };

/** Whose token it is. Undefined for one that is unknown, revoked or too old. */
export async function findTokenHolder(
  database: Database,
  token: string,
): Promise<TokenHolder | undefined> {
  if (!token.startsWith(TOKEN_PREFIX) || token.length > 200) return undefined;
  const at = now();
  const row = await database.read
    .selectFrom('api_tokens')
    .innerJoin('people', 'people.id', 'api_tokens.person_id')
    .selectAll('people')
    .select([
      'api_tokens.id as token_id',
      'api_tokens.permissions',
      'api_tokens.last_request',
      'api_tokens.expires_at',
    ])
    .where('api_tokens.key', '=', hashOf(token))
    .where('api_tokens.enabled', '=', 1)
    .executeTakeFirst();
  if (!row || (row.expires_at !== null && row.expires_at <= at)) return undefined;
  if (
    row.last_request === null ||
    Date.parse(at) - Date.parse(row.last_request) > USE_PRECISION_MS
  ) {
    await database.transact((tx) =>
      tx
        .updateTable('api_tokens')
        .set({ last_request: toInstant(at) as string })
        .where('id', '=', row.token_id)
        .execute(),
    );
  }
  return {
    tokenId: row.token_id,
    person: personFromRow(row, at),
    scopes: scopesOf(row.permissions),
  };
}

/** A token lets its holder do what its scopes name; an account is kept in the browser only. */
export function scopeAllows(scopes: readonly Scope[], action: Action): boolean {
  return (scopes as readonly string[]).includes(action);
}

/** As better-auth's plugin keeps it. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function scopesOf(permissions: string | null): Scope[] {
  const given = (JSON.parse(permissions ?? '{}') as { broadsheet?: string[] }).broadsheet ?? [];
  return SCOPES.filter((scope) => given.includes(scope));
}
