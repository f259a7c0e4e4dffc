import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { castVote } from '../votes/vote-store.ts';
import { checkComments, checkVotes } from './check-counts.ts';

async function openWithVote() {
  const database = await openTestDatabase();
  const outcomes = await save(database, record('2510.00001'), record('2510.00002'));
  const person = await createPerson(database);
  const paperKey = outcomes[0]?.key as number;
  await database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
  const change = (columns: { votes?: number; ranked_votes?: number; comments?: number }) =>
    database.transact((tx) =>
      tx.updateTable('papers').set(columns).where('id', '=', '2510.00002').execute(),
    );
  return { database, change };
}

test('counts that are those of their rows are found right', async () => {
  const { database } = await openWithVote();
  expect(await checkVotes(database)).toBe('1, and every paper counts its own');
  expect(await checkComments(database)).toBe('0, and every paper counts its own');
});

test.each([{ votes: 1 }, { ranked_votes: 1 }])(
  'a paper that says of its votes what its rows do not is named: %o',
  async (columns) => {
    const { database, change } = await openWithVote();
    await change(columns);
    await expect(checkVotes(database)).rejects.toThrow(
      /the count of votes differs at 2510\.00002:/,
    );
    expect(await checkComments(database)).toContain('every paper counts its own');
  },
);

test('a paper that counts comments which are not there is named', async () => {
  const { database, change } = await openWithVote();
  await change({ comments: 2 });
  await expect(checkComments(database)).rejects.toThrow(/of comments differs at 2510\.00002/);
});
