import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { findPaper } from './paper-store.ts';
import { savePapers } from './save-papers.ts';

const statuses = (outcomes: { status: string }[]) => outcomes.map((outcome) => outcome.status);
const count = async (database: Database) =>
  (await database.read.selectFrom('papers').select('key').execute()).length;

test('a paper is new once, then unchanged, then changed', async () => {
  const database = await openTestDatabase();
  expect(statuses(await save(database, record('2510.00001')))).toEqual(['new']);
  expect(statuses(await save(database, record('2510.00001')))).toEqual(['unchanged']);
  const change = await database.currentChange();
  expect(statuses(await save(database, record('2510.00001', { title: 'Other' })))).toEqual([
    'changed',
  ]);
  expect(await database.currentChange()).toBeGreaterThan(change);
});

test('saving what is known does not move the change number', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001'));
  const change = await database.currentChange();
  await save(database, record('2510.00001'));
  expect(await database.currentChange()).toBe(change);
});

test('the same work under a better identity takes it, and the other redirects', async () => {
  const database = await openTestDatabase();
  const page = { id: 'page:one', source: 'page' as const, title: 'One', authorCount: 2 };
  const [first] = await save(database, page);
  const [second] = await save(database, record('2510.00001', { title: 'One' }));
  expect(second).toMatchObject({ key: first?.key, id: '2510.00001', status: 'merged' });
  expect(await count(database)).toBe(1);
  expect(await findPaper(database.read, 'page:one')).toMatchObject({
    isRedirected: true,
    paper: { id: '2510.00001', title: 'One' },
  });
});

test('a worse identity does not take the place of a better one', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001', { title: 'One' }));
  const [outcome] = await save(database, {
    id: 'page:one',
    source: 'page',
    title: 'One',
    authorCount: 2,
  });
  expect(outcome).toMatchObject({ id: '2510.00001', status: 'merged' });
});

test('two records of one work in one batch become one paper', async () => {
  const database = await openTestDatabase();
  const outcomes = await save(
    database,
    record('2510.00001', { title: 'One' }),
    record('2510.00002'),
    record('doi:10.1/x', { title: 'One' }),
    record('2510.00001', { title: 'One', comment: 'later' }),
  );
  expect(statuses(outcomes)).toEqual(['new', 'new', 'merged', 'changed']);
  expect(await count(database)).toBe(2);
});

test('papers that turn out to be one work keep lists and redirects of both', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-29', [
    { record: record('2510.00001', { title: 'One' }), votes: 7 },
  ]);
  await save(database, record('doi:10.1/x', { title: 'Two', source: 'publisher' }));
  const [outcome] = await save(
    database,
    record('doi:10.1/x', { title: 'One', source: 'publisher' }),
  );
  expect(outcome).toMatchObject({ id: '2510.00001', status: 'merged' });
  expect(await count(database)).toBe(1);
  const found = await findPaper(database.read, 'doi:10.1/x');
  expect(found).toMatchObject({ isRedirected: true, paper: { id: '2510.00001' } });
  const entries = await database.read.selectFrom('day_entries').selectAll().execute();
  expect(entries).toMatchObject([{ day: '2025-10-29', paper_key: found?.paper.key }]);
});

test('an identity on a list stays the one of the list', async () => {
  const database = await openTestDatabase();
  const abstract = 'the very same abstract of both versions';
  await save(database, record('2509.00001', { title: 'One', abstract }));
  const later = record('2510.00001', { title: 'One', abstract });
  await save(database, later);
  expect((await findPaper(database.read, '2510.00001'))?.paper.id).toBe('2509.00001');
  await database.transact((tx) => savePapers(tx, [{ record: later, raw: '{}', isListed: true }]));
  expect((await findPaper(database.read, '2509.00001'))?.paper.id).toBe('2510.00001');
});

test('names and categories find the paper, also after they changed', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001'));
  await save(
    database,
    record('2510.00001', { categories: ['math.CO'], primaryCategory: 'math.CO' }),
  );
  const rows = await database.read.selectFrom('paper_categories').select('category').execute();
  expect(rows).toEqual([{ category: 'math.CO' }]);
  const authors = await database.read
    .selectFrom('paper_authors')
    .select('author_key')
    .orderBy('author_key')
    .execute();
  expect(authors.map((row) => row.author_key)).toEqual(['ada-lovelace', 'alan-turing']);
});

test('the last record of each source is kept as it came', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001'));
  await save(database, record('2510.00001', { title: 'Other' }));
  const rows = await database.read.selectFrom('paper_records').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.parse(rows[0]?.record as string).title).toBe('Other');
});
