import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import { AppError, messageOf } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';

/** How long a statement outside a transaction may wait for another process's lock; it blocks. */
const BUSY_TIMEOUT_MS = 5_000;
/** How long a transaction may wait for the write lock; it does not block. */
const WRITE_LOCK_TIMEOUT_MS = 60_000;
const STATEMENT_CACHE_SIZE = 200;
/** 125 MiB: with less, a bulk import copies the log into the file at nearly every transaction. */
const CHECKPOINT_PAGES = 32_000;
const PAGE_CACHE_KIB = 49_152;

/** Opens a database file, creating it and its folder; `:memory:` for a passing one. */
export function openSqlite(file: string): Database {
  const isMemory = file === ':memory:';
  const writer = openHandle(file, false);
  const reader = isMemory ? writer : openHandle(file, true);
  const read = new Kysely<Schema>({ dialect: dialectOf(reader) });
  const write = new Kysely<Schema>({ dialect: dialectOf(writer) });
  let readChange: Sqlite.Statement | undefined;
  return {
    engine: 'sqlite',
    location: file,
    read,
    write,
    transact: (work) => write.transaction().execute(work),
    async snapshot(work) {
      if (isMemory) return work(read);
      const handle = openHandle(file, true);
      const db = new Kysely<Schema>({ dialect: dialectOf(handle) });
      try {
        handle.exec('begin');
        return await work(db);
      } finally {
        await db.destroy();
      }
    },
    currentChange() {
      readChange ??= reader.prepare("select value from counters where name = 'change'").pluck();
      return readChange.get() as number;
    },
    async close() {
      await write.destroy();
      await read.destroy();
      // Kysely leaves a handle open that it never used.
      for (const handle of [reader, writer]) if (handle.open) handle.close();
    },
  };
}

/**
 * Copies the database at `file` into `target`, as of one moment, while others read and write it, and
 * makes `change` in the copy. The copy is complete or absent: it gets its name only when it is on the disk.
 */
export async function copySqlite(
  file: string,
  target: string,
  change?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const partial = `${target}.partial`;
  fs.rmSync(partial, { force: true });
  const handle = openHandle(file, true);
  try {
    handle.prepare('vacuum into ?').run(partial);
  } finally {
    handle.close();
  }
  if (change) await changeFile(partial, change);
  syncFile(partial);
  fs.renameSync(partial, target);
  syncFile(path.dirname(path.resolve(target)));
}

/** Without a write-ahead log, which would stay behind when the file is renamed. */
async function changeFile(file: string, change: (tx: Tx) => Promise<void>): Promise<void> {
  const db = new Kysely<Schema>({ dialect: dialectOf(new Sqlite(file)) });
  try {
    await db.transaction().execute(change);
  } finally {
    await db.destroy();
  }
}

/** Throws `conflict` when another process has the database at `file` open. */
export function refuseIfInUse(file: string): void {
  if (!fs.existsSync(file)) return;
  const handle = new Sqlite(file, { timeout: 0 });
  try {
    handle.pragma('locking_mode = exclusive');
    handle.exec('begin exclusive; rollback');
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new AppError(
      'conflict',
      `${file} is in use: stop Broadsheet (and any running import) first.`,
    );
  } finally {
    handle.close();
  }
}

/** Whether a file is an SQLite database, judged by its first bytes. */
export function isSqliteFile(file: string): boolean {
  const descriptor = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(16);
    fs.readSync(descriptor, head, 0, 16, 0);
    return head.toString('latin1') === 'SQLite format 3\0';
  } finally {
    fs.closeSync(descriptor);
  }
}

function syncFile(file: string): void {
  const descriptor = fs.openSync(file, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function openHandle(file: string, readonly: boolean): Sqlite.Database {
  try {
    if (!readonly && file !== ':memory:') makeFolder(path.dirname(file));
    const handle = new Sqlite(file, { readonly, timeout: BUSY_TIMEOUT_MS });
    if (!readonly) {
      handle.pragma('journal_mode = wal');
      handle.pragma('synchronous = full');
      handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    }
    handle.pragma('foreign_keys = on');
    handle.pragma(`cache_size = -${PAGE_CACHE_KIB}`);
    return handle;
  } catch (error) {
    throw explainOpenError(error, file);
  }
}

function explainOpenError(error: unknown, file: string): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_READONLY_DIRECTORY'].includes(code)) {
    return new AppError(
      'unavailable',
      `${path.dirname(file)} cannot be written to: make it writable for this user, or set BROADSHEET_DATA to a folder that is.`,
      error,
    );
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new AppError(
      'unavailable',
      `${file} is not a database or is damaged: move it away, or restore a backup with "broadsheet restore FILE --force".`,
      error,
    );
  }
  if (code.startsWith('SQLITE_') || ['ENOENT', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new AppError(
      'unavailable',
      `${file} cannot be opened (${messageOf(error)}): check that BROADSHEET_DATA is a folder this user may write to.`,
      error,
    );
  }
  return error;
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ?? false;
}

/** Transactions take the write lock when they begin, and wait for it without blocking the process. */
class PatientSqliteDriver extends SqliteDriver {
  readonly #handle: Sqlite.Database;

  constructor(handle: Sqlite.Database) {
    super({ database: cachingStatements(handle) });
    this.#handle = handle;
  }

  override async beginTransaction(_connection: DatabaseConnection): Promise<void> {
    const giveUpAt = Date.now() + WRITE_LOCK_TIMEOUT_MS;
    for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
      this.#handle.pragma('busy_timeout = 0');
      try {
        this.#handle.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (Date.now() > giveUpAt) {
          throw new AppError(
            'unavailable',
            `The database has been locked by another process for ${WRITE_LOCK_TIMEOUT_MS / 1000} seconds: look for an import that hangs.`,
            error,
          );
        }
      } finally {
        this.#handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      }
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

function dialectOf(handle: Sqlite.Database): SqliteDialect {
  const dialect = new SqliteDialect({ database: cachingStatements(handle) });
  dialect.createDriver = () => new PatientSqliteDriver(handle);
  return dialect;
}

type CachingHandle = { prepare(sql: string): Sqlite.Statement; close(): void };

/** Compiling a statement costs more than running a small one; the least recently used go first. */
function cachingStatements(handle: Sqlite.Database): CachingHandle {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    prepare(sql) {
      let statement = statements.get(sql);
      if (statement) {
        statements.delete(sql);
      } else {
        statement = handle.prepare(sql);
        if (statements.size >= STATEMENT_CACHE_SIZE) {
          const oldest = statements.keys().next().value;
          if (oldest !== undefined) statements.delete(oldest);
        }
      }
      statements.set(sql, statement);
      return statement;
    },
    close() {
      handle.close();
    },
  };
}
