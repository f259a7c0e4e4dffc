import { expect, test } from 'vitest';
import { authors, record, save } from '../../tests/fixtures.ts';
import {
  bringUpToDate,
  openIndexed,
  openSearch,
  openSearchPlace,
} from '../../tests/search-place.ts';

const PAPERS = [
  record('2510.00001', {
    title: 'Layer Normalization in Transformers',
    authors: authors('Kaiming He', 'Zoë Grün'),
  }),
  record('2510.00002', { title: 'On $k$-means of {\\it layers}', authors: authors('Kaiming He') }),
  record('2510.00003', {
    title: 'Representational similarity',
    authors: authors('Kaiming Wu'),
    categories: ['cs.CL', 'cs.CV', 'math.CO', 'stat.ML'],
  }),
];

async function openSuggestions() {
  const { place, keeper } = await openIndexed(...PAPERS);
  const { search } = openSearch(place);
  const suggest = async (text: string) =>
    (await search.suggest(text)).map((one) => `${one.kind} ${one.text}`);
  return { suggest, search, place, keeper };
}

const SUGGESTED: [string, string[]][] = [
  ['lay', ['paper Layer Normalization in Transformers', 'paper On k-means of layers']],
  ['LAYER NORM', ['paper Layer Normalization in Transformers']],
  ['normalization lay', ['paper Layer Normalization in Transformers']],
  ['layer n', ['paper Layer Normalization in Transformers']],
  ['representationa', ['paper Representational similarity']],
  ['representationism', []],
  ['kaiming', ['author Kaiming He', 'author Kaiming Wu']],
  ['kaiming h', ['author Kaiming He']],
  ['he kaiming', ['author Kaiming He']],
  ['zoe gru', ['author Zoë Grün']],
  ['Grün', ['author Zoë Grün']],
  ['cs', ['category cs.CL', 'category cs.CV', 'category cs.LG']],
  ['CS.C', ['category cs.CL', 'category cs.CV']],
  ['cat:math', ['category math.CO']],
  ['', []],
  ['l', []],
  ['nothing like it', []],
];

test('every word typed begins a word of the title, of the name or of the category', async () => {
  const { suggest } = await openSuggestions();
  for (const [typed, suggested] of SUGGESTED) {
    expect([typed, (await suggest(typed)).sort()]).toEqual([typed, suggested]);
  }
});

test('who signed most papers comes first, and a suggestion leads to a page', async () => {
  const { search } = await openSuggestions();
  const [first, second] = await search.suggest('kaiming');
  expect(first).toEqual({ kind: 'author', text: 'Kaiming He', path: '/authors/kaiming-he' });
  expect(second?.text).toBe('Kaiming Wu');
  expect(await search.suggest('representational')).toEqual([
    { kind: 'paper', text: 'Representational similarity', path: '/papers/2510.00003' },
  ]);
  expect((await search.suggest('math.'))[0]?.path).toBe('/categories/math.CO');
});

test('no more are given than fit below a box', async () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    record(`2510.${String(n).padStart(5, '0')}`, {
      title: `Stable things, part ${n}`,
      authors: authors(`Stanislaw Number${n}`),
      categories: ['stat.AP', 'stat.CO', 'stat.ME', 'stat.ML', 'stat.TH'],
    }),
  );
  const { place } = await openIndexed(...many);
  const found = await openSearch(place).search.suggest('sta');
  const count = (kind: string) => found.filter((one) => one.kind === kind).length;
  expect([count('category'), count('author'), count('paper')]).toEqual([3, 4, 5]);
});

test('a paper that has just been taken over is suggested', async () => {
  const { suggest, place, keeper } = await openSuggestions();
  await save(place.database, record('2510.00009', { title: 'Okapis in the wood' }));
  await bringUpToDate(keeper);
  expect(await suggest('okapi')).toEqual(['paper Okapis in the wood']);
});

test('without an index there are categories only', async () => {
  const place = await openSearchPlace(...PAPERS);
  const { search } = openSearch(place);
  expect(await search.suggest('kaiming')).toEqual([]);
  expect((await search.suggest('math')).map(({ text }) => text)).toEqual(['math.CO']);
});

const HOSTILE = [
  '"(',
  "'; drop table papers; --",
  'AND OR NOT',
  '*:*',
  'a^2~3',
  '\\frac{a}{b}',
  '💥💥',
  '扩散模型',
  'شبكة',
  '%_',
  'x'.repeat(5_000),
  '\u0000\u0000',
  '\ud800\ud800',
];

test('whatever is typed, nothing breaks', async () => {
  const { suggest } = await openSuggestions();
  for (const typed of HOSTILE) expect([typed, await suggest(typed)]).toEqual([typed, []]);
});
