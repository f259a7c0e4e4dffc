import { expect, test } from 'vitest';
import { openTestDatabase } from '../../tests/test-database.ts';
import { spend } from './limits.ts';
import { tidyAccounts } from './tidy.ts';

test('what has ended goes, and what has not stays', async () => {
  const database = await openTestDatabase();
  await spend(database, 'vote', 'ada');
  await spend(database, 'vote', 'bob');
  const verification = (id: string, expires_at: string) => ({
    id,
    identifier: id,
    value: '{}',
    expires_at,
    created_at: '2025-01-01T00:00:00.000Z',
    updated_at: '2025-01-01T00:00:00.000Z',
  });
  await database.transact(async (tx) => {
    await tx
      .updateTable('rate_limits')
      .set({ expires_at: Date.now() - 1 })
      .where('key', '=', 'vote ada')
      .execute();
    await tx
      .insertInto('verifications')
      .values([
        verification('old', '2025-01-01T00:10:00.000Z'),
        verification('new', '2999-01-01T00:00:00.000Z'),
      ])
      .execute();
  });
  await tidyAccounts(database);
  const limits = await database.read.selectFrom('rate_limits').select('key').execute();
  const links = await database.read.selectFrom('verifications').select('id').execute();
  expect({ limits, links }).toEqual({ limits: [{ key: 'vote bob' }], links: [{ id: 'new' }] });
});
