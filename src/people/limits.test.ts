import { expect, test, vi } from 'vitest';
import { openTestDatabase, testDatabaseUrl } from '../../tests/test-database.ts';
import { TooManyError } from '../base/errors.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { LIMITS, spend } from './limits.ts';

test('what is too often is refused with the seconds to wait, and each has their own count', async () => {
  const database = await openTestDatabase();
  const { points, windowS } = LIMITS.report;
  for (let use = 0; use < points; use++) await spend(database, 'report', 'ada');
  const refused = await spend(database, 'report', 'ada').catch((error) => error);
  expect(refused).toBeInstanceOf(TooManyError);
  expect(refused.retryAfterS).toBeGreaterThan(windowS - 60);
  expect(refused.retryAfterS).toBeLessThanOrEqual(windowS);
  await spend(database, 'report', 'bob');
  await spend(database, 'vote', 'ada');
});

test('a new window begins when the last one has ended', async () => {
  const database = await openTestDatabase();
  const { points, windowS } = LIMITS.report;
  for (let use = 0; use < points; use++) await spend(database, 'report', 'ada');
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + windowS * 1_000 + 1);
  await spend(database, 'report', 'ada');
  vi.restoreAllMocks();
});

test('the count holds over connections that spend at once', async () => {
  const url = await testDatabaseUrl();
  const databases = await Promise.all([1, 2, 3].map(() => openDatabase(url)));
  await migrate(databases[0] as (typeof databases)[number]);
  const { points } = LIMITS.report;
  const tries = Array.from({ length: points * 3 }, (_, at) =>
    spend(databases[at % 3] as (typeof databases)[number], 'report', 'ada').then(
      () => true,
      (error) => {
        if (error instanceof TooManyError) return false;
        throw error;
      },
    ),
  );
  const allowed = (await Promise.all(tries)).filter(Boolean);
  expect(allowed).toHaveLength(points);
  await Promise.all(databases.map((database) => database.close()));
});
