import { expect, test } from 'vitest';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import {
  bringUpToDate,
  keeperOf,
  openIndexed,
  openSearch,
  openSearchPlace,
  type SearchPlace,
} from '../../tests/search-place.ts';
import { standInEmbedder } from '../../tests/stand-in-embedder.ts';
import type { Day, Instant } from '../base/calendar.ts';
import { markWithdrawn } from '../papers/withdraw-papers.ts';
import { randomTexts } from './query/random-texts.ts';

const at = (day: string) => `${day}T12:00:00.000Z` as Instant;

const ATTENTION = record('1706.03762', {
  title: 'Attention Is All You Need',
  abstract: 'The dominant sequence models are recurrent. We propose the transformer.',
  authors: authors('Ashish Vaswani', 'Noam Shazeer', "J.R. O'Neil"),
  categories: ['cs.CL', 'cs.LG'],
  submittedAt: at('2017-06-12'),
});
const RESNET = record('1512.03385', {
  title: 'Deep Residual Learning for Image Recognition',
  abstract: 'Deeper networks are more difficult to train. https://github.com/k/resnets',
  comment: 'Code: https://github.com/kaiminghe/deep-residual-networks',
  authors: authors('Kaiming He', 'Xiangyu Zhang'),
  categories: ['cs.CV'],
  submittedAt: at('2015-12-10'),
});
const SCALING = record('2001.08361', {
  title: 'Scaling Laws for Neural Language Models',
  abstract: 'The loss of a transformer scales as a power law.',
  authors: authors('Jared Kaplan', 'Tom He'),
  categories: ['cs.LG', 'stat.ML'],
  submittedAt: at('2020-01-23'),
});
const CHINESE = record('2401.00001', {
  title: '扩散模型 and the Übermodell',
  abstract: 'شبكة عصبية of $\\mathcal{O}(n^2)$ parts.',
  authors: authors('Bo An'),
  categories: ['math.CO'],
  submittedAt: at('2024-01-01'),
});
const PAPERS = [ATTENTION, RESNET, SCALING, CHINESE];

async function openPapers() {
  const { place, keeper } = await openIndexed(...PAPERS);
  await list(place.database, '2025-10-29', [
    { record: ATTENTION, votes: 30 },
    { record: RESNET, votes: 50 },
    { record: SCALING, votes: 5 },
  ]);
  await bringUpToDate(keeper);
  // The meaning brings everything; without it one sees what a question lets through.
  return { place, keeper, ...openSearch(place, { meaningWeight: 0 }) };
}

const NAMES = new Map([
  [ATTENTION.id, 'attention'],
  [RESNET.id, 'resnet'],
  [SCALING.id, 'scaling'],
  [CHINESE.id, 'chinese'],
]);
const named = (ids: string[]) => ids.map((id) => NAMES.get(id));

/** What each finds, in the order of its names. */
const FOUND: [string, string[]][] = [
  ['transformer', ['attention', 'scaling']],
  ['Transformers', ['attention', 'scaling']],
  ['residual transformers', ['attention', 'resnet', 'scaling']],
  ['"sequence models"', ['attention']],
  ['"models sequence"', []],
  ['"attention is all you need"', ['attention']],
  ['transformer "power law"', ['scaling']],
  ['transformer -"power law"', ['attention']],
  ['transformer -sequence', ['scaling']],
  ['transformer AND NOT recurrent', ['scaling']],
  ['title:models', ['scaling']],
  ['title:"language models"', ['scaling']],
  ['ti:"neural models"', []],
  ['author:he', ['resnet', 'scaling']],
  ['author:"kaiming he"', ['resnet']],
  ['author:"he xiangyu"', []],
  ['au:An', ['chinese']],
  ["author:o'neil", ['attention']],
  ['author:"J.R. O’Neil"', ['attention']],
  ['author:"neil j.r."', []],
  ['author:he -author:kaplan', ['resnet']],
  ['cat:cs', ['attention', 'resnet', 'scaling']],
  ['cat:cs.LG', ['attention', 'scaling']],
  ['cat:cs.LG -cat:cs.CL', ['scaling']],
  ['cat:cs.CV cat:math', ['chinese', 'resnet']],
  ['year:2017', ['attention']],
  ['year:2015..2017', ['attention', 'resnet']],
  ['after:2020-01-23', ['chinese', 'scaling']],
  ['after:2020-01-24', ['chinese']],
  ['before:2017-06-13', ['attention', 'resnet']],
  ['before:2017-06-12', ['resnet']],
  ['has:code', ['resnet']],
  ['has:model', []],
  ['votes:>30', ['resnet']],
  ['votes:30', ['attention', 'resnet']],
  ['votes:..5 cat:cs', ['scaling']],
  ['transformer cat:cs.CL', ['attention']],
  ['扩散模型', ['chinese']],
  ['übermodell', ['chinese']],
  ['UBERMODELL', ['chinese']],
  ['شبكة', ['chinese']],
  ['author:nobody', []],
  ['zzzz', []],
];

test('words, phrases and filters let through what they say, in every order', async () => {
  const { ask } = await openPapers();
  for (const [text, names] of FOUND) {
    const { ids, found } = await ask(text);
    expect([text, named(ids).sort(), found.total]).toEqual([text, names, names.length]);
    if (text === 'residual transformers') continue;
    const newest = await ask(text, { sort: 'date' });
    expect([text, named(newest.ids).sort()]).toEqual([text, names]);
  }
});

test('the meaning adds papers without the words, and keeps to phrases and filters', async () => {
  const { place } = await openPapers();
  const { ask } = openSearch(place);
  const wide = await ask('transformer');
  expect(named(wide.ids).sort()).toEqual(['attention', 'chinese', 'resnet', 'scaling']);
  expect(wide.found).toMatchObject({ answeredBy: 'words and meaning', trouble: undefined });
  for (const [text, names] of FOUND.filter(([text]) => /[":]|-\w|NOT/.test(text))) {
    const { ids } = await ask(text);
    const excess = named(ids).filter((name) => !names.includes(name as string));
    const isLoose = /^transformer (?:-|AND NOT)/.test(text);
    if (!isLoose) expect([text, excess]).toEqual([text, []]);
  }
  expect(named((await ask('transformer -sequence')).ids)).not.toContain('attention');
});

test('lists are by date or by votes where one asks for it, and equal ones keep an order', async () => {
  const { ask } = await openPapers();
  const order = async (text: string, sort: 'date' | 'votes') =>
    named((await ask(text, { sort })).ids);
  expect(await order('cat:cs', 'date')).toEqual(['scaling', 'attention', 'resnet']);
  expect(await order('cat:cs', 'votes')).toEqual(['resnet', 'attention', 'scaling']);
  expect(await order('transformer', 'date')).toEqual(['scaling', 'attention']);
  expect(await order('transformer', 'votes')).toEqual(['attention', 'scaling']);
  expect(await order('recurrent power', 'date'), 'some of the words').toEqual([
    'scaling',
    'attention',
  ]);
});

test('a list is cut into pages, and behind its end there is nothing', async () => {
  const many = Array.from({ length: 45 }, (_, n) =>
    record(`2509.${String(n).padStart(5, '0')}`, { title: `Okapis, part ${n}` }),
  );
  const { place } = await openIndexed(...many);
  const { ask } = openSearch(place);
  const pages: string[] = [];
  for (const offset of [0, 20, 40, 60]) {
    const { ids, found } = await ask('okapis', { offset });
    expect(found.total).toBe(45);
    pages.push(...ids);
  }
  expect(pages).toHaveLength(45);
  expect(new Set(pages).size).toBe(45);
});

test('a long list says that it is cut', async () => {
  const many = Array.from({ length: 260 }, (_, n) =>
    record(`2509.${String(n).padStart(5, '0')}`, { title: `Okapis, part ${n}` }),
  );
  const { place } = await openIndexed(...many, ATTENTION);
  const { ask } = openSearch(place, { meaningWeight: 0 });
  expect((await ask('okapis')).found).toMatchObject({ total: 200, isCut: true });
  expect((await ask('okapis', { sort: 'date' })).found).toMatchObject({ total: 260, isCut: false });
  expect((await ask('attention')).found).toMatchObject({ total: 1, isCut: false });
});

test('a list is counted by category and year, for pages only', async () => {
  const { ask } = await openPapers();
  const { found } = await ask('transformer');
  expect(found.facets).toEqual({
    categories: [
      { name: 'cs.LG', papers: 2 },
      { name: 'cs.CL', papers: 1 },
      { name: 'stat.ML', papers: 1 },
    ],
    years: [
      { year: 2020, papers: 1 },
      { year: 2017, papers: 1 },
    ],
  });
  expect((await ask('transformer', { isForPage: false })).found.facets).toBeUndefined();
});

test('a whole title, even with a word wrong, has its paper first', async () => {
  const { place } = await openPapers();
  const { ask } = openSearch(place);
  for (const { id, title } of PAPERS) expect((await ask(title)).ids[0]).toBe(id);
  expect((await ask('scaling laws of neural language models')).ids[0]).toBe(SCALING.id);
});

const HOSTILE = [
  '',
  ' ',
  'x'.repeat(10_000),
  'network '.repeat(1_250),
  '"',
  '"unbalanced',
  '((([[[{{{',
  ')"]}',
  '- -- ---',
  'AND OR NOT',
  'author: title: cat: year:',
  'title:"" author:"" ""',
  'the of and',
  'title:the author:the -the "the of"',
  '-network',
  '🤗',
  'title:🤗 -🤗 "🤗"',
  'شبكة عصبية',
  'למידה עמוקה',
  '扩散模型 かが 신경망',
  'a\u0000b',
  '\u0000',
  "'; drop table papers; --",
  "x' OR '1'='1",
  'title:foo^2 AND (bar~1 OR *:*) [a TO b]',
  '+network -(deep learning) /re.*/ a* ?b',
  '$\\mathcal{O}(n^2)$ \\frac{a}{b}',
  '\\"{o} \\alpha_{i}^{j} $unclosed',
  'year:99999 after:2025-02-30 votes:>999999999999',
  'year:2024 year:2025',
  'votes:>999999999',
  'votes:50..10 attention',
  'cat:x.y.z cat:nothing',
  '\ud800 \udfff',
  '%_%',
  '<script>alert(1)</script>',
  `"${'word '.repeat(300)}"`,
  `author:"${'name '.repeat(100)}"`,
  Array.from({ length: 60 }, (_, n) => `"phrase ${n}" -word${n} author:a${n} cat:cs.X${n}`).join(
    ' ',
  ),
  'x'.repeat(80),
  `"${'y'.repeat(90)}" -${'z'.repeat(90)}`,
];

test('whatever is asked, the index answers', async () => {
  const { place } = await openPapers();
  const warnings: string[] = [];
  const { ask } = openSearch(place, { warnings });
  for (const text of [...HOSTILE, ...randomTexts(20_251_029, 60)]) {
    for (const sort of ['relevance', 'date'] as const) {
      const { found } = await ask(text, { sort });
      expect([text, found.answeredBy], sort).not.toEqual([text, 'database']);
    }
  }
  expect(warnings).toEqual([]);
});

test.each(['', '🤗', 'the of', '-network', '"" - --'])('%j asks for nothing', async (text) => {
  const { ask } = openSearch(await openSearchPlace());
  expect((await ask(text)).found).toMatchObject({ total: 0, trouble: undefined });
});

test('an embedder that is late is not waited for, and the answer says so', async () => {
  const { place } = await openPapers();
  let answer = () => {};
  place.embedder.held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { ask } = openSearch(place, { timeoutMs: 500 });
  const { ids, found } = await ask('transformer');
  expect(named(ids).sort()).toEqual(['attention', 'scaling']);
  expect(found).toMatchObject({ answeredBy: 'words', trouble: 'late' });
  answer();
});

test('an embedder that fails is reported once and left alone for a while', async () => {
  const { place } = await openPapers();
  place.embedder.failure = new Error('The model is asleep.');
  const warnings: string[] = [];
  const { ask } = openSearch(place, { warnings });
  for (let n = 0; n < 3; n++) {
    const { ids, found } = await ask('transformer');
    expect(named(ids).sort()).toEqual(['attention', 'scaling']);
    expect(found).toMatchObject({ answeredBy: 'words', trouble: 'no embedder' });
  }
  expect(warnings).toEqual(['the embedder does not answer; searching by words']);
});

test('vectors of another embedder are not compared', async () => {
  const { place } = await openPapers();
  place.embedder = standInEmbedder('another');
  const { ids, found } = await openSearch(place).ask('transformer');
  expect(named(ids).sort()).toEqual(['attention', 'scaling']);
  expect(found).toMatchObject({ answeredBy: 'words', trouble: 'no embedder' });
});

test('while there is no index the database finds titles and authors by their beginning, and says so', async () => {
  const place = await openSearchPlace(...PAPERS);
  await withdraw(place, SCALING.id);
  const { ask } = openSearch(place);
  for (const [text, names] of [
    ['attention is', ['attention']],
    ['ATTENTION', ['attention']],
    ['ashish vas', ['attention']],
    ['author:"kaiming he"', ['resnet']],
    ['deep residual', ['resnet']],
    ['residual', []],
    ['tom he', []],
    ['scaling laws', []],
    ['🤗 cat:cs', []],
    ['%', []],
  ] as const) {
    const { ids, found } = await ask(text);
    expect([text, named(ids)]).toEqual([text, names]);
    if (text !== '%') expect(found).toMatchObject({ answeredBy: 'database', trouble: 'no index' });
  }
});

test('an index that comes, goes and comes again is used as soon as it is there', async () => {
  const place = await openSearchPlace(...PAPERS);
  const { ask, search } = openSearch(place);
  expect((await ask('transformer')).found.answeredBy).toBe('database');
  expect(search.stamp()).toBe('');
  const keeper = await keeperOf(place);
  await keeper.ensure();
  expect((await ask('transformer')).found.answeredBy).toBe('words and meaning');
  expect(search.stamp()).toContain(keeper.entry()?.name);
});

test('similar papers are others, the nearest first, and not those under another name', async () => {
  const one = record('2509.00001', { title: 'Okapis eat leaves', abstract: 'In the wood.' });
  const double = { ...one, id: '2509.00002', authors: authors('Somebody Else') };
  const near = record('2509.00003', { title: 'Okapis eat leaves', abstract: 'In a zoo.' });
  const { place } = await openIndexed(one, double, near, ...PAPERS);
  const { search } = openSearch(place);
  const key = await keyOf(place, one.id);
  const similar = await search.similar(key, 3);
  expect(similar).toHaveLength(3);
  expect(similar).not.toContain(key);
  expect(similar).not.toContain(await keyOf(place, double.id));
  expect(similar[0]).toBe(await keyOf(place, near.id));
  expect(await search.similar(999_999, 3)).toEqual([]);
});

test('without an index, and without a vector, nothing is similar', async () => {
  const place = await openSearchPlace(...PAPERS);
  const { search } = openSearch(place);
  const key = await keyOf(place, ATTENTION.id);
  expect(await search.similar(key, 3)).toEqual([]);
  place.embedder.failure = new Error('The model is asleep.');
  await (await keeperOf(place)).ensure();
  expect(await search.similar(key, 3)).toEqual([]);
});

test('a changed paper is found anew by a reader who has the index open', async () => {
  const { place, keeper, ask, search } = await openPapers();
  expect(named((await ask('okapis')).ids)).toEqual([]);
  const before = search.stamp();
  await save(place.database, { ...ATTENTION, title: 'Okapis in the wood', version: 9 });
  await bringUpToDate(keeper);
  await expect.poll(() => search.stamp(), { timeout: 10_000 }).not.toBe(before);
  expect(named((await ask('okapis')).ids)).toEqual(['attention']);
  expect(named((await ask('"is all you need"')).ids)).toEqual([]);
});

async function keyOf({ database }: SearchPlace, id: string): Promise<number> {
  const row = await database.read
    .selectFrom('papers')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.key;
}

async function withdraw({ database }: SearchPlace, id: string): Promise<void> {
  const datestamp = '2025-11-01' as Day;
  await database.transact((tx) => markWithdrawn(tx, [{ id, datestamp }]));
}
