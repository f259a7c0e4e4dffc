import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { type Day, dayPeriod, type Instant, parseMonth } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { findPaper } from '../papers/paper-store.ts';
import { hydrate } from './hydrate.ts';
import { loadPaperPage } from './load-paper.ts';
import { loadDay, loadPeriod } from './load-period.ts';
import { loadTrending } from './load-trending.ts';
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
    await tx
      .updateTable('papers')
      .set({ votes: 2, ranked_votes: 2 })
      .where('id', '=', id(1))
      .execute();
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

async function change(
  database: Database,
  paper: string,
  votes: { votes?: number; ranked_votes?: number; comments?: number },
) {
  await database.transact((tx) =>
    tx.updateTable('papers').set(votes).where('id', '=', paper).execute(),
  );
}

async function edit(
  database: Database,
  paper: string,
  changes: { pinned_at?: string; unlisted_at?: string; introduction?: string },
) {
  await database.transact((tx) =>
    tx
      .updateTable('day_entries')
      .set(changes)
      .where('paper_key', '=', (eb) =>
        eb.selectFrom('papers').select('key').where('id', '=', paper),
      )
      .execute(),
  );
}

test('what is pinned comes first, the first pinned first, then the votes that weigh', async () => {
  const database = await openTestDatabase();
  await list(database, DAY, [
    { record: record(id(1)), votes: 5 },
    { record: record(id(2)), votes: 0 },
    { record: record(id(3)), votes: 0 },
    { record: record(id(4)), votes: 4 },
  ]);
  await list(database, '2025-10-30', [{ record: record(id(5)), votes: 50 }]);
  await edit(database, id(2), { pinned_at: '2025-10-29T12:00:00.000Z' });
  await edit(database, id(3), { pinned_at: '2025-10-29T09:00:00.000Z' });
  await change(database, id(4), { votes: 90, ranked_votes: 0 });
  const day = await listedSkeleton(database.read, dayPeriod(DAY), PAGE);
  expect(await idsOf(database, day)).toEqual([id(3), id(2), id(1), id(4)]);
  await change(database, id(4), { votes: 90, ranked_votes: 2 });
  const month = await loadPeriod(database.read, parseMonth('2025-10'), options);
  expect(month.items.map((item) => item.paper.id)).toEqual([3, 2, 5, 4, 1].map(id));
  expect(month.items[0]?.entry?.pinnedAt).toBe('2025-10-29T09:00:00.000Z');
});

test('what was taken off a list is on none, and no import puts it back', async () => {
  const database = await openTestDatabase();
  const { read } = database;
  const papers = [
    { record: record(id(1), { announcedOn: DAY }), votes: 5 },
    { record: record(id(2)), votes: 3 },
  ];
  await list(database, DAY, papers);
  for (const day of ['2025-10-27', '2025-10-30']) {
    await list(database, day, [{ record: record(id(3)), votes: 1 }]);
  }
  const unlisted_at = '2025-10-29T12:00:00.000Z';
  await edit(database, id(1), { unlisted_at });
  await edit(database, id(3), { unlisted_at });
  await list(database, DAY, [...papers.map((one) => ({ ...one, submitter: 'someone' }))]);
  const day = await loadDay(read, DAY, options);
  expect(day.items.map((item) => item.paper.id)).toEqual([id(2)]);
  expect(day).toMatchObject({ listed: 1, announced: 1, previous: undefined, next: undefined });
  const open = await loadDay(read, DAY, { ...options, today: DAY });
  expect(open.items).toHaveLength(1);
  const month = await loadPeriod(read, parseMonth('2025-10'), options);
  expect(month).toMatchObject({ listed: 1, days: [{ day: DAY }], items: [{}] });
  for (const skeleton of [newestSkeleton, trendingSkeleton]) {
    expect(await idsOf(database, await skeleton(read, DAY, PAGE))).toEqual([id(2)]);
  }
  expect(await newestListedDay(read, '2025-11-01' as Day)).toBe(DAY);
  const shown = await pageOfPaper(database, id(1), DAY);
  expect(shown).toMatchObject({ days: [], place: undefined });
});

async function pageOfPaper(database: Database, paper: string, today: Day) {
  const found = await findPaper(database.read, paper);
  if (!found) throw new Error(`${paper} is not here`);
  return loadPaperPage(database.read, found.paper, { isHtml: true, today });
}

test('a paper listed again after it was taken off its first list stands on the second', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-28', [{ record: record(id(1)), votes: 5 }]);
  await edit(database, id(1), { unlisted_at: '2025-10-28T12:00:00.000Z' });
  await list(database, DAY, [{ record: record(id(1)), votes: 5 }]);
  const skeleton = await listedSkeleton(database.read, parseMonth('2025-10'), PAGE);
  expect(skeleton.items).toMatchObject([{ day: DAY }]);
});

test('on the open day each paper stands once over all pages, those without votes shuffled', async () => {
  const database = await openTestDatabase();
  const papers = Array.from({ length: 130 }, (_, n) => ({
    record: record(id(n)),
    votes: n < 12 ? 100 - n : 0,
  }));
  await list(database, DAY, papers);
  // Shown, but it does not weigh: it neither rises nor is shuffled.
  await change(database, id(77), { votes: 3 });
  await edit(database, id(99), { pinned_at: '2025-10-29T12:00:00.000Z' });
  const pagesOf = async (today: Day) => {
    const ids: string[] = [];
    for (let offset = 0; ; offset += 25) {
      const page = { limit: 25, offset };
      const day = await loadDay(database.read, DAY, { ...options, today, page });
      ids.push(...day.items.map((item) => item.paper.id));
      if (!day.hasMore) return ids;
    }
  };
  const open = await pagesOf(DAY);
  const closed = await pagesOf('2025-10-30' as Day);
  expect(open.toSorted()).toEqual(papers.map((paper) => paper.record.id));
  expect(closed.slice(1)).toEqual(
    [...papers.slice(0, 12), ...papers.slice(12).toReversed()]
      .map((paper) => paper.record.id)
      .filter((paper) => paper !== id(99)),
  );
  expect(open.slice(0, 13)).toEqual(closed.slice(0, 13));
  expect(open.indexOf(id(77))).toBe(closed.indexOf(id(77)));
  expect(open).not.toEqual(closed);
  await change(database, id(50), { votes: 1, ranked_votes: 1 });
  const later = await pagesOf(DAY);
  expect(later.indexOf(id(50))).toBe(13);
  const rest = (ids: string[]) => ids.filter((paper) => ![id(50), id(77)].includes(paper));
  expect(rest(later)).toEqual(rest(open));
  const [before, , after] = later.slice(40);
  const page = await pageOfPaper(database, later[41] as string, DAY);
  expect([page?.place?.before?.id, page?.place?.after?.id]).toEqual([before, after]);
});

test('trending holds old papers and those on no list that people here talk about, and says why', async () => {
  const database = await openTestDatabase();
  const { read } = database;
  await list(database, '2025-07-01', [
    { record: record(id(1)), votes: 900 },
    { record: record(id(2)), votes: 1 },
  ]);
  await list(database, '2025-10-28', [
    { record: record(id(3)), votes: 9 },
    { record: record(id(4)), votes: 0 },
    { record: record(id(5), { withdrawnAt: '2025-10-29T00:00:00.000Z' as Instant }), votes: 70 },
  ]);
  await save(database, record(id(6)), record(id(7)), record(id(8)));
  await change(database, id(2), { votes: 2, ranked_votes: 2, comments: 4 });
  await change(database, id(6), { votes: 5, ranked_votes: 4 });
  await change(database, id(7), { votes: 3, ranked_votes: 0 });
  await change(database, id(4), { votes: 3, ranked_votes: 0 });
  const { items } = await loadTrending(read, DAY, PAGE);
  const shown = items.map(({ paper, votes, why, place }) => [paper.id, votes, why, place]);
  const category = 'cs.LG';
  expect(shown).toEqual([
    [
      id(3),
      9,
      { votes: 9, comments: 0, ageDays: 1, category, placeInCategory: 1 },
      { day: '2025-10-28', rank: 2 },
    ],
    [id(6), 5, { votes: 4, comments: 0, ageDays: 1, category, placeInCategory: 2 }, undefined],
    [
      id(2),
      3,
      { votes: 3, comments: 4, ageDays: 120, category, placeInCategory: 3 },
      { day: '2025-07-01', rank: 2 },
    ],
    [
      id(4),
      3,
      { votes: 0, comments: 0, ageDays: 1, category, placeInCategory: 4 },
      { day: '2025-10-28', rank: 3 },
    ],
  ]);
  const first = await loadTrending(read, DAY, { limit: 3, offset: 0 });
  const second = await loadTrending(read, DAY, { limit: 3, offset: 3 });
  expect([first.hasMore, second.hasMore]).toEqual([true, false]);
  expect([...first.items, ...second.items].map((item) => item.paper.id)).toEqual(
    items.map((item) => item.paper.id),
  );
});

test('trending begins with the newest list, however long ago it was', async () => {
  const database = await openTestDatabase();
  await list(database, '2024-02-01', [{ record: record(id(1)), votes: 3 }]);
  await list(database, '2024-01-01', [{ record: record(id(2)), votes: 3 }]);
  const trending = await trendingSkeleton(database.read, DAY, PAGE);
  expect(await idsOf(database, trending)).toEqual([id(1)]);
});

test('trending takes as many queries for fifty papers as for one', async () => {
  const database = await openTestDatabase();
  await list(database, DAY, [{ record: record(id(0)), votes: 1 }]);
  const one = await countQueries(database, () => loadTrending(database.read, DAY, PAGE));
  for (const day of ['2025-10-27', '2025-10-28', DAY]) {
    await list(
      database,
      day,
      Array.from({ length: 30 }, (_, n) => ({ record: record(id(n)), votes: n })),
    );
  }
  await save(database, ...Array.from({ length: 30 }, (_, n) => record(id(n + 100))));
  await database.transact((tx) =>
    tx.updateTable('papers').set({ votes: 1, ranked_votes: 1 }).execute(),
  );
  const many = await countQueries(database, async () => {
    expect((await loadTrending(database.read, DAY, PAGE)).items).toHaveLength(50);
  });
  expect(many).toBe(one);
  expect(many).toBeLessThanOrEqual(9);
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
