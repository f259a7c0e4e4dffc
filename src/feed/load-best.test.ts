import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { parseMonth, parseWeek } from '../base/calendar.ts';
import { loadBestOfDays } from './load-best.ts';

const id = (n: number) => `2510.${String(n).padStart(5, '0')}`;

test('each day has its first papers in the order of its list, a paper of two days on both', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-28', [
    { record: record(id(1)), votes: 5 },
    { record: record(id(2)), votes: 9 },
    { record: record(id(3)), votes: 7 },
  ]);
  await list(database, '2025-10-29', [
    { record: record(id(2)), votes: 9 },
    { record: record(id(4)), votes: 1 },
  ]);
  await list(database, '2025-10-20', [{ record: record(id(5)), votes: 1 }]);
  await database.transact((tx) =>
    tx
      .updateTable('day_entries')
      .set({ pinned_at: '2025-10-28T12:00:00.000Z' })
      .where('day', '=', '2025-10-28')
      .where('paper_key', '=', (eb) =>
        eb.selectFrom('papers').select('key').where('id', '=', id(1)),
      )
      .execute(),
  );
  const idsOf = async (period: Parameters<typeof loadBestOfDays>[1], perDay: number) =>
    (await loadBestOfDays(database.read, period, { perDay })).map(({ day, items }) => [
      day,
      ...items.map((item) => item.paper.id),
    ]);
  expect(await idsOf(parseWeek('2025-W44'), 2)).toEqual([
    ['2025-10-28', id(1), id(2)],
    ['2025-10-29', id(2), id(4)],
  ]);
  expect(await idsOf(parseMonth('2025-10'), 1)).toEqual([
    ['2025-10-20', id(5)],
    ['2025-10-28', id(1)],
    ['2025-10-29', id(2)],
  ]);
  expect(await idsOf(parseMonth('2025-09'), 1)).toEqual([]);
});
