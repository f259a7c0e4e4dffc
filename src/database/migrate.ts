// Forward-only migrations from a static map. Each runs in one transaction under a lock, so a killed
// or a second process leaves the schema either before or after a migration, never between.
import { type Kysely, sql } from 'kysely';
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Database, Engine } from './database.ts';
import { up as createPapersAndDays } from './migrations/0001-papers-and-days.ts';
import { up as createQueueAndSources } from './migrations/0002-queue-and-sources.ts';
import { up as createSearch } from './migrations/0003-search.ts';
import { up as createCommunity } from './migrations/0004-community.ts';
import { up as createReach } from './migrations/0005-reach.ts';
import { up as createSavedSettings } from './migrations/0007-saved-settings.ts';

type Migration = (db: Kysely<unknown>, engine: Engine) => Promise<void>;

/** In the order in which they run; a name is never changed or removed once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-papers-and-days': createPapersAndDays,
  '0002-queue-and-sources': createQueueAndSources,
  '0003-search': createSearch,
  '0004-community': createCommunity,
  '0005-reach': createReach,
  '0007-saved-settings': createSavedSettings,
};

/** Any fixed number: the PostgreSQL advisory lock that migrating processes take. */
const MIGRATION_LOCK = 7_275_201_846;

/**
 * Brings the schema up to date and returns the names of the migrations that ran.
 * `until` stops after that migration (for taking in data of an older version).
 * Throws `conflict` when the schema is newer than this program.
 */
export async function migrate(database: Database, until?: string): Promise<string[]> {
  const ran: string[] = [];
  for (const [name, migration] of Object.entries(MIGRATIONS)) {
    const applied = await database.transact(async (tx) => {
      if (database.engine === 'postgres') {
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
      }
      await sql`create table if not exists migrations (name text primary key, applied_at text not null)`.execute(
        tx,
      );
      const names = await appliedMigrations(tx);
      refuseNewer(names);
      if (names.includes(name)) return false;
      await migration(tx as unknown as Kysely<unknown>, database.engine);
      await sql`insert into migrations (name, applied_at) values (${name}, ${now()})`.execute(tx);
      return true;
    });
    if (applied) ran.push(name);
    if (name === until) break;
  }
  return ran;
}

/** What is missing in the schema. Throws `conflict` when the schema is newer than this program. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const names = (await hasMigrationsTable(database)) ? await appliedMigrations(database.read) : [];
  refuseNewer(names);
  return Object.keys(MIGRATIONS).filter((name) => !names.includes(name));
}

export async function appliedMigrations(db: Kysely<never> | Database['read']): Promise<string[]> {
  const found = await sql<{ name: string }>`select name from migrations order by name`.execute(
    db as Kysely<unknown>,
  );
  return found.rows.map((row) => row.name);
}

async function hasMigrationsTable(database: Database): Promise<boolean> {
  const query =
    database.engine === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'migrations'`
      : sql`select 1 where to_regclass('migrations') is not null`;
  return (await query.execute(database.read)).rows.length > 0;
}

function refuseNewer(names: string[]): void {
  const unknown = names.filter((name) => !(name in MIGRATIONS));
  if (unknown.length === 0) return;
  throw new AppError(
    'conflict',
    `The database was written by a newer Broadsheet (it has ${unknown.join(', ')}): start that version, or restore a backup made with this one.`,
  );
}
