import { expect, test } from 'vitest';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Day } from '../base/calendar.ts';
import { listJobs } from '../queue/job-list.ts';
import { createPaperDesk } from './ask-for-paper.ts';
import { countWanted, recordLookups } from './lookups.ts';

const TODAY = '2026-11-24' as Day;

async function openDesk() {
  const database = await openTestDatabase();
  const ask = createPaperDesk(database);
  return {
    database,
    ask: async (id: string, client = '192.0.2.1') => (await ask({ id, client, today: TODAY })).is,
  };
}

test('however many readers ask for a paper, it is one job', async () => {
  const { database, ask } = await openDesk();
  for (let reader = 0; reader < 30; reader++) {
    expect(await ask('2611.00001', `192.0.2.${reader}`)).toBe('wanted');
  }
  expect(await countWanted(database.read)).toBe(1);
  expect((await listJobs(database.read, 10)).map(({ kind }) => kind)).toEqual(['fetch-papers']);
});

test('what arXiv cannot have given out is not asked for', async () => {
  const { database, ask } = await openDesk();
  for (const id of ['9999.99999', '2613.00001', '2612.00001', 'doi:10.1/x', 'hep-th/9913001']) {
    expect([id, await ask(id)]).toEqual([id, 'unknown']);
  }
  expect(await ask('hep-th/9901001')).toBe('wanted');
  expect(await countWanted(database.read)).toBe(1);
});

test('one address may ask for twenty papers an hour, and all together for two hundred', async () => {
  const { database, ask } = await openDesk();
  const id = (n: number) => `2611.${String(10_000 + n)}`;
  for (let n = 0; n < 20; n++) expect(await ask(id(n))).toBe('wanted');
  expect(await ask(id(20))).toBe('refused');
  expect(await ask(id(19))).toBe('wanted');
  for (let n = 20; n < 200; n++) expect(await ask(id(n), `198.51.100.${n}`)).toBe('wanted');
  expect(await ask(id(200), '203.0.113.1')).toBe('refused');
  expect(await countWanted(database.read)).toBe(200);
});

test('a paper that arXiv did not know is not asked for again at once', async () => {
  const { database, ask } = await openDesk();
  expect(await ask('2611.00001')).toBe('wanted');
  await database.transact((tx) =>
    recordLookups(tx, [{ id: '2611.00001', isFound: false }], new Date().toISOString() as never),
  );
  expect(await ask('2611.00001')).toBe('absent');
  await database.transact((tx) =>
    tx.updateTable('lookups').set({ next_at: '2026-01-01T00:00:00.000Z' }).execute(),
  );
  expect(await ask('2611.00001')).toBe('wanted');
});
