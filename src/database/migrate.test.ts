import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openTestDatabase, testDatabaseUrl } from '../../tests/test-database.ts';
import { appliedMigrations, MIGRATIONS, migrate, pendingMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { TABLES } from './schema.ts';

test('an empty database gets every migration once', async () => {
  const database = await openDatabase(await testDatabaseUrl());
  onTestFinished(() => database.close());
  expect(await pendingMigrations(database)).toEqual(Object.keys(MIGRATIONS));
  expect(await migrate(database)).toEqual(Object.keys(MIGRATIONS));
  expect(await migrate(database)).toEqual([]);
  expect(await pendingMigrations(database)).toEqual([]);
  for (const table of TABLES) await database.read.selectFrom(table).selectAll().limit(1).execute();
});

test('two processes that migrate at once do it once', async () => {
  const url = await testDatabaseUrl();
  const databases = await Promise.all([openDatabase(url), openDatabase(url)]);
  onTestFinished(async () => {
    for (const database of databases) await database.close();
  });
  const ran = await Promise.all(databases.map((database) => migrate(database)));
  // Each of them may have run some, in turns.
  expect(ran.flat().sort()).toEqual(Object.keys(MIGRATIONS));
});

test('a newer schema is refused with what to do', async () => {
  const database = await openTestDatabase();
  await database.transact((tx) =>
    sql`insert into migrations (name, applied_at) values ('9999-future', 'x')`.execute(tx),
  );
  await expect(pendingMigrations(database)).rejects.toThrow(
    /written by a newer Broadsheet \(it has 9999-future\)/,
  );
  await expect(migrate(database)).rejects.toThrow(/start that version/);
  expect(await appliedMigrations(database.read)).toContain('9999-future');
});
