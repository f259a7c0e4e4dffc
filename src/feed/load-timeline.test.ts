import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Instant } from '../base/calendar.ts';
import { castVote } from '../votes/vote-store.ts';
import { createCategoryTimeline, loadAuthorTimeline } from './load-timeline.ts';

const id = (n: number) => `2510.${String(n).padStart(5, '0')}`;
const of = (n: number, day: string) =>
  record(id(n), { submittedAt: `${day}T10:00:00.000Z` as Instant });

test('a name has its papers and votes, here and elsewhere, by weeks while it is young', async () => {
  const database = await openTestDatabase();
  const [first] = await list(database, '2025-10-29', [
    { record: of(1, '2025-10-28'), votes: 5 },
    { record: of(2, '2025-10-14'), votes: 2 },
  ]);
  expect(await loadAuthorTimeline(database.read, 'ada-lovelace')).toBeUndefined();
  await save(database, of(3, '2025-10-27'));
  const person = await createPerson(database);
  await database.transact((tx) =>
    castVote(tx, { person, paperKey: first?.key as number, weighs: false }),
  );
  const timeline = await loadAuthorTimeline(database.read, 'ada-lovelace');
  expect(timeline?.unit).toBe('week');
  expect(timeline?.periods).toHaveLength(8);
  expect(timeline?.periods[0]).toEqual({ first: '2025-09-08', papers: 0, votes: 0 });
  expect(timeline?.periods.slice(-3)).toEqual([
    { first: '2025-10-13', papers: 1, votes: 2 },
    { first: '2025-10-20', papers: 0, votes: 0 },
    { first: '2025-10-27', papers: 2, votes: 6 },
  ]);
});

test('over a longer time it is by months, over many years by years, without gaps', async () => {
  const database = await openTestDatabase();
  const unitsOf = async () => {
    const timeline = await loadAuthorTimeline(database.read, 'ada-lovelace');
    return [timeline?.unit, timeline?.periods.map(({ first, papers }) => [first, papers])];
  };
  await save(database, of(1, '2025-02-20'), of(2, '2025-10-14'), of(3, '2025-10-27'));
  expect(await unitsOf()).toEqual([
    'month',
    [
      ['2025-02-01', 1],
      ...[3, 4, 5, 6, 7, 8, 9].map((month) => [`2025-0${month}-01`, 0]),
      ['2025-10-01', 2],
    ],
  ]);
  await save(database, of(4, '2021-05-05'));
  expect(await unitsOf()).toEqual([
    'year',
    [
      ['2021-01-01', 1],
      ['2022-01-01', 0],
      ['2023-01-01', 0],
      ['2024-01-01', 0],
      ['2025-01-01', 3],
    ],
  ]);
});

test('a category has the two years up to its newest paper, and is counted once in a while', async () => {
  const database = await openTestDatabase();
  const timelineOf = createCategoryTimeline(database.read);
  expect(await timelineOf('math.CO')).toBeUndefined();
  await save(
    database,
    ...['2023-10-31', '2023-11-01', '2025-01-10', '2025-10-14'].map((day, n) => of(n, day)),
  );
  const timeline = await timelineOf('cs.LG');
  expect(timeline).toMatchObject({ unit: 'month' });
  expect(timeline?.periods).toHaveLength(24);
  expect(timeline?.periods[0]).toEqual({ first: '2023-11-01', papers: 1, votes: 0 });
  await save(database, of(9, '2025-10-15'));
  expect(await timelineOf('cs.LG')).toBe(timeline);
  expect((await createCategoryTimeline(database.read)('cs.LG'))?.periods.at(-1)?.papers).toBe(2);
});
