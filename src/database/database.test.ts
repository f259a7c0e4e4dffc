import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import {
  ENGINE,
  openTestDatabase,
  temporaryFolder,
  testDatabaseUrl,
} from '../../tests/test-database.ts';
import { openDatabase } from './open-database.ts';

test('a transaction that throws leaves nothing', async () => {
  const database = await openTestDatabase();
  const work = database.transact(async (tx) => {
    await tx.insertInto('counters').values({ name: 'x', value: 1 }).execute();
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  const rows = await database.read.selectFrom('counters').select('name').execute();
  expect(rows.map((row) => row.name)).not.toContain('x');
});

test('transactions of two connections wait for each other', async () => {
  const url = await testDatabaseUrl();
  const [a, b] = await Promise.all([openDatabase(url), openDatabase(url)]);
  onTestFinished(async () => {
    await a.close();
    await b.close();
  });
  const { migrate } = await import('./migrate.ts');
  await migrate(a);
  await a.transact((tx) => tx.insertInto('counters').values({ name: 'x', value: 0 }).execute());
  const add = (database: typeof a) =>
    database.transact((tx) =>
      tx
        .updateTable('counters')
        .set((eb) => ({ value: eb('value', '+', 1) }))
        .where('name', '=', 'x')
        .execute(),
    );
  await Promise.all(Array.from({ length: 40 }, (_, n) => add(n % 2 ? a : b)));
  const row = await b.read
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'x')
    .executeTakeFirst();
  expect(row?.value).toBe(40);
});

test('a snapshot does not see what comes after its start', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001'));
  const seen = await database.snapshot(async (db) => {
    const before = await db.selectFrom('papers').select('id').execute();
    await save(database, record('2510.00002'));
    return [before, await db.selectFrom('papers').select('id').execute()];
  });
  expect(seen.map((rows) => rows.length)).toEqual([1, 1]);
});

test('the change number is seen by another connection as soon as it is committed', async () => {
  const url = await testDatabaseUrl();
  const [a, b] = await Promise.all([openDatabase(url), openDatabase(url)]);
  onTestFinished(async () => {
    await a.close();
    await b.close();
  });
  const { migrate } = await import('./migrate.ts');
  await migrate(a);
  const before = await b.currentChange();
  await save(a, record('2510.00001'));
  expect(await b.currentChange()).toBeGreaterThan(before);
});

test.skipIf(ENGINE === 'sqlite')(
  'a server that does not answer is named without its password',
  async () => {
    await expect(openDatabase('postgres://me:secret@127.0.0.1:1/none')).rejects.toThrow(
      /^postgres:\/\/127\.0\.0\.1:1\/none does not answer/,
    );
  },
);

test.skipIf(ENGINE === 'postgres')(
  'a file that is no database, and a folder that is none, are named',
  async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'x.db');
    fs.writeFileSync(
      file,
      'this is a text that is long enough to be looked at as a database header',
    );
    await expect(openDatabase(`sqlite:${file}`)).rejects.toThrow(/is not a database or is damaged/);
    await expect(openDatabase(`sqlite:${file}/below/y.db`)).rejects.toThrow(
      /check that BROADSHEET_DATA/,
    );
    await expect(openDatabase('mysql://x')).rejects.toThrow(/names no database/);
  },
);
