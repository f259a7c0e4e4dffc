import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { AppError, messageOf } from '../base/errors.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const POOL_SIZE = 10;
/** Also how long a query waits for a connection that others use: a crowd that writes at once is served in turn. */
const CONNECT_TIMEOUT_MS = 30_000;
/** At the start somebody waits for the answer. */
const FIRST_CONNECT_TIMEOUT_MS = 5_000;
const MIN_SERVER_VERSION = 140_000;

/** Opens a PostgreSQL database (14 or newer). Throws `unavailable` when it does not answer. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  const location = describe(url);
  try {
    const server = await askServer(url);
    if (!server || server.version < MIN_SERVER_VERSION) {
      throw new AppError(
        'unavailable',
        `${location} is too old: Broadsheet needs PostgreSQL 14 or newer.`,
      );
    }
    if (server.encoding !== 'UTF8') {
      throw new AppError(
        'unavailable',
        `${location} is encoded in ${server.encoding}: create the database with encoding UTF8.`,
      );
    }
  } catch (error) {
    await pool.end();
    if (error instanceof AppError) throw error;
    throw new AppError(
      'unavailable',
      `${location} does not answer (${messageOf(error)}): check BROADSHEET_DATABASE_URL and that the server runs.`,
      error,
    );
  }
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine: 'postgres',
    location,
    read: db,
    write: db,
    transact: (work) => db.transaction().execute(work),
    snapshot: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(work),
    currentChange: sharedQuery(async () => {
      const row = await db
        .selectFrom('counters')
        .select('value')
        .where('name', '=', 'change')
        .executeTakeFirstOrThrow();
      return row.value;
    }),
    close: () => db.destroy(),
  };
}

async function askServer(url: string): Promise<{ version: number; encoding: string } | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: FIRST_CONNECT_TIMEOUT_MS,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
    );
    return rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

const BIGINT_OID = 20;

/** Keys and counts stay far below 2^53, so bigint is read as a number, as SQLite does. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === BIGINT_OID && format !== 'binary') return Number;
  return pg.types.getTypeParser(oid, format ?? 'text');
}

function describe(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `postgres://${hostname || 'localhost'}${port ? `:${port}` : ''}${pathname}`;
  } catch {
    throw new AppError(
      'invalid',
      'BROADSHEET_DATABASE_URL is not an address: write postgres://user:password@host:5432/database.',
    );
  }
}

/**
 * Lets callers that arrive together share one query. A caller never gets an answer to a query that
 * began before it asked: it waits for the one after.
 */
function sharedQuery<T>(query: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;
  return () => {
    next ??= (async () => {
      await running?.catch(() => {});
      const current = query();
      running = current;
      next = undefined;
      try {
        return await current;
      } finally {
        if (running === current) running = undefined;
      }
    })();
    return next;
  };
}
