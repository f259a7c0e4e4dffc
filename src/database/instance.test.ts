import { expect, test } from 'vitest';
import { openTestDatabase } from '../../tests/test-database.ts';
import { forgetInstance, instanceOf } from './instance.ts';

test('a database is the same instance to everyone who asks, even at once', async () => {
  const database = await openTestDatabase();
  const asked = await Promise.all(Array.from({ length: 4 }, () => instanceOf(database)));
  expect(new Set(asked).size).toBe(1);
  expect(await instanceOf(database)).toBe(asked[0]);
});

test('two databases are two instances, and a forgotten one becomes another', async () => {
  const database = await openTestDatabase();
  const before = await instanceOf(database);
  expect(await instanceOf(await openTestDatabase())).not.toBe(before);
  await database.transact(forgetInstance);
  expect(await instanceOf(database)).not.toBe(before);
});
