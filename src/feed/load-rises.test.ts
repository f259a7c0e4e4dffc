import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Day } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { loadRises } from './load-rises.ts';

const TODAY = '2025-10-29' as Day;

async function vote(database: Database, paperKey: number, ...times: string[]) {
  for (const voted_at of times) {
    const person = await createPerson(database);
    const row = { person_id: person.id, paper_key: paperKey, voted_at, weighs: 0 };
    await database.transact((tx) => tx.insertInto('votes').values(row).execute());
  }
}

async function openWithTwoPapers() {
  const database = await openTestDatabase();
  const saved = await save(database, record('2510.00001'), record('2510.00002'));
  const [one, two] = saved.map((outcome) => outcome.key) as [number, number];
  return { database, one, two };
}

test('a rise is of the last seven days, and knows what is new', async () => {
  const { database, one, two } = await openWithTwoPapers();
  await vote(
    database,
    one,
    '2025-10-22T23:59:59.999Z',
    '2025-10-23T00:00:00.000Z',
    '2025-10-28T00:00:00.000Z',
    '2025-10-29T22:00:00.000Z',
  );
  await vote(database, two, '2025-10-22T12:00:00.000Z');
  const rises = await loadRises(database.read, [one, two], TODAY);
  expect([...rises.keys()]).toEqual([one]);
  expect(rises.get(one)).toMatchObject({ votes: 3, days: 7, newVotes: 2 });
  expect(rises.get(one)?.growth.map(({ total }) => total)).toEqual([0, 1, 1, 1, 1, 1, 2, 3]);
  expect(await loadRises(database.read, [], TODAY)).toEqual(new Map());
});

test('a vote of what is tomorrow by UTC counts today', async () => {
  const { database, one } = await openWithTwoPapers();
  await vote(database, one, '2025-10-30T01:00:00.000Z');
  const rise = (await loadRises(database.read, [one], TODAY)).get(one);
  expect(rise).toMatchObject({ votes: 1, newVotes: 1 });
  expect(rise?.growth.at(-1)).toEqual({ day: '2025-10-30', total: 1 });
});
