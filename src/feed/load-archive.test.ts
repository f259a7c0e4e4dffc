import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Day } from '../base/calendar.ts';
import { findNewestYear, loadArchiveYear } from './load-archive.ts';

const OPTIONS = { categories: ['cs.LG', 'cs.AI'], today: '2025-11-01' as Day };
const id = (n: number) => `2510.${String(n).padStart(5, '0')}`;

test('a year has its days with a list, those with announcements only, and none after today', async () => {
  const database = await openTestDatabase();
  const { read } = database;
  expect(await loadArchiveYear(read, 2025, OPTIONS)).toEqual({
    year: 2025,
    listed: [],
    announced: [],
    years: undefined,
  });
  expect(await findNewestYear(read, OPTIONS)).toBeUndefined();
  await list(database, '2025-10-29', [
    { record: record(id(1), { announcedOn: '2025-10-29' as Day }), votes: 1 },
    { record: record(id(2)), votes: 1 },
  ]);
  await list(database, '2024-12-31', [{ record: record(id(3)), votes: 1 }]);
  await list(database, '2025-11-02', [{ record: record(id(4)), votes: 1 }]);
  const elsewhere = { categories: ['math.CO'], primaryCategory: 'math.CO' };
  await save(
    database,
    record(id(5), { announcedOn: '2025-10-28' as Day }),
    record(id(6), { announcedOn: '2025-10-28' as Day }),
    record(id(7), { announcedOn: '2025-01-01' as Day }),
    record(id(8), { announcedOn: '2025-10-30' as Day, ...elsewhere }),
    record(id(9), { announcedOn: '2025-11-02' as Day }),
    record(id(10), { announcedOn: '2023-05-04' as Day }),
  );
  expect(await loadArchiveYear(read, 2025, OPTIONS)).toEqual({
    year: 2025,
    listed: [{ day: '2025-10-29', entries: 2 }],
    announced: ['2025-01-01', '2025-10-28'],
    years: { first: 2023, last: 2025 },
  });
  const without = await loadArchiveYear(read, 2024, { ...OPTIONS, categories: [] });
  expect(without).toMatchObject({
    listed: [{ day: '2024-12-31', entries: 1 }],
    announced: [],
    years: { first: 2024, last: 2025 },
  });
});

test('what was taken off its list leaves no day behind', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-29', [{ record: record(id(1)), votes: 1 }]);
  await database.transact((tx) =>
    tx.updateTable('day_entries').set({ unlisted_at: '2025-10-29T12:00:00.000Z' }).execute(),
  );
  expect(await loadArchiveYear(database.read, 2025, OPTIONS)).toMatchObject({
    listed: [],
    years: undefined,
  });
});
