import { expect, test } from 'vitest';
import { record, save } from '../../../tests/fixtures.ts';
import { createPerson } from '../../../tests/people.ts';
import { openTestDatabase } from '../../../tests/test-database.ts';
import type { Day } from '../../base/calendar.ts';
import type { Database } from '../../database/database.ts';
import { readRows } from '../../database/row-file.ts';
import { checkComments, checkVotes } from '../check-counts.ts';
import { seedLiving } from './seed-living.ts';

const MOMENT = { today: '2025-11-03' as Day, nowMs: Date.parse('2025-11-03T15:00:00.000Z') };

async function withPapers(): Promise<Database> {
  const database = await openTestDatabase();
  const papers = Array.from({ length: 300 }, (_, n) =>
    record(`2510.${String(n).padStart(5, '0')}`),
  );
  await save(database, ...papers);
  return database;
}

test('an empty instance comes alive, the same every time, and its counts are those of its rows', async () => {
  const [first, second] = [await withPapers(), await withPapers()];
  const report = await seedLiving(first, { ...MOMENT, isForced: false });
  expect(report).toMatchObject({ people: 60, days: 10 });
  expect(report.votes).toBeGreaterThan(500);
  expect(report.comments).toBeGreaterThan(100);
  await seedLiving(second, { ...MOMENT, isForced: false });
  for (const table of ['people', 'votes', 'comments', 'reactions', 'day_entries'] as const) {
    const rows = await Promise.all([first, second].map((one) => rowsOf(one, table)));
    expect([table, rows[0]]).toEqual([table, rows[1]]);
  }
  await checkVotes(first);
  await checkComments(first);
  const changes = await first.read.selectFrom('papers').select('change').execute();
  expect(new Set(changes.map(({ change }) => change)).size).toBe(changes.length);
});

test('where people have accounts nothing is made up, unless it is forced', async () => {
  const database = await withPapers();
  await createPerson(database);
  await expect(seedLiving(database, { ...MOMENT, isForced: false })).rejects.toThrow(/--force/);
  expect(await rowsOf(database, 'votes')).toEqual([]);
  await seedLiving(database, { ...MOMENT, isForced: true });
  expect((await rowsOf(database, 'people')).length).toBe(61);
});

test.each(['2025-11-03T00:00:00.000Z', '2025-11-03T02:30:00.000Z', '2025-11-03T23:59:59.000Z'])(
  'at %s nothing has happened yet that comes later',
  async (now) => {
    const database = await withPapers();
    const nowMs = Date.parse(now);
    await seedLiving(database, { ...MOMENT, nowMs, isForced: false });
    const latest = new Date(nowMs - 30_000).toISOString();
    const tooLate = async (table: 'votes' | 'comments', column: 'voted_at' | 'created_at') =>
      (await rowsOf(database, table)).map((row) => row[column]).filter((at) => String(at) > latest);
    expect(await tooLate('votes', 'voted_at')).toEqual([]);
    expect(await tooLate('comments', 'created_at')).toEqual([]);
  },
);

test('without papers there is nothing to live on', async () => {
  const database = await openTestDatabase();
  await expect(seedLiving(database, { ...MOMENT, isForced: false })).rejects.toThrow(/import/);
});

async function rowsOf(database: Database, table: Parameters<typeof readRows>[1]) {
  const rows = [];
  for await (const step of readRows(database.read, table)) rows.push(...step);
  return rows;
}
