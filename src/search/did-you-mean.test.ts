import { expect, test } from 'vitest';
import { record } from '../../tests/fixtures.ts';
import { openIndexed, openSearch } from '../../tests/search-place.ts';
import { distance } from './did-you-mean.ts';

test.each([
  ['norm', 'norm', 0],
  ['norm', 'nrom', 1],
  ['norm', 'form', 1],
  ['norm', 'norms', 1],
  ['norm', 'orm', 1],
  ['transformer', 'tranfsomer', 2],
  ['', 'ab', 2],
  ['kitten', 'sitting', 3],
  ['a', 'abcdefgh', 3],
])('from %j to %j it is %i letters', (a, b, letters) => {
  expect(distance(a, b, 2)).toBe(letters);
  expect(distance(b, a, 2)).toBe(letters);
});

async function openProposals() {
  const about = (id: number, title: string) => record(`2510.0000${id}`, { title, abstract: '-' });
  const { place } = await openIndexed(
    ...[1, 2, 3, 4, 5].map((id) => about(id, `Quantization of transformers, part ${id}`)),
    about(6, 'Quantisation once'),
    about(7, 'Transforms and $x^2$'),
  );
  const { ask } = openSearch(place, { meaningWeight: 0 });
  return async (text: string) => (await ask(text)).found.didYouMean;
}

test('a misspelt word that nobody writes is put right, in its place among the others', async () => {
  const propose = await openProposals();
  expect(await propose('quantizaton')).toBe('quantization');
  expect(await propose('about tranfsormers here')).toBe('about transformers here');
  expect(await propose('quantizaton of tranfsormers')).toBe('quantization of transformers');
});

const RIGHT = [
  'quantization',
  'transformer',
  'quantisation',
  'q',
  'the of',
  'kangaroo',
  'wuantization',
  'qantizaton-aware',
  '量化模型',
  'x²',
  `quantizaton ${'word '.repeat(9)}`,
  '"quantizaton"',
  'author:quantizaton',
  'foo"“bar',
];

test('nothing is proposed for what is written rightly, is foreign, or is no word of its own', async () => {
  const propose = await openProposals();
  for (const text of RIGHT) expect([text, await propose(text)]).toEqual([text, undefined]);
});
