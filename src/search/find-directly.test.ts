import { expect, test } from 'vitest';
import { authors, record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { findDirectly } from './find-directly.ts';

async function openPapers() {
  const database = await openTestDatabase();
  await save(
    database,
    record('2510.00001', {
      title: 'On the $k$-Means of {\\it Things}',
      authors: authors('Zoë Grün'),
      doi: '10.1234/abc',
    }),
    record('2510.00002', { title: 'Reply', abstract: 'One thing.', authors: authors('A One') }),
    record('2510.00003', { title: 'Reply', abstract: 'Another.', authors: authors('B Two') }),
  );
  return (text: string) => findDirectly(database.read, text);
}

test.each([
  ['2510.00001', '/papers/2510.00001'],
  ['arXiv:2510.00001v3', '/papers/2510.00001'],
  ['https://arxiv.org/pdf/2510.00001', '/papers/2510.00001'],
  ['10.1234/ABC', '/papers/2510.00001'],
  ['Zoe Grun', '/authors/zoe-grun'],
  ['hep-th/9901001', '/papers/hep-th/9901001'],
])('%s leads to %s', async (text, path) => {
  expect(await (await openPapers())(text)).toEqual({ path });
});

test('a title is left to the search', async () => {
  expect(await (await openPapers())('On the k-means of things')).toBeUndefined();
});

test.each([
  '',
  '   ',
  'nobody',
  '"(',
  '10.9999/none',
  '%',
  '💥',
  'x'.repeat(10_000),
  '文字',
  '\u0000',
])('nothing is found for %j, and nothing breaks', async (text) => {
  expect(await (await openPapers())(text)).toBeUndefined();
});
