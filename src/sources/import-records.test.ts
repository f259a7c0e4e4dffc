import fs from 'node:fs';
import { expect, test } from 'vitest';
import { readDemo, recordedDays } from '../../tests/fixtures.ts';
import { openTestDatabase, temporaryFolder } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { dailyUnits, paperUnits } from './import-files.ts';
import { type ImportReport, importRecords } from './import-records.ts';
import { openRejects } from './rejects.ts';

async function* linesOf(text: string, stopAfter = Number.POSITIVE_INFINITY) {
  let count = 0;
  for (const line of text.split('\n')) {
    if (count++ >= stopAfter) throw new Error('killed');
    yield [line];
  }
}

async function run(
  database: Database,
  units: Parameters<typeof importRecords>[1],
  checkpointId: string | undefined = undefined,
): Promise<ImportReport & { rejects: unknown[] }> {
  const rejects = openRejects(temporaryFolder(), 'test');
  try {
    const report = await importRecords(database, units, { checkpointId, rejects });
    const file = rejects.file();
    const text = file ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
    return { ...report, rejects: text.map((line) => JSON.parse(line)) };
  } finally {
    rejects.close();
  }
}

test('every recorded list comes in once, and again without a change', async () => {
  const database = await openTestDatabase();
  const text = readDemo('daily-papers.jsonl.gz');
  const total = recordedDays().reduce((sum, day) => sum + day.response.length, 0);
  const first = await run(database, dailyUnits(linesOf(text), 'huggingface', undefined));
  expect(first).toMatchObject({ read: total, new: total, rejected: 0, entries: total });
  const change = await database.currentChange();
  const second = await run(database, dailyUnits(linesOf(text), 'huggingface', undefined));
  expect(second).toMatchObject({ read: total, unchanged: total, entries: 0 });
  expect(await database.currentChange()).toBe(change);
});

test('a paper object and a search result, printed over many lines, come in', async () => {
  const database = await openTestDatabase();
  const paper = {
    id: '2510.00001',
    title: 'T',
    upvotes: 1,
    submittedOnDailyAt: '2025-10-29T00:00:00.000Z',
  };
  const detail = JSON.stringify(paper, null, 1);
  const first = await run(database, dailyUnits(linesOf(detail), 'huggingface', undefined));
  expect(first).toMatchObject({ read: 1, new: 1, entries: 1, rejected: 0 });
  const other = {
    paper: { id: '2510.00002', title: 'U' },
    publishedAt: '2025-10-28T00:00:00.000Z',
  };
  const listed = { ...other, paper: { id: '2510.00003', title: 'V' }, submittedBy: { name: 'x' } };
  const found = JSON.stringify([other, listed], null, 1);
  const second = await run(database, dailyUnits(linesOf(found), 'huggingface', undefined));
  expect(second).toMatchObject({ read: 2, new: 1, entries: 0, rejected: 1 });
  expect(second.rejects).toMatchObject([{ reason: expect.stringContaining('give --date') }]);
});

test('a malformed record is skipped, counted and kept with its reason', async () => {
  const database = await openTestDatabase();
  const text = ['{"id": "2510.00001", "title": "Good"}', '{oops', '', '{"id": "x"}'].join('\n');
  const report = await run(database, paperUnits(linesOf(text)));
  expect(report).toMatchObject({ read: 3, new: 1, rejected: 2 });
  expect(report.rejects).toMatchObject([
    { position: 2, text: '{oops' },
    { position: 4, reason: expect.stringContaining("is not a paper's identifier") },
  ]);
});

test('an import that stopped goes on where it was and reports the whole', async () => {
  const database = await openTestDatabase();
  const text = Array.from({ length: 4_500 }, (_, n) =>
    JSON.stringify({ id: `2510.${String(n).padStart(5, '0')}`, title: `Title ${n}` }),
  ).join('\n');
  await expect(run(database, paperUnits(linesOf(text, 3_600)), 'test')).rejects.toThrow('killed');
  const count = await database.read.selectFrom('papers').select('key').execute();
  expect(count).toHaveLength(2_000);
  const report = await run(database, paperUnits(linesOf(text)), 'test');
  expect(report).toMatchObject({ read: 4_500, new: 4_500, unchanged: 0 });
  expect(await database.read.selectFrom('imports').selectAll().execute()).toEqual([]);
});
