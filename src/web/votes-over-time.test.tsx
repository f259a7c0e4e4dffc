import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Day } from '../base/calendar.ts';
import { loadVotesOverTime, VotesOverTime } from './votes-over-time.tsx';

test('votes over time need two days with votes here: nothing is made up', async () => {
  const database = await openTestDatabase();
  const [saved] = await save(database, record('2510.00001'));
  const paperKey = saved?.key as number;
  const vote = async (voted_at: string) => {
    const person = await createPerson(database);
    const row = { person_id: person.id, paper_key: paperKey, voted_at, weighs: 0 };
    await database.transact((tx) => tx.insertInto('votes').values(row).execute());
  };
  const load = () => loadVotesOverTime(database.read, paperKey);
  expect(await load()).toBeUndefined();
  await vote('2025-10-25T10:00:00.000Z');
  await vote('2025-10-25T11:00:00.000Z');
  expect(await load()).toBeUndefined();
  await vote('2025-10-27T10:00:00.000Z');
  const growth = await load();
  expect(growth?.map(({ total }) => total)).toEqual([0, 2, 2, 3]);
  const html = String(<VotesOverTime growth={growth} today={'2025-10-28' as Day} />);
  expect(html).toContain('<figcaption>3 votes here, Oct 25 to Oct 27</figcaption>');
  expect(html).toContain(
    'aria-label="Votes here, added up day by day from Saturday, October 25, 2025 to Monday, October 27, 2025: 3 votes"',
  );
});

test('without a line there is nothing', () => {
  expect((<VotesOverTime growth={undefined} today={'2025-10-28' as Day} />).toString()).toBe('');
});
