import { expect, test } from 'vitest';
import { openTestDatabase } from '../../tests/test-database.ts';
import { takeLease } from './lease.ts';

const LONG_MS = 600_000;
/** As if its holder had been killed and the time were over. */
const OVER_MS = -1_000;

test('while one holds a lease another gets none of that name', async () => {
  const database = await openTestDatabase();
  const lease = await takeLease(database, 'index', LONG_MS);
  expect(await lease?.renew()).toBe(true);
  expect(await takeLease(database, 'index', LONG_MS)).toBeUndefined();
  expect(await takeLease(database, 'something else', LONG_MS)).toBeDefined();
});

test('a lease that was dropped is free at once', async () => {
  const database = await openTestDatabase();
  const lease = await takeLease(database, 'index', LONG_MS);
  await lease?.drop();
  expect(await takeLease(database, 'index', LONG_MS)).toBeDefined();
});

test('a lease whose time is over goes to the next, and the former holder can neither renew nor drop it', async () => {
  const database = await openTestDatabase();
  const former = await takeLease(database, 'index', OVER_MS);
  const next = await takeLease(database, 'index', LONG_MS);
  expect(next).toBeDefined();
  expect(await former?.renew()).toBe(false);
  await former?.drop();
  expect(await takeLease(database, 'index', LONG_MS)).toBeUndefined();
  expect(await next?.renew()).toBe(true);
});

test('a holder that is late keeps the lease where nobody has taken it', async () => {
  const database = await openTestDatabase();
  const lease = await takeLease(database, 'index', OVER_MS);
  expect(await lease?.renew()).toBe(true);
});

test('of many who ask at once one gets the lease', async () => {
  const database = await openTestDatabase();
  const asked = Array.from({ length: 8 }, () => takeLease(database, 'index', LONG_MS));
  const leases = await Promise.all(asked);
  expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
});
