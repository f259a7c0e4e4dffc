// Everything as JSON lines, one file a table, and back again: how an instance moves between engines.
import fs from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { now } from '../base/calendar.ts';
import { AppError, messageOf } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import { splitLines } from '../base/lines.ts';
import { VERSION } from '../base/version.ts';
import type { Database, Tx } from './database.ts';
import { forgetInstance } from './instance.ts';
import { appliedMigrations, MIGRATIONS, migrate } from './migrate.ts';
import {
  insertRows,
  type Row,
  readRows,
  renderRow,
  resetSequences,
  writeText,
} from './row-file.ts';
import { TABLES, type TableName } from './schema.ts';

const MANIFEST = 'manifest.json';
const FORMAT = 'broadsheet-export';
const BATCH_ROWS = 500;

export type Manifest = {
  format: typeof FORMAT;
  version: string;
  exportedAt: string;
  migrations: string[];
  /** Rows by table. */
  rows: Record<string, number>;
};

export type OnTable = (table: TableName, rows: number) => void;

/**
 * Writes one state of the database into `folder`. The manifest comes last: a folder without one is
 * an export that did not end. Throws `conflict` when the folder holds something else.
 */
export async function exportDatabase(
  database: Database,
  folder: string,
  onRows?: OnTable,
): Promise<Manifest> {
  prepareFolder(folder);
  return database.snapshot(async (db) => {
    const rows: Record<string, number> = {};
    for (const table of TABLES) {
      const file = fs.createWriteStream(path.join(folder, `${table}.jsonl`));
      rows[table] = 0;
      for await (const step of readRows(db, table)) {
        await writeText(file, step.map((row) => `${renderRow(row)}\n`).join(''));
        rows[table] += step.length;
        onRows?.(table, rows[table] as number);
      }
      file.end();
      await finished(file);
    }
    const manifest: Manifest = {
      format: FORMAT,
      version: VERSION,
      exportedAt: now(),
      migrations: await appliedMigrations(db),
      rows,
    };
    fs.writeFileSync(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  });
}

export function isExport(folder: string): boolean {
  return fs.existsSync(path.join(folder, MANIFEST));
}

/**
 * Puts an export in the place of everything in the database, in one transaction. Throws `conflict`
 * when there is something and `isForced` is not set, `invalid` when the export is incomplete or newer
 * than this program.
 */
export async function importExport(
  database: Database,
  folder: string,
  options: { isForced: boolean; onRows?: OnTable },
): Promise<Manifest> {
  const manifest = readManifest(folder);
  await migrate(database);
  await database.transact(async (tx) => {
    await refuseToOverwrite(tx, options.isForced, database.location);
    await replaceAll(tx, database, async (table) => {
      const isNewer = manifest.rows[table] === undefined && isOfOlderSchema(manifest.migrations);
      if (isNewer) return;
      const count = await putTable(tx, path.join(folder, `${table}.jsonl`), table, options.onRows);
      if (count !== manifest.rows[table]) {
        throw new AppError(
          'invalid',
          `${table}.jsonl has ${count} rows where the manifest counts ${manifest.rows[table]}: export again.`,
        );
      }
    });
    await forgetInstance(tx);
  });
  return manifest;
}

/** Empties all tables and fills them with `put`, inside a transaction. */
export async function replaceAll(
  tx: Tx,
  database: Database,
  put: (table: TableName) => Promise<void>,
): Promise<void> {
  for (const table of [...TABLES].reverse()) await tx.deleteFrom(table).execute();
  for (const table of TABLES) await put(table);
  await resetSequences(tx, database.engine);
}

/** Throws `conflict` when the database holds papers and nobody said that they may go. */
export async function refuseToOverwrite(
  tx: Tx,
  isForced: boolean,
  location: string,
): Promise<void> {
  if (isForced) return;
  const found = await tx.selectFrom('papers').select('key').limit(1).executeTakeFirst();
  if (!found) return;
  throw new AppError(
    'conflict',
    `${location} holds papers already: add --force to replace everything in it.`,
  );
}

/**
 * Throws `invalid` when a newer program wrote the data. What an older one wrote lacks only tables,
 * because no migration so far changes one that was there; those begin empty.
 */
export function checkMigrations(migrations: string[], what: string): void {
  const unknown = migrations.filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    throw new AppError(
      'invalid',
      `${what} was written by a newer Broadsheet: take it in with that version.`,
    );
  }
}

function isOfOlderSchema(migrations: string[]): boolean {
  return Object.keys(MIGRATIONS).some((name) => !migrations.includes(name));
}

async function putTable(tx: Tx, file: string, table: TableName, onRows?: OnTable): Promise<number> {
  if (!fs.existsSync(file)) throw new AppError('invalid', `${file} is missing: export again.`);
  let rows: Row[] = [];
  let count = 0;
  const flush = async () => {
    await insertRows(tx, table, rows);
    rows = [];
    onRows?.(table, count);
  };
  for await (const lines of splitLines(fs.createReadStream(file))) {
    for (const line of lines) {
      if (line === '') continue;
      count++;
      rows.push(parseRow(line, `${path.basename(file)}, line ${count}`));
      if (rows.length >= BATCH_ROWS) await flush();
    }
  }
  await flush();
  return count;
}

/** Throws `invalid` for a line that is no row. */
export function parseRow(line: string | undefined, place: string): Row {
  try {
    return JSON.parse(line ?? '') as Row;
  } catch (error) {
    throw new AppError('invalid', `${place} is not JSON (${messageOf(error)}): export again.`);
  }
}

function readManifest(folder: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(fs.readFileSync(path.join(folder, MANIFEST), 'utf8'));
  } catch {
    throw new AppError(
      'invalid',
      `${folder} holds no complete export: it has no readable ${MANIFEST}.`,
    );
  }
  if (manifest.format !== FORMAT || !Array.isArray(manifest.migrations) || !manifest.rows) {
    throw new AppError('invalid', `${folder}/${MANIFEST} is not of an export of Broadsheet.`);
  }
  checkMigrations(manifest.migrations, folder);
  return manifest;
}

function prepareFolder(folder: string): void {
  makeFolder(folder);
  const ours = new Set<string>([MANIFEST, ...TABLES.map((table) => `${table}.jsonl`)]);
  const foreign = fs.readdirSync(folder).filter((name) => !ours.has(name));
  if (foreign.length > 0) {
    throw new AppError(
      'conflict',
      `${folder} holds other files (${foreign[0]}): name an empty folder.`,
    );
  }
  for (const name of ours) fs.rmSync(path.join(folder, name), { force: true });
}
