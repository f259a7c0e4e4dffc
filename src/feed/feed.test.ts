import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { type Day, dayPeriod, type Instant, parseMonth } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { hydrate } from './hydrate.ts';
import { loadDay } from './load-period.ts';
import { trendingScore } from './ranking.ts';
import { listedSkeleton, newestSkeleton, taggedSkeleton, trendingSkeleton } from './skeleton.ts';

const DAY = '2025-10-29' as Day;
const PAGE = { limit: 50, offset: 0 };
const options = {
  categories: ['cs.LG'],
  today: '2025-11-01' as Day,
  view: 'list' as const,
  page: PAGE,
};
const id = (n: number) => `2510.${String(n).padStart(5, '0')}`;

async function idsOf(database: Database, skeleton: { items: { paperKey: number }[] }) {
  return (await hydrate(database.read, skeleton.items, { isHtml: false })).map(
    (item) => item.paper.id,
  );
}

test('a day is ordered by votes, then by publication, both descending', async () => {
  const database = await openTestDatabase();
  await list(database, DAY, [
    { record: record(id(1)), votes: 5, publishedAt: '2025-10-27T00:00:00.000Z' },
    { record: record(id(2)), votes: 9, publishedAt: '2025-10-26T00:00:00.000Z' },
    { record: record(id(3)), votes: 5, publishedAt: '2025-10-28T00:00:00.000Z' },
  ]);
  const skeleton = await listedSkeleton(database.read, dayPeriod(DAY), PAGE);
  expect(await idsOf(database, skeleton)).toEqual([id(2), id(3), id(1)]);
  expect(skeleton.hasMore).toBe(false);
});

test('votes here count on top of those of the list’s source, and of no other', async () => {
  const database = await openTestDatabase();
  await list(database, DAY, [
    { record: record(id(1)), votes: 5 },
    { record: record(id(2)), votes: 6 },
  ]);
  await database.transact(async (tx) => {
    await tx.updateTable('papers').set({ votes: 2 }).where('id', '=', id(1)).execute();
    const paper = await tx
      .selectFrom('papers')
      .select('key')
      .where('id', '=', id(2))
      .executeTakeFirstOrThrow();
    const other = { paper_key: paper.key, origin: 'other.example.org', votes: 100, comments: 0 };
    await tx.insertInto('paper_elsewhere').values(other).execute();
  });
  const { items } = await listedSkeleton(database.read, dayPeriod(DAY), PAGE);
  const hydrated = await hydrate(database.read, items, { isHtml: false });
  expect(hydrated.map((item) => [item.paper.id, item.votes])).toEqual([
    [id(1), 7],
    [id(2), 6],
  ]);
});

test('a paper that was listed twice in a month stands in it once', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-28', [{ record: record(id(1)), votes: 5 }]);
  await list(database, DAY, [{ record: record(id(1)), votes: 5 }]);
  const skeleton = await listedSkeleton(database.read, parseMonth('2025-10'), PAGE);
  expect(skeleton.items).toMatchObject([{ day: '2025-10-28' }]);
});

test('all new shows what was announced in the categories and is not on the list', async () => {
  const database = await openTestDatabase();
  const announcedOn = DAY;
  await save(
    database,
    record(id(1), { announcedOn }),
    record(id(2), { announcedOn, submittedAt: '2025-10-28T12:00:00.000Z' as Instant }),
    record(id(3), { announcedOn, categories: ['math.CO'], primaryCategory: 'math.CO' }),
    record(id(4), { announcedOn, withdrawnAt: '2025-10-30T00:00:00.000Z' as Instant }),
    record(id(5), { announcedOn: '2025-10-30' as Day }),
    record(id(6), { announcedOn }),
  );
  const unlisted = await loadDay(database.read, DAY, options);
  expect(unlisted).toMatchObject({ view: 'new', listed: 0, announced: 3, next: '2025-10-30' });
  await list(database, DAY, [{ record: record(id(6)), votes: 1 }]);
  const day = await loadDay(database.read, DAY, { ...options, view: 'new' });
  expect(day.items.map((item) => item.paper.id)).toEqual([id(2), id(1)]);
  expect(day).toMatchObject({ listed: 1, announced: 2 });
  expect((await loadDay(database.read, DAY, options)).view).toBe('list');
});

test('previous and next are the days that have something, and none after today', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-20', [{ record: record(id(1)), votes: 1 }]);
  await list(database, DAY, [{ record: record(id(2)), votes: 1 }]);
  await list(database, '2025-12-01', [{ record: record(id(3)), votes: 1 }]);
  expect(await loadDay(database.read, DAY, options)).toMatchObject({
    previous: '2025-10-20',
    next: undefined,
  });
});

test('the papers of a name go on where the page before ended, also among equal times', async () => {
  const database = await openTestDatabase();
  await save(database, ...Array.from({ length: 5 }, (_, n) => record(id(n))));
  const by = { author: 'ada-lovelace' };
  const first = await taggedSkeleton(database.read, by, { limit: 3 });
  const items = await hydrate(database.read, first.items, { isHtml: false });
  const last = items.at(-1)?.paper as { publishedAt: Instant; key: number };
  const second = await taggedSkeleton(database.read, by, { limit: 3, after: last });
  expect([first.hasMore, second.hasMore]).toEqual([true, false]);
  const all = [...(await idsOf(database, first)), ...(await idsOf(database, second))];
  expect(all).toEqual([id(4), id(3), id(2), id(1), id(0)]);
});

test('the newest list comes first, and trending weighs votes against age', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-01', [{ record: record(id(1)), votes: 40 }]);
  await list(database, DAY, [
    { record: record(id(2)), votes: 30 },
    { record: record(id(3)), votes: 2, publishedAt: '2025-10-28T23:00:00.000Z' },
  ]);
  const newest = await newestSkeleton(database.read, DAY, PAGE);
  expect(await idsOf(database, newest)).toEqual([id(3), id(2), id(1)]);
  const trending = await trendingSkeleton(database.read, DAY, PAGE);
  expect(await idsOf(database, trending)).toEqual([id(2), id(3), id(1)]);
  expect(trendingScore(10, DAY, DAY)).toBeGreaterThan(trendingScore(10, '2025-10-28' as Day, DAY));
});

test('a page of fifty papers takes as many queries as a page of one', async () => {
  const database = await openTestDatabase();
  const tex = { title: 'About $\\mathcal{O}(n)$', abstract: 'It is $\\sum_i x_i$.' };
  await list(database, DAY, [{ record: record(id(0), tex), votes: 1 }]);
  const one = await countQueries(database, () => loadDay(database.read, DAY, options));
  await list(
    database,
    DAY,
    Array.from({ length: 50 }, (_, n) => ({
      record: record(id(n), { ...tex, title: `${tex.title} ${n}` }),
      votes: n,
    })),
  );
  const fifty = await countQueries(database, async () => {
    expect((await loadDay(database.read, DAY, options)).items).toHaveLength(50);
  });
  expect(fifty).toBe(one);
  expect(fifty).toBeGreaterThan(5);
  expect(fifty).toBeLessThanOrEqual(16);
});

/** Counts what reaches the driver. */
async function countQueries(database: Database, work: () => Promise<unknown>): Promise<number> {
  const executor = database.read.getExecutor();
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(executor));
  const original = prototype.executeQuery;
  let count = 0;
  prototype.executeQuery = function (...args: unknown[]) {
    count++;
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.executeQuery = original;
  }
  return count;
}
