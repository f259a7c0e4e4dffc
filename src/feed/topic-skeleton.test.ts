import { expect, test } from 'vitest';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Day, Instant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { markWithdrawn } from '../papers/withdraw-papers.ts';
import { parseTopic } from './topic.ts';
import { topicSkeleton } from './topic-skeleton.ts';

const DAY = '2025-10-29' as Day;
const DAYS = { first: DAY, end: '2025-10-31' as Day };

const announced = (id: string, day: string, changes = {}) =>
  record(id, { announcedOn: day as Day, ...changes });

async function openDays() {
  const database = await openTestDatabase();
  await save(
    database,
    announced('2510.00001', '2025-10-29', { authors: authors('José García') }),
    announced('2510.00002', '2025-10-30', {
      categories: ['math.CO'],
      submittedAt: '2025-10-29T10:00:00.000Z' as Instant,
    }),
    announced('2510.00003', '2025-10-28'),
    announced('2510.00004', '2025-10-31'),
    announced('2510.00005', '2025-10-29'),
  );
  await database.transact((tx) =>
    markWithdrawn(tx, [{ id: '2510.00005', datestamp: '2025-10-30' as Day }]),
  );
  await list(database, '2025-10-29', [
    { record: announced('2510.00003', '2025-10-28'), votes: 9 },
    { record: announced('2510.00006', '2025-10-20', { categories: ['hep-th'] }), votes: 3 },
  ]);
  await list(database, '2025-10-30', [{ record: announced('2510.00003', '2025-10-28'), votes: 9 }]);
  await list(database, '2025-10-31', [{ record: record('2510.00007'), votes: 90 }]);
  await database.transact((tx) =>
    tx
      .insertInto('day_entries')
      .columns([
        'day',
        'paper_key',
        'origin',
        'published_at',
        'details',
        'changed_at',
        'unlisted_at',
      ])
      .expression((eb) =>
        eb
          .selectFrom('papers')
          .select(({ val }) => [
            val('2025-10-30').as('day'),
            'key',
            val('here').as('origin'),
            'published_at',
            val('{}').as('details'),
            'changed_at',
            val('2025-10-30T00:00:00.000Z').as('unlisted_at'),
          ])
          .where('id', '=', '2510.00004'),
      )
      .execute(),
  );
  return database;
}

/** As `id`, or `id day` where it stands on a list; the searches find what they are told. */
async function asked(database: Database, text: string, found: string[] = [], limit = 10) {
  const rows = await database.read.selectFrom('papers').select(['key', 'id']).execute();
  const ids = new Map(rows.map(({ key, id }) => [key, id]));
  const among: string[] = [];
  const parts = {
    db: database.read,
    search: {
      match: async (_: string, options: { among: number[] }) => {
        among.push(...options.among.map((key) => ids.get(key) as string).sort());
        return rows.filter(({ id }) => found.includes(id)).map(({ key }) => key);
      },
    },
  };
  const items = await topicSkeleton(parts, parseTopic(text), DAYS, limit);
  const names = items.map(({ paperKey, day }) =>
    [ids.get(paperKey), day].filter(Boolean).join(' '),
  );
  return { names, among };
}

test('a topic has the papers that were announced or listed on its days, the most votes first', async () => {
  const database = await openDays();
  const names = async (text: string, limit?: number) =>
    (await asked(database, text, [], limit)).names;
  expect(await names('category:cs.LG')).toEqual(['2510.00003 2025-10-30', '2510.00001']);
  expect(await names('category:cs.LG', 1)).toEqual(['2510.00003 2025-10-30']);
  expect(await names('category:cs')).toEqual(['2510.00003 2025-10-30', '2510.00001']);
  expect(await names('category:math')).toEqual(['2510.00002']);
  expect(await names('category:hep-th')).toEqual(['2510.00006 2025-10-29']);
  expect(await names('category:cs.CV')).toEqual([]);
  expect(await names('author:jose garcia')).toEqual(['2510.00001']);
  expect(await names('author:José García')).toEqual(['2510.00001']);
  expect(await names('list')).toEqual(['2510.00003 2025-10-29', '2510.00006 2025-10-29']);
  expect(await names('trending')).toContain('2510.00003 2025-10-30');
});

test('a search is asked about the papers of its days, and keeps its order', async () => {
  const database = await openDays();
  const { names, among } = await asked(database, 'search:either:graphs', [
    '2510.00002',
    '2510.00006',
    '2510.00007',
  ]);
  expect(among).toEqual(['2510.00001', '2510.00002', '2510.00003', '2510.00006']);
  expect(names).toEqual(['2510.00002', '2510.00006 2025-10-29']);
});
