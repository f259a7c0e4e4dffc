import { expect, test } from 'vitest';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { openMyData } from './my-data.ts';
import { renderMarkdown } from './render-my-data.ts';

test('each kind of data has a heading in words', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  const { sections } = await openMyData(database.read, person.id);
  const filled = sections.map(({ name }) => ({ name, rows: oneRow() }));
  const pieces: string[] = [];
  for await (const piece of renderMarkdown({ profile: {}, sections: filled }, 'Data')) {
    pieces.push(piece);
  }
  const headings = [...pieces.join('').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toHaveLength(sections.length);
  for (const heading of headings) expect(heading).toMatch(/^[A-Z]/);
});

async function* oneRow() {
  yield { at: '2025-10-29' };
}
