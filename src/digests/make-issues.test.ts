import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { makeDueIssues } from './make-issues.ts';
import { tidyDeliveries } from './tidy-deliveries.ts';

const NOON = new Date('2025-10-29T12:00:00Z');
const at = (text: string) => ({ instanceZone: 'UTC', at: new Date(text) });

const deliveries = (database: Database) =>
  database.read
    .selectFrom('deliveries')
    .select(['issue', 'recipient', 'email', 'first_day', 'end_day', 'state'])
    .orderBy('created_at')
    .orderBy('issue')
    .execute();

test('each subscription that is due gets one delivery and its next time, the others none', async () => {
  const database = await openTestDatabase();
  const due = { next_at: '2025-10-29T07:00:00.000Z', covered_until: '2025-10-27' };
  const weekdays = await addSubscription(database, { ...due, email: 'a@a.org' });
  const weekly = await addSubscription(database, { ...due, cadence: 'weekly' });
  const monthly = await addSubscription(database, { ...due, cadence: 'monthly' });
  await addSubscription(database, { ...due, next_at: '2025-10-29T12:00:01.000Z' });
  await addSubscription(database, { ...due, state: 'paused' });
  await addSubscription(database, { ...due, state: 'ended' });
  expect(await makeDueIssues(database, { instanceZone: 'UTC', at: NOON })).toBe(3);
  const made = await deliveries(database);
  expect(
    made.map(({ issue, recipient, first_day, end_day }) => [recipient, issue, first_day, end_day]),
  ).toEqual(
    expect.arrayContaining([
      [weekdays, 'weekdays 2025-10-28', '2025-10-28', '2025-10-29'],
      [weekly, 'weekly 2025-W43', '2025-10-20', '2025-10-27'],
      [monthly, 'monthly 2025-09', '2025-09-01', '2025-10-01'],
    ]),
  );
  expect(made).toHaveLength(3);
  const row = await database.read
    .selectFrom('subscriptions')
    .select(['next_at', 'covered_until'])
    .where('id', '=', weekdays)
    .executeTakeFirst();
  expect(row).toEqual({ next_at: '2025-10-30T07:00:00.000Z', covered_until: '2025-10-28' });
  expect(await makeDueIssues(database, { instanceZone: 'UTC', at: NOON })).toBe(0);
});

test('after days without a worker one issue covers what was missed', async () => {
  const database = await openTestDatabase();
  await addSubscription(database, {
    next_at: '2025-10-24T07:00:00.000Z',
    covered_until: '2025-10-23',
  });
  await makeDueIssues(database, at('2025-10-29T12:00:00Z'));
  expect(await deliveries(database)).toMatchObject([
    { issue: 'weekdays 2025-10-28', first_day: '2025-10-24', end_day: '2025-10-29' },
  ]);
  await makeDueIssues(database, at('2025-10-30T12:00:00Z'));
  expect(await deliveries(database)).toMatchObject([
    {},
    { issue: 'weekdays 2025-10-29', first_day: '2025-10-29', end_day: '2025-10-30' },
  ]);
});

test('the first issue shows the newest list, and one that was made by hand is not made again', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-20', [{ record: record('2510.00001'), votes: 3 }]);
  const id = await addSubscription(database, { next_at: '2025-10-29T07:00:00.000Z' });
  await addDelivery(database, {
    issue: 'weekdays 2025-10-20',
    subscription_id: id,
    state: 'waiting',
  });
  expect(await makeDueIssues(database, { instanceZone: 'UTC', at: NOON })).toBe(0);
  expect(await deliveries(database)).toMatchObject([{ issue: 'weekdays 2025-10-20' }]);
});

test('deliveries older than four hundred days go, except what still waits', async () => {
  const database = await openTestDatabase();
  const old = { created_at: '2024-01-01T00:00:00.000Z' };
  await addDelivery(database, { ...old, issue: 'weekdays old' });
  await addDelivery(database, { ...old, issue: 'weekdays waiting', state: 'waiting' });
  await addDelivery(database, { issue: 'weekdays new' });
  expect(await tidyDeliveries(database, NOON)).toBe(1);
  const left = (await deliveries(database)).map(({ issue }) => issue).sort();
  expect(left).toEqual(['weekdays new', 'weekdays waiting']);
});
