// One file with everything: SQLite's own file for SQLite, packed JSON lines for PostgreSQL.
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import { splitLines } from '../base/lines.ts';
import { VERSION } from '../base/version.ts';
import type { Database } from './database.ts';
import {
  checkMigrations,
  type OnTable,
  parseRow,
  refuseToOverwrite,
  replaceAll,
} from './export.ts';
import { forgetInstance } from './instance.ts';
import { appliedMigrations, migrate, pendingMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { insertRows, type Row, readRows, renderRow } from './row-file.ts';
import { TABLES, type TableName } from './schema.ts';
import { copySqlite, isSqliteFile, refuseIfInUse } from './sqlite.ts';

const FORMAT = 'broadsheet-backup';
const BATCH_ROWS = 500;

type Head = { format: typeof FORMAT; version: string; migrations: string[] };
type Line = { table: TableName; row: Row };

/**
 * Writes one state of the database into `file` while others read and write it. The file has its name
 * only when it is complete. Throws `conflict` when it exists and `isForced` is not set.
 */
export async function backupDatabase(
  database: Database,
  file: string,
  options: { isForced?: boolean; onRows?: OnTable } = {},
): Promise<void> {
  if (fs.existsSync(file) && !options.isForced) {
    throw new AppError(
      'conflict',
      `${file} exists: name another file, or add --force to replace it.`,
    );
  }
  makeFolder(path.dirname(path.resolve(file)));
  if (database.engine === 'sqlite') await copySqlite(database.location, file);
  else await writeLines(database, file, options.onRows);
}

/**
 * Puts a backup in the place of the database at `url`. Throws `conflict` when that holds something and
 * `isForced` is not set or, on SQLite, when a process has it open; `invalid` for a file that is none.
 */
export async function restoreBackup(
  url: string,
  file: string,
  options: { isForced: boolean; onRows?: OnTable },
): Promise<void> {
  if (!fs.existsSync(file))
    throw new AppError('invalid', `${file} does not exist: check the name.`);
  const isSqlite = isSqliteFile(file);
  if (isSqlite !== url.startsWith('sqlite:')) {
    throw new AppError(
      'invalid',
      `${file} is a backup of ${isSqlite ? 'SQLite' : 'PostgreSQL'}, and the database is not: move between them with "broadsheet export" and "broadsheet restore FOLDER".`,
    );
  }
  if (isSqlite) await restoreSqlite(url.slice('sqlite:'.length), file, options.isForced);
  else await restoreLines(url, file, options);
}

async function restoreSqlite(target: string, file: string, isForced: boolean): Promise<void> {
  const check = await openDatabase(`sqlite:${file}`);
  try {
    await pendingMigrations(check);
    await appliedMigrations(check.read);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid', `${file} is not a database of Broadsheet.`, error);
  } finally {
    await check.close();
  }
  if (fs.existsSync(target) && !isForced) {
    throw new AppError('conflict', `${target} exists: add --force to replace everything in it.`);
  }
  refuseIfInUse(target);
  makeFolder(path.dirname(target));
  const incoming = `${target}.restoring`;
  await copySqlite(file, incoming, forgetInstance);
  for (const suffix of ['-wal', '-shm']) fs.rmSync(`${target}${suffix}`, { force: true });
  fs.renameSync(incoming, target);
}

async function writeLines(database: Database, file: string, onRows?: OnTable): Promise<void> {
  const partial = `${file}.partial`;
  await database.snapshot(async (db) => {
    const lines = async function* () {
      const head: Head = {
        format: FORMAT,
        version: VERSION,
        migrations: await appliedMigrations(db),
      };
      yield `${JSON.stringify(head)}\n`;
      for (const table of TABLES) {
        let count = 0;
        for await (const rows of readRows(db, table)) {
          yield rows.map((row) => `{"table":"${table}","row":${renderRow(row)}}\n`).join('');
          count += rows.length;
          onRows?.(table, count);
        }
      }
      yield `${JSON.stringify({ end: true })}\n`;
    };
    await pipeline(lines, createGzip(), fs.createWriteStream(partial, { flush: true }));
  });
  fs.renameSync(partial, file);
}

async function restoreLines(
  url: string,
  file: string,
  options: { isForced: boolean; onRows?: OnTable },
): Promise<void> {
  const database = await openDatabase(url);
  try {
    const lines = readLines(file);
    const head = (await lines.next()).value as Head | undefined;
    if (head?.format !== FORMAT)
      throw new AppError('invalid', `${file} is not a backup of Broadsheet.`);
    checkMigrations(head.migrations, file);
    await migrate(database);
    await database.transact(async (tx) => {
      await refuseToOverwrite(tx, options.isForced, database.location);
      let line = (await lines.next()).value as Line | { end: true } | undefined;
      await replaceAll(tx, database, async (table) => {
        let rows: Row[] = [];
        let count = 0;
        while (line && 'table' in line && line.table === table) {
          rows.push(line.row);
          count++;
          if (rows.length >= BATCH_ROWS) {
            await insertRows(tx, table, rows);
            options.onRows?.(table, count);
            rows = [];
          }
          line = (await lines.next()).value as typeof line;
        }
        await insertRows(tx, table, rows);
      });
      if (!line || !('end' in line)) {
        throw new AppError('invalid', `${file} is cut short: take another backup.`);
      }
      await forgetInstance(tx);
    });
  } finally {
    await database.close();
  }
}

async function* readLines(file: string): AsyncGenerator<unknown> {
  const unpacked = createGunzip();
  const source = fs.createReadStream(file);
  source.on('error', (error) => unpacked.destroy(error));
  let number = 0;
  try {
    for await (const lines of splitLines(source.pipe(unpacked))) {
      for (const line of lines) {
        number++;
        yield parseRow(line, `${file}, line ${number}`);
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'invalid',
      `${file} is damaged or no backup of Broadsheet: take another one.`,
      error,
    );
  }
}
