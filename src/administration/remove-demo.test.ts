import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { instanceOf } from '../database/instance.ts';
import { findLastDemoPaper, noteLastDemoPaper } from '../papers/paper-store.ts';
import { castVote } from '../votes/vote-store.ts';
import { changeSettings } from './change-settings.ts';

const GONE = { BROADSHEET_DEMO: 'false' };
const NOBODY = { actorId: undefined };

async function paperIds(database: Awaited<ReturnType<typeof openTestDatabase>>) {
  const rows = await database.read.selectFrom('papers').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

test('the demo edition goes with all that hangs on it, but for what people here care for', async () => {
  const database = await openTestDatabase();
  const outcomes = await list(database, '2025-10-29', [
    { record: record('2510.00001'), votes: 5 },
    { record: record('2510.00002'), votes: 9 },
  ]);
  await database.transact(noteLastDemoPaper);
  await save(database, record('2610.00001'));
  const ada = await createPerson(database);
  const paperKey = outcomes[1]?.key as number;
  await database.transact((tx) => castVote(tx, { paperKey, person: ada, weighs: true }));
  const before = await instanceOf(database);

  await database.transact((tx) => changeSettings(tx, GONE, NOBODY));
  expect(await paperIds(database)).toEqual(['2510.00002', '2610.00001']);
  const categories = await database.read
    .selectFrom('paper_categories')
    .select('paper_key')
    .where('category', '=', 'cs.LG')
    .execute();
  expect(categories).toHaveLength(2);
  expect(await findLastDemoPaper(database.read)).toBeUndefined();
  // So that the search index is made anew.
  expect(await instanceOf(database)).not.toBe(before);
});

test('it stays when another setting changes, and nothing goes where there was no demo edition', async () => {
  const database = await openTestDatabase();
  await save(database, record('2510.00001'));
  await database.transact((tx) => changeSettings(tx, GONE, NOBODY));
  expect(await paperIds(database)).toEqual(['2510.00001']);
  await database.transact(noteLastDemoPaper);
  const others = { BROADSHEET_NAME: 'Another', BROADSHEET_DEMO: 'true' };
  await database.transact((tx) => changeSettings(tx, others, NOBODY));
  expect(await paperIds(database)).toEqual(['2510.00001']);
});
