import { expect, test } from 'vitest';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { issuesOf } from './issues-of-person.ts';

test('people take along what was mailed to them, and nothing of others', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  const own = await addSubscription(database, { person_id: person.id });
  const other = await addSubscription(database, {});
  const papers = '["2510.00001"]';
  for (let n = 0; n < 3; n++) await addDelivery(database, { subscription_id: own, papers });
  await addDelivery(database, { subscription_id: other });
  const issues: unknown[] = [];
  for await (const issue of issuesOf(database.read, person.id)) issues.push(issue);
  expect(issues).toHaveLength(3);
  expect(issues[0]).toEqual({
    issue: expect.stringMatching(/^weekdays /),
    email: 'ada@example.org',
    subject: 'Daily papers',
    papers: ['2510.00001'],
    state: 'sent',
    sentAt: '2025-10-01T00:00:00.000Z',
  });
});
