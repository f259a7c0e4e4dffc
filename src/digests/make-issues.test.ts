import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { addDelivery, addSubscription, subscriptionRow } from '../../tests/mail-rows.ts';
import { createPerson, suspend } from '../../tests/people.ts';
import { openTestDatabase, temporaryFolder, testDatabaseUrl } from '../../tests/test-database.ts';
import type { Day } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { loadStanding } from './list-deliveries.ts';
import { makeDayIssue } from './make-day-issue.ts';
import { makeDueIssues } from './make-issues.ts';
import { tidyDeliveries } from './tidy-deliveries.ts';

const PROCESSES = 4;
const PEOPLE = 3_000;
const WORKER = path.join(import.meta.dirname, '..', '..', 'tests', 'digest-worker.js');
const NOON = new Date('2025-10-29T12:00:00Z');
const at = (text: string) => ({ instanceZone: 'UTC', at: new Date(text) });

const deliveries = (database: Database) =>
  database.read
    .selectFrom('deliveries')
    .select(['issue', 'recipient', 'email', 'first_day', 'end_day', 'state'])
    .orderBy('created_at')
    .orderBy('issue')
    .execute();

test('digests of somebody suspended wait, and afterwards one issue tells what was missed', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  const due = { next_at: '2025-10-29T07:00:00.000Z', covered_until: '2025-10-27' };
  const id = await addSubscription(database, { ...due, person_id: person.id });
  await suspend(database, person);
  expect(await makeDueIssues(database, { instanceZone: 'UTC', at: NOON })).toBe(0);
  expect((await makeDayIssue(database, '2025-10-29' as Day, { isDry: false })).recipients).toBe(0);
  expect(await loadStanding(database.read)).toMatchObject({ activeSubscriptions: 0 });
  await suspend(database, person, '2025-10-30T00:00:00.000Z');
  expect(await makeDueIssues(database, at('2025-10-31T12:00:00Z'))).toBe(1);
  expect(await deliveries(database)).toMatchObject([
    { recipient: id, first_day: '2025-10-28', end_day: '2025-10-31' },
  ]);
});

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

test('the issue of a day made by hand goes to whoever has not had it, with the days before that they missed', async () => {
  const database = await openTestDatabase();
  const covered = (day: string | null) => addSubscription(database, { covered_until: day });
  const [fresh, behind, ahead] = [
    await covered(null),
    await covered('2025-10-26'),
    await covered('2025-10-30'),
  ];
  await addSubscription(database, { cadence: 'weekly' });
  const had = await covered('2025-10-29');
  await addDelivery(database, { issue: 'weekdays 2025-10-29', subscription_id: had });
  const day = '2025-10-29' as Day;
  const told = { issue: 'weekdays 2025-10-29', recipients: 3, hadIt: 1 };
  expect(await makeDayIssue(database, day, { isDry: true })).toEqual(told);
  expect(await deliveries(database)).toHaveLength(1);
  expect(await makeDayIssue(database, day, { isDry: false })).toEqual(told);
  const made = (await deliveries(database)).filter(({ state }) => state === 'waiting');
  expect(Object.fromEntries(made.map((row) => [row.recipient, row.first_day]))).toEqual({
    [fresh]: '2025-10-29',
    [behind]: '2025-10-27',
    [ahead]: '2025-10-29',
  });
  const rows = await database.read
    .selectFrom('subscriptions')
    .select(['id', 'covered_until'])
    .where('id', 'in', [fresh, behind, ahead])
    .execute();
  expect(Object.fromEntries(rows.map((row) => [row.id, row.covered_until]))).toEqual({
    [fresh]: '2025-10-29',
    [behind]: '2025-10-29',
    [ahead]: '2025-10-30',
  });
  expect(await makeDayIssue(database, day, { isDry: false })).toMatchObject({ recipients: 0 });
});

test(`${PROCESSES} processes at once make each subscription that is due exactly one delivery`, {
  timeout: 60_000,
}, async () => {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const rows = Array.from({ length: PEOPLE }, (_, n) => subscriptionRow({ email: `p${n}@a.org` }));
  await database.transact(async (tx) => {
    for (const some of chunkedForInsert(rows)) {
      await tx.insertInto('subscriptions').values(some).execute();
    }
  });
  const env = { BROADSHEET_DATABASE_URL: location, BROADSHEET_DATA: temporaryFolder() };
  const ends = Array.from({ length: PROCESSES }, async () => {
    const child = spawn(process.execPath, [WORKER, '1000', 'make'], {
      env: { PATH: process.env.PATH, ...env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    return code;
  });
  expect(await Promise.all(ends)).toEqual(Array(PROCESSES).fill(0));
  const made = await deliveries(database);
  expect(made).toHaveLength(PEOPLE);
  expect(new Set(made.map(({ recipient }) => recipient)).size).toBe(PEOPLE);
  expect(new Set(made.map(({ issue }) => issue)).size).toBe(1);
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
