import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase, temporaryFolder, testDatabaseUrl } from '../../tests/test-database.ts';
import { loadOctober } from '../../tests/test-server.ts';
import { deriveRenderings } from '../papers/renderings.ts';
import { backupDatabase, restoreBackup } from './backup.ts';
import type { Database, Engine } from './database.ts';
import { exportDatabase, importExport } from './export.ts';
import { instanceOf } from './instance.ts';
import { MIGRATIONS } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { TABLES } from './schema.ts';

async function filled(engine?: Engine): Promise<Database> {
  const database = await openTestDatabase(engine);
  const config = { dataDir: temporaryFolder() };
  await loadOctober({ database, config } as Parameters<typeof loadOctober>[0]);
  await save(
    database,
    record('doi:10.1/x', { title: 'Twice' }),
    record('2510.90001', { title: 'Twice' }),
  );
  await deriveRenderings(database);
  return database;
}

function filesOf(folder: string): Map<string, string> {
  return new Map(
    TABLES.map((table) => [table, fs.readFileSync(path.join(folder, `${table}.jsonl`), 'utf8')]),
  );
}

const ENGINES: Engine[] = process.env.TEST_DATABASE_URL ? ['sqlite', 'postgres'] : ['sqlite'];
const MOVES = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const));

test.each(MOVES)('an export of %s, taken in by %s, exports again row for row', async (from, to) => {
  const source = await filled(from);
  const first = path.join(temporaryFolder(), 'export');
  const manifest = await exportDatabase(source, first);
  expect(manifest.rows.papers).toBeGreaterThan(3_000);
  expect(Object.values(manifest.rows).filter((count) => count > 0).length).toBeGreaterThan(8);
  const target = await openTestDatabase(to);
  await importExport(target, first, { isForced: false });
  const second = path.join(temporaryFolder(), 'export');
  await exportDatabase(target, second);
  expect(filesOf(second)).toEqual(filesOf(first));
  const [outcome] = await save(target, record('2510.99999', { title: 'After the move' }));
  expect(outcome?.status).toBe('new');
  const highest = await source.read
    .selectFrom('papers')
    .select('key')
    .orderBy('key', 'desc')
    .executeTakeFirst();
  expect(outcome?.key).toBeGreaterThan(highest?.key as number);
});

test('an export of an older schema is taken in, and what it did not know begins empty', async () => {
  const source = await openTestDatabase();
  await list(source, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  const folder = path.join(temporaryFolder(), 'export');
  const manifest = await exportDatabase(source, folder);
  manifest.migrations = ['0001-papers-and-days'];
  for (const table of ['jobs', 'announcements']) {
    delete manifest.rows[table];
    fs.rmSync(path.join(folder, `${table}.jsonl`));
  }
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  const target = await openTestDatabase();
  await importExport(target, folder, { isForced: false });
  expect(await target.read.selectFrom('papers').select('id').execute()).toEqual([
    { id: '2510.00001' },
  ]);
  manifest.migrations = Object.keys(MIGRATIONS);
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  await expect(importExport(target, folder, { isForced: true })).rejects.toThrow('export again');
});

test('an export is taken in whole or not at all', async () => {
  const source = await openTestDatabase();
  await list(source, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  const folder = temporaryFolder();
  await exportDatabase(source, folder);
  const target = await openTestDatabase();
  await save(target, record('2510.00002'));
  await expect(importExport(target, folder, { isForced: false })).rejects.toThrow(/add --force/);
  fs.appendFileSync(path.join(folder, 'day_entries.jsonl'), '{"cut": ');
  await expect(importExport(target, folder, { isForced: true })).rejects.toThrow(
    /day_entries.jsonl, line 2 is not JSON/,
  );
  fs.rmSync(path.join(folder, 'manifest.json'));
  await expect(importExport(target, folder, { isForced: true })).rejects.toThrow(
    /no complete export/,
  );
  const ids = await target.read.selectFrom('papers').select('id').execute();
  expect(ids).toEqual([{ id: '2510.00002' }]);
});

test('an export does not touch a folder with other files', async () => {
  const database = await openTestDatabase();
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'mine.txt'), 'x');
  await expect(exportDatabase(database, folder)).rejects.toThrow(/holds other files \(mine.txt\)/);
});

test('a backup taken while papers come in is one consistent state', async () => {
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  const { migrate } = await import('./migrate.ts');
  await migrate(database);
  let isDone = false;
  const writing = (async () => {
    for (let n = 0; n < 40; n++) {
      const id = `2510.${String(n).padStart(5, '0')}`;
      await list(database, '2025-10-29', [{ record: record(id), votes: n }]);
    }
    isDone = true;
  })();
  const file = path.join(temporaryFolder(), 'backup');
  for (let n = 0; n < 5 && !isDone; n++) await backupDatabase(database, file, { isForced: true });
  await writing;
  await backupDatabase(database, file, { isForced: true });
  await expect(backupDatabase(database, file)).rejects.toThrow(/exists: name another file/);

  const target = await testDatabaseUrl();
  await restoreBackup(target, file, { isForced: false });
  const restored = await openDatabase(target);
  onTestFinished(() => restored.close());
  const counts = async (db: Database) => [
    (await db.read.selectFrom('papers').select('key').execute()).length,
    (await db.read.selectFrom('day_entries').select('day').execute()).length,
  ];
  expect(await counts(restored)).toEqual([40, 40]);
});

test('restoring replaces only when told to, and never a database in use', async () => {
  const source = await openTestDatabase();
  await save(source, record('2510.00001'));
  const file = path.join(temporaryFolder(), 'backup');
  await backupDatabase(source, file);
  const url = await testDatabaseUrl();
  const target = await openDatabase(url);
  const { migrate } = await import('./migrate.ts');
  await migrate(target);
  await save(target, record('2510.00002'));
  await expect(restoreBackup(url, file, { isForced: false })).rejects.toThrow(/add --force/);
  if (target.engine === 'sqlite') {
    await expect(restoreBackup(url, file, { isForced: true })).rejects.toThrow(
      /is in use: stop Broadsheet/,
    );
  }
  await target.close();
  await restoreBackup(url, file, { isForced: true });
  const after = await openDatabase(url);
  onTestFinished(() => after.close());
  expect(await after.read.selectFrom('papers').select('id').execute()).toEqual([
    { id: '2510.00001' },
  ]);
  fs.writeFileSync(file, 'no backup at all, but a text');
  await expect(restoreBackup(url, file, { isForced: true })).rejects.toThrow(/backup/);
});

test('what is restored is another instance from its first moment', async () => {
  const source = await openTestDatabase();
  await save(source, record('2510.00001'));
  const before = await instanceOf(source);
  const backup = path.join(temporaryFolder(), 'backup');
  await backupDatabase(source, backup);
  const folder = path.join(temporaryFolder(), 'export');
  await exportDatabase(source, folder);

  const url = await testDatabaseUrl();
  await restoreBackup(url, backup, { isForced: false });
  const fromBackup = await openDatabase(url);
  onTestFinished(() => fromBackup.close());
  const fromExport = await openTestDatabase();
  await importExport(fromExport, folder, { isForced: false });
  for (const database of [fromBackup, fromExport]) {
    const names = await database.read.selectFrom('counters').select('name').execute();
    expect(names.map(({ name }) => name)).not.toContain('instance');
    expect(await instanceOf(database)).not.toBe(before);
  }
  expect(await instanceOf(source)).toBe(before);
});
