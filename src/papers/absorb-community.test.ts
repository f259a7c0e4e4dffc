import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { now } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import type { Person } from '../people/person.ts';
import { castVote } from '../votes/vote-store.ts';
import { findPaper } from './paper-store.ts';

const ARXIV = '2510.00001';
const DOI = 'doi:10.1/x';
const DAY = '2025-10-29';

async function keyOf(database: Database, id: string): Promise<number> {
  return (await findPaper(database.read, id))?.paper.key as number;
}

async function vote(database: Database, person: Person, id: string): Promise<void> {
  const paperKey = await keyOf(database, id);
  await database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
}

async function comment(database: Database, id: string, paper: string, author: Person) {
  const paper_key = await keyOf(database, paper);
  const row = {
    id,
    paper_key,
    parent_id: null,
    author_id: author.id,
    raw: 'Words.',
    html: '<p>Words.</p>',
    html_version: '1',
    created_at: now(),
    edited_at: null,
    state: 'visible' as const,
    hidden_by: null,
    hidden_reason: null,
  };
  await database.transact((tx) => tx.insertInto('comments').values(row).execute());
}

async function submit(database: Database, id: string, paper: string, person: Person) {
  const row = {
    id,
    person_id: person.id,
    reference: paper,
    paper_key: await keyOf(database, paper),
    paper_id: paper,
    day: DAY,
    comment: 'Read this.',
    links: '{}',
    media: '[]',
    state: 'listed' as const,
    problem: null,
    created_at: now(),
    changed_at: now(),
  };
  await database.transact((tx) => tx.insertInto('submissions').values(row).execute());
}

/** Two papers, of which the second is then found to be the first. */
async function openWithTwo(): Promise<{ database: Database; merge(): Promise<void> }> {
  const database = await openTestDatabase();
  await list(database, DAY, [{ record: record(ARXIV, { title: 'One' }), votes: 7 }]);
  await save(database, record(DOI, { title: 'Two', source: 'publisher' }));
  return {
    database,
    async merge() {
      const [outcome] = await save(database, record(DOI, { title: 'One', source: 'publisher' }));
      expect(outcome).toMatchObject({ id: ARXIV, status: 'merged' });
    },
  };
}

test('votes for both names of a work are one vote a person', async () => {
  const { database, merge } = await openWithTwo();
  const [both, first, second] = await Promise.all([1, 2, 3].map(() => createPerson(database)));
  for (const id of [ARXIV, DOI]) await vote(database, both as Person, id);
  await vote(database, first as Person, ARXIV);
  await vote(database, second as Person, DOI);
  const before = await database.currentChange();
  await merge();
  const paper = await database.read.selectFrom('papers').selectAll().executeTakeFirstOrThrow();
  expect(paper).toMatchObject({ id: ARXIV, votes: 3, ranked_votes: 3 });
  expect(paper.change).toBeGreaterThan(before);
  const votes = await database.read.selectFrom('votes').selectAll().execute();
  expect(votes).toHaveLength(3);
  expect(votes.every((row) => row.paper_key === paper.key)).toBe(true);
});

test('no word that was written to either name of a work is lost', async () => {
  const { database, merge } = await openWithTwo();
  const person = await createPerson(database);
  await comment(database, 'a', ARXIV, person);
  await comment(database, 'b', DOI, person);
  await submit(database, 's', DOI, person);
  await database.transact((tx) =>
    tx
      .updateTable('papers')
      .set({ comments_locked_at: '2025-10-30T00:00:00.000Z' })
      .where('id', '=', DOI)
      .execute(),
  );
  await merge();
  const paper = await database.read.selectFrom('papers').selectAll().executeTakeFirstOrThrow();
  expect(paper).toMatchObject({ comments: 2, comments_locked_at: '2025-10-30T00:00:00.000Z' });
  const comments = await database.read.selectFrom('comments').select('paper_key').execute();
  expect(comments).toEqual([{ paper_key: paper.key }, { paper_key: paper.key }]);
  const submissions = await database.read.selectFrom('submissions').select('paper_key').execute();
  expect(submissions).toEqual([{ paper_key: paper.key }]);
});

test('an entry keeps what an editor added to the same day’s entry of the other name', async () => {
  const { database, merge } = await openWithTwo();
  const editor = await createPerson(database, { role: 'editor' });
  const [entry] = await database.read.selectFrom('day_entries').selectAll().execute();
  const added = {
    person_id: editor.id,
    pinned_at: '2025-10-29T08:00:00.000Z',
    introduction: 'Why read this.',
  };
  const paper_key = await keyOf(database, DOI);
  await database.transact((tx) =>
    tx
      .insertInto('day_entries')
      .values([
        { ...(entry as NonNullable<typeof entry>), ...added, paper_key },
        { ...(entry as NonNullable<typeof entry>), ...added, paper_key, day: '2025-10-30' },
      ])
      .execute(),
  );
  await merge();
  const kept = await keyOf(database, ARXIV);
  const entries = await database.read
    .selectFrom('day_entries')
    .selectAll()
    .orderBy('day')
    .execute();
  expect(entries).toMatchObject([
    { day: DAY, paper_key: kept, ...added },
    { day: '2025-10-30', paper_key: kept, ...added },
  ]);
});
