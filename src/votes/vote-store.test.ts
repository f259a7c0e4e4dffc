import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { toInstant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { isNewAccount } from '../people/new-account.ts';
import { castVote, forgetVotesOf, loadVoted, saveVote, withdrawVote } from './vote-store.ts';
import { listVoters } from './voters.ts';
import { weighVotes } from './weigh-votes.ts';

const ID = '2510.00001';
const HOURS = 24;
const anHourAgo = () => toInstant(Date.now() - 3_600_000) as string;

async function openWithPaper(): Promise<{ database: Database; paperKey: number }> {
  const database = await openTestDatabase();
  const [outcome] = await save(database, record(ID));
  return { database, paperKey: outcome?.key as number };
}

async function countsOf(database: Database) {
  const rows = await database.read
    .selectFrom('papers')
    .select(['id', 'votes', 'ranked_votes'])
    .orderBy('id')
    .execute();
  return rows.map((row) => [row.id, row.votes, row.ranked_votes]);
}

test('voting twice is voting once, and taking back twice is taking back once', async () => {
  const { database, paperKey } = await openWithPaper();
  const person = await createPerson(database);
  const vote = () => database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
  const takeBack = () => database.transact((tx) => withdrawVote(tx, { person, paperKey }));
  expect(await vote()).toEqual({ votes: 1, hasVoted: true });
  const change = await database.currentChange();
  expect(await vote()).toEqual({ votes: 1, hasVoted: true });
  expect(await database.currentChange()).toBe(change);
  expect(await takeBack()).toEqual({ votes: 0, hasVoted: false });
  expect(await database.currentChange()).toBe(change + 1);
  expect(await takeBack()).toEqual({ votes: 0, hasVoted: false });
  expect(await database.currentChange()).toBe(change + 1);
});

test('a vote gives its paper the newest change number', async () => {
  const { database, paperKey } = await openWithPaper();
  const person = await createPerson(database);
  await database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
  const paper = await database.read
    .selectFrom('papers')
    .select('change')
    .where('key', '=', paperKey)
    .executeTakeFirst();
  expect(paper?.change).toBe(await database.currentChange());
});

test('nobody votes who is gone, and for no paper that is not there', async () => {
  const { database, paperKey } = await openWithPaper();
  const person = await createPerson(database);
  const ghost = { ...person, id: 'nobody' };
  const vote = { paperId: ID, isOn: true, newAccountHours: HOURS };
  expect(await saveVote(database, { ...vote, person: ghost })).toMatchObject({
    votes: 0,
    hasVoted: false,
  });
  await expect(
    saveVote(database, { ...vote, person, paperId: '2510.99999' }),
  ).rejects.toMatchObject({ code: 'not-found' });
  expect(await loadVoted(database.read, person.id, [paperKey])).toEqual(new Set());
});

test('votes of new accounts count and weigh nothing until the account has grown old enough', async () => {
  const { database, paperKey } = await openWithPaper();
  await save(database, record('2510.00002'));
  const fresh = await createPerson(database, { joinedAt: anHourAgo() });
  const old = await createPerson(database);
  const editor = await createPerson(database, { joinedAt: anHourAgo(), role: 'editor' });
  for (const person of [fresh, old, editor]) {
    await saveVote(database, { person, paperId: ID, isOn: true, newAccountHours: HOURS });
  }
  await saveVote(database, {
    person: fresh,
    paperId: '2510.00002',
    isOn: true,
    newAccountHours: HOURS,
  });
  const before = [
    [ID, 3, 2],
    ['2510.00002', 1, 0],
  ];
  expect(await countsOf(database)).toEqual(before);
  expect(await weighVotes(database, HOURS)).toBe(0);
  expect(await countsOf(database)).toEqual(before);

  const joinedLongAgo = toInstant(Date.now() - 25 * 3_600_000) as string;
  await database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ created_at: joinedLongAgo })
      .where('id', '=', fresh.id)
      .execute(),
  );
  expect(await weighVotes(database, HOURS)).toBe(2);
  expect(await countsOf(database)).toEqual([
    [ID, 3, 3],
    ['2510.00002', 1, 1],
  ]);
  expect(await weighVotes(database, HOURS)).toBe(0);
  const changes = await database.read.selectFrom('papers').select('change').execute();
  expect(new Set(changes.map((row) => row.change)).size).toBe(2);
  expect(await loadVoted(database.read, fresh.id, [paperKey])).toEqual(new Set([paperKey]));
});

test('an instance that holds nobody back counts every vote at once', () => {
  const person = { role: 'member' as const, joinedAt: anHourAgo() as never };
  expect(isNewAccount(person, HOURS)).toBe(true);
  expect(isNewAccount(person, 0)).toBe(false);
});

test('whose account goes takes all votes along, from every count', async () => {
  const { database } = await openWithPaper();
  await save(database, record('2510.00002'), record('2510.00003'));
  const going = await createPerson(database);
  const staying = await createPerson(database);
  for (const paperId of [ID, '2510.00002', '2510.00003']) {
    const vote = { paperId, isOn: true, newAccountHours: HOURS };
    await saveVote(database, { ...vote, person: going });
    if (paperId === ID) await saveVote(database, { ...vote, person: staying });
  }
  await database.transact((tx) => forgetVotesOf(tx, going.id));
  await database.transact((tx) => forgetVotesOf(tx, going.id));
  expect(await countsOf(database)).toEqual([
    [ID, 1, 1],
    ['2510.00002', 0, 0],
    ['2510.00003', 0, 0],
  ]);
});

test('who votes privately is counted and not named', async () => {
  const { database, paperKey } = await openWithPaper();
  const handles = ['ada', 'alan', 'grace', 'secretive'];
  for (const [n, handle] of handles.entries()) {
    const person = await createPerson(database, { handle: `${handle}-x` });
    await database.transact(async (tx) => {
      if (handle === 'secretive') {
        await tx
          .updateTable('people')
          .set({ has_public_votes: 0 })
          .where('id', '=', person.id)
          .execute();
      }
      await castVote(tx, { person, paperKey, weighs: true });
      await tx
        .updateTable('votes')
        .set({ voted_at: `2025-10-2${n}T00:00:00.000Z` })
        .where('person_id', '=', person.id)
        .execute();
    });
  }
  const voters = await listVoters(database.read, paperKey, { limit: 2 });
  expect(voters.shown.map(({ handle }) => handle)).toEqual(['grace-x', 'alan-x']);
  expect(voters).toMatchObject({ publicCount: 3, privateCount: 1 });
});
