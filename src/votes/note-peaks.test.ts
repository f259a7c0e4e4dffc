import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { addDays, type Day, now, startOfDay, today } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import type { Person } from '../people/person.ts';
import { arePeaksBehind, findLastCrossing, listCrossings, notePeaks } from './note-peaks.ts';
import { castVote, withdrawVote } from './vote-store.ts';

const vote = (database: Database, person: Person, paperKey: number) =>
  database.transact((tx) => castVote(tx, { person, paperKey, weighs: true }));
const takeBack = (database: Database, person: Person, paperKey: number) =>
  database.transact((tx) => withdrawVote(tx, { person, paperKey }));
const peaks = (database: Database) =>
  database.read.selectFrom('vote_peaks').selectAll().orderBy('votes').execute();
const papersAt = async (database: Database, votes: number) =>
  (await listCrossings(database.read, { votes, limit: 10 })).map(({ paperKey }) => paperKey);

test('a paper crosses a number of votes once, however often votes go and come back', async () => {
  const database = await openTestDatabase();
  const [saved] = await save(database, record('2510.00001'));
  const key = saved?.key as number;
  const people = [await createPerson(database), await createPerson(database)] as const;
  await notePeaks(database, 'UTC');
  expect(await peaks(database)).toEqual([]);
  await vote(database, people[0], key);
  expect(await arePeaksBehind(database)).toBe(true);
  expect(await notePeaks(database, 'UTC')).toBe(1);
  expect(await arePeaksBehind(database)).toBe(false);
  await vote(database, people[1], key);
  await notePeaks(database, 'UTC');
  const [crossed] = await listCrossings(database.read, { votes: 2, limit: 10 });
  expect(crossed?.paperKey).toBe(key);
  for (const person of people) {
    await takeBack(database, person, key);
    await notePeaks(database, 'UTC');
    await vote(database, person, key);
    await notePeaks(database, 'UTC');
  }
  expect(await listCrossings(database.read, { votes: 2, limit: 10 })).toEqual([crossed]);
  expect((await peaks(database)).map((peak) => peak.votes)).toEqual([1, 2]);
  expect(await papersAt(database, 3)).toEqual([]);
});

test('noting moves the change number when there is something to note, and else not', async () => {
  const database = await openTestDatabase();
  const [saved] = await save(database, record('2510.00001'));
  await notePeaks(database, 'UTC');
  await vote(database, await createPerson(database), saved?.key as number);
  const change = await database.currentChange();
  await notePeaks(database, 'UTC');
  expect(await database.currentChange()).toBe(change + 1);
  await notePeaks(database, 'UTC');
  expect(await database.currentChange()).toBe(change + 1);
});

test('papers of past lists had their votes at the end of their day, those of today have them now', async () => {
  const database = await openTestDatabase();
  const open = today();
  const [past] = await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 30 }]);
  const [fresh] = await list(database, open, [{ record: record('2510.00002'), votes: 40 }]);
  const before = now();
  await notePeaks(database, 'UTC');
  const found = await listCrossings(database.read, { votes: 20, limit: 10 });
  expect(found.map(({ paperKey }) => paperKey)).toEqual([past?.key, fresh?.key]);
  expect(found[0]?.crossedAt).toBe(startOfDay('2025-10-30' as Day));
  expect((found[1]?.crossedAt as string) >= before).toBe(true);
});

test('a first vote of today for a paper of long ago is a crossing of today', async () => {
  const database = await openTestDatabase();
  const [past] = await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 0 }]);
  await vote(database, await createPerson(database), past?.key as number);
  await notePeaks(database, 'UTC');
  const [found] = await listCrossings(database.read, { votes: 1, limit: 10 });
  expect((found?.crossedAt as string) >= startOfDay(addDays(today(), -1))).toBe(true);
});

test('whoever reads on from the last crossing gets each paper once, in the order of noting', async () => {
  const database = await openTestDatabase();
  const saved = await save(
    database,
    ...['1', '2', '3', '4'].map((number) => record(`2510.0000${number}`)),
  );
  const keys = saved.map(({ key }) => key);
  const person = await createPerson(database);
  const read: number[] = [];
  let after = await findLastCrossing(database.read);
  for (const key of [...keys].reverse()) {
    await vote(database, person, key);
    await notePeaks(database, 'UTC');
    const found = await listCrossings(database.read, { votes: 1, after, limit: 1 });
    read.push(...found.map(({ paperKey }) => paperKey));
    after = found.at(-1) ?? after;
  }
  expect(read).toEqual([...keys].reverse());
  expect(await listCrossings(database.read, { votes: 1, after, limit: 1 })).toEqual([]);
});

test('two that note at once note each paper once', async () => {
  const database = await openTestDatabase();
  const saved = await save(database, record('2510.00001'), record('2510.00002'));
  const person = await createPerson(database);
  for (const { key } of saved) await vote(database, person, key);
  await Promise.all([notePeaks(database, 'UTC'), notePeaks(database, 'UTC')]);
  expect((await papersAt(database, 1)).sort()).toEqual(saved.map(({ key }) => key).sort());
  expect(await arePeaksBehind(database)).toBe(false);
});

test('two papers that turn out to be one keep the earlier of their crossings', async () => {
  const database = await openTestDatabase();
  const title = 'A title that both of them have in common';
  const [first] = await list(database, '2025-10-28', [
    { record: record('page:a-title', { source: 'page', title }), votes: 12 },
  ]);
  const [second] = await list(database, '2025-10-29', [
    { record: record('2510.00002', { title: 'Another title' }), votes: 15 },
  ]);
  await notePeaks(database, 'UTC');
  expect(await papersAt(database, 10)).toEqual([first?.key, second?.key]);
  await save(database, record('2510.00002', { title, version: 2 }));
  const found = await listCrossings(database.read, { votes: 10, limit: 10 });
  expect(found).toEqual([{ paperKey: second?.key, crossedAt: startOfDay('2025-10-29' as Day) }]);
  const all = await listCrossings(database.read, { votes: 14, limit: 10 });
  expect(all).toEqual([{ paperKey: second?.key, crossedAt: startOfDay('2025-10-30' as Day) }]);
});
