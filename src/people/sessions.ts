// Whose session a request belongs to. better-auth makes sessions; asking for one at every request
// needs a signature and one query, on the connection that never waits for a writer.
import { parseSigned } from 'hono/utils/cookie';
import { type Instant, now, toInstant } from '../base/calendar.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { type Person, personFromRow } from './person.ts';
import { keyFor } from './secret.ts';

export const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;

/** `__Host-` ties the cookie to this host and to https; plain http cannot have it. */
export function sessionCookieOf(url: string): string {
  return url.startsWith('https:') ? '__Host-session' : 'session';
}

/** What better-auth signs the cookie with. */
export function sessionSecret(secret: string): string {
  return keyFor(secret, 'sessions').toString('hex');
}

/** Says to scripts of ours that somebody is signed in; it gives no right. */
export const HINT_COOKIE = 'signed-in';

export type Session = {
  id: string;
  person: Person;
  /** It is in use and a day older than when it was last prolonged. */
  isDue: boolean;
};

/** The session that a request's cookies name, if it is signed by us and has not ended. */
export async function findSession(
  db: Db,
  cookies: string,
  { name, secret }: { name: string; secret: string },
): Promise<Session | undefined> {
  if (!cookies.includes(`${name}=`)) return undefined;
  const token = (await parseSigned(cookies, secret, name))[name];
  if (typeof token !== 'string') return undefined;
  const at = now();
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .selectAll('people')
    .select(['sessions.id as session_id', 'sessions.updated_at as session_updated_at'])
    .where('sessions.token', '=', token)
    .where('sessions.expires_at', '>', at)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.session_id,
    person: personFromRow(row, at),
    isDue: Date.parse(at) - Date.parse(row.session_updated_at) > DAY_MS,
  };
}

/** Makes a session last for its full time again. */
export async function prolongSession(database: Database, id: string): Promise<void> {
  await database.transact((tx) =>
    tx
      .updateTable('sessions')
      .set({
        updated_at: now(),
        expires_at: toInstant(Date.now() + SESSION_DAYS * DAY_MS) as Instant,
      })
      .where('id', '=', id)
      .execute(),
  );
}

export type SessionSummary = {
  id: string;
  startedAt: Instant;
  usedAt: Instant;
  address: string | undefined;
  browser: string | undefined;
};

/** Someone's sessions that have not ended, the last used first; at most 100. */
export async function listSessions(db: Db, personId: string): Promise<SessionSummary[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'created_at', 'updated_at', 'ip_address', 'user_agent'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now())
    .orderBy('updated_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.created_at as Instant,
    usedAt: row.updated_at as Instant,
    address: row.ip_address || undefined,
    browser: row.user_agent || undefined,
  }));
}

/** Ends one session of someone, or all but `except`; resolves to how many. */
export async function endSessions(
  tx: Tx,
  personId: string,
  which: { id: string } | { except: string } | 'all',
): Promise<number> {
  let query = tx.deleteFrom('sessions').where('person_id', '=', personId);
  if (which !== 'all') {
    query =
      'id' in which ? query.where('id', '=', which.id) : query.where('id', '<>', which.except);
  }
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}
