import { expect, onTestFinished, test } from 'vitest';
import { authors, record, save } from '../../../tests/fixtures.ts';
import {
  bringUpToDate,
  keeperOf,
  openIndexed,
  openSearch,
  openSearchPlace,
  type SearchPlace,
} from '../../../tests/search-place.ts';
import type { Day } from '../../base/calendar.ts';
import { markWithdrawn } from '../../papers/withdraw-papers.ts';
import type { MatchedBy, Search } from '../search.ts';

const GATES = record('2510.00001', {
  title: 'Sparse gates for recurrent networks',
  abstract: 'Gating a recurrent network. https://github.com/a/gates',
  authors: authors('José García', 'Ada Lovelace'),
  comment: 'Code: https://github.com/a/gates',
});
const NORMS = record('2510.00002', {
  title: 'Normalizing layers of deep networks',
  abstract: 'Layers are normalized while a network is trained.',
  authors: authors('Kaiming He'),
  categories: ['cs.CV'],
});
const GRAPHS = record('2510.00003', {
  title: 'Expander graphs',
  abstract: 'A spectral gap of a family of graphs.',
  authors: authors('Jose Garcia'),
  categories: ['math.CO'],
});
const PAPERS = [GATES, NORMS, GRAPHS];

async function keysOf(place: SearchPlace, ...ids: string[]): Promise<number[]> {
  const rows = await place.database.read.selectFrom('papers').select(['key', 'id']).execute();
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  return ids.map((id) => keys.get(id) as number);
}

/** Both ways to ask; they must agree. */
async function bothWays(search: Search, text: string, by: MatchedBy, among: number[]) {
  const matcher = await search.openMatcher(among, new AbortController().signal);
  onTestFinished(() => matcher.close());
  const { keys, isComplete } = await matcher.match(text, by);
  expect([text, by, isComplete]).toEqual([text, by, true]);
  const asked = await search.match(text, { by, among });
  expect([text, by, [...asked].sort()]).toEqual([text, by, [...keys].sort()]);
  return keys;
}

const CASES: [string, MatchedBy, string[]][] = [
  ['network', 'words', [GATES.id, NORMS.id]],
  ['networks normalization', 'words', [NORMS.id]],
  ['"recurrent networks"', 'words', [GATES.id]],
  ['"networks recurrent"', 'words', []],
  ['network -recurrent', 'words', [NORMS.id]],
  ['author:"josé garcía"', 'words', [GATES.id, GRAPHS.id]],
  ['author:garcia', 'meaning', [GATES.id, GRAPHS.id]],
  ['author:garcia -cat:math', 'either', [GATES.id]],
  ['cat:math', 'words', [GRAPHS.id]],
  ['cat:cs -author:he', 'meaning', [GATES.id]],
  ['has:code', 'words', [GATES.id]],
  ['title:layers', 'words', [NORMS.id]],
  ['votes:>3', 'words', []],
  ['the of', 'words', []],
  ['', 'either', []],
  ['expander graphs of cliques', 'words', []],
  ['expander graphs of cliques', 'meaning', [GRAPHS.id]],
  ['expander graphs of cliques', 'either', [GRAPHS.id]],
  ['expander graphs of cliques -spectral', 'either', []],
  ['expander graphs of cliques cat:cs', 'meaning', []],
  ['recurrent', 'either', [GATES.id]],
  ['recurrent', 'meaning', []],
];

test('what matches is the same by an index of all papers and by one of a few', async () => {
  const { place, keeper } = await openIndexed(
    ...PAPERS,
    record('2510.00004', { title: 'Network' }),
  );
  await bringUpToDate(keeper);
  const { search } = openSearch(place);
  const among = await keysOf(place, ...PAPERS.map(({ id }) => id));
  for (const [text, by, ids] of CASES) {
    const keys = await bothWays(search, text, by, among);
    const expected = await keysOf(place, ...ids);
    expect([text, by, [...keys].sort()]).toEqual([text, by, expected.sort()]);
  }
});

test('the best stands first: what has the words and the meaning before what has one of them', async () => {
  const { place, keeper } = await openIndexed(
    record('2510.00001', { title: 'Zebra', abstract: 'Stripes of the zebra, zebra stripes.' }),
    record('2510.00002', {
      title: 'On savannas',
      abstract: 'Zebra and lion, grass and water; stripes come up once, among much else of theirs.',
    }),
  );
  await bringUpToDate(keeper);
  const { search } = openSearch(place);
  const [first, second] = (await keysOf(place, '2510.00001', '2510.00002')) as [number, number];
  for (const among of [
    [first, second],
    [second, first],
  ]) {
    expect(await bothWays(search, 'zebra stripes', 'either', among)).toEqual([first, second]);
  }
});

test('an index that is behind or missing hides nothing from a matcher, and says so to others', async () => {
  const place = await openSearchPlace(GATES);
  const { search } = openSearch(place);
  const asked = async (text: string, by: MatchedBy, isWhole: boolean) =>
    search.match(text, { by, isWhole, among: await keysOf(place, GATES.id, GRAPHS.id) });
  await save(place.database, GRAPHS);
  await expect(asked('graphs', 'words', false)).rejects.toMatchObject({ code: 'unavailable' });
  const [gates, graphs] = (await keysOf(place, GATES.id, GRAPHS.id)) as [number, number];
  const signal = new AbortController().signal;
  const matcher = await search.openMatcher([gates, graphs], signal);
  const found = { keys: [graphs], isComplete: true };
  expect(await matcher.match('graphs', 'words')).toEqual(found);
  expect(await matcher.match('expander graphs', 'meaning')).toEqual(found);
  matcher.close();

  const keeper = await keeperOf(place);
  await keeper.ensure();
  await save(place.database, record(GRAPHS.id, { title: 'Cliques', abstract: 'Of graphs.' }));
  await save(place.database, record('2510.00009', { title: 'Cliques' }));
  const late = await keysOf(place, GATES.id, '2510.00009');
  const lateMatcher = await search.openMatcher(late, signal);
  expect(await lateMatcher.match('cliques', 'either')).toEqual({
    keys: [late[1]],
    isComplete: true,
  });
  lateMatcher.close();
  expect(await search.match('cliques', { by: 'words', among: late })).toEqual([]);
  await expect(
    search.match('cliques', { by: 'words', among: late, isWhole: true }),
  ).rejects.toMatchObject({ code: 'unavailable' });
  await keeper.follow();
  const asWhole = { by: 'words', among: late, isWhole: true } as const;
  await expect.poll(() => search.match('cliques', asWhole).catch(() => [])).toEqual([late[1]]);
  // What is not compacted yet is not found by phrases.
  await expect(search.match('"cliques of it"', asWhole)).rejects.toMatchObject({
    code: 'unavailable',
  });
  await keeper.compact();
  await expect.poll(() => search.match('"cliques"', asWhole).catch(() => [])).toEqual([late[1]]);
});

test('while the embedder does not answer, words are matched and the rest is called incomplete', async () => {
  const { place } = await openIndexed(...PAPERS);
  place.embedder.failure = new Error('The model is asleep.');
  const { search } = openSearch(place);
  const among = await keysOf(place, ...PAPERS.map(({ id }) => id));
  const graphs = among[2] as number;
  const matcher = await search.openMatcher(among, new AbortController().signal);
  onTestFinished(() => matcher.close());
  expect(await matcher.match('graphs', 'words')).toEqual({ keys: [graphs], isComplete: true });
  expect(await matcher.match('graphs', 'either')).toEqual({ keys: [graphs], isComplete: false });
  expect(await matcher.match('expander graphs', 'meaning')).toEqual({
    keys: [],
    isComplete: false,
  });
  expect(await matcher.match('author:he', 'meaning')).toMatchObject({ isComplete: true });
  expect(await search.match('graphs', { by: 'either', among })).toEqual([graphs]);
  await expect(search.match('graphs', { by: 'meaning', among })).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('a withdrawn paper matches nothing', async () => {
  const { place } = await openIndexed(...PAPERS);
  const { search } = openSearch(place);
  const among = await keysOf(place, GRAPHS.id);
  await place.database.transact((tx) =>
    markWithdrawn(tx, [{ id: GRAPHS.id, datestamp: '2025-11-01' as Day }]),
  );
  const matcher = await search.openMatcher(among, new AbortController().signal);
  onTestFinished(() => matcher.close());
  expect(await matcher.match('graphs', 'either')).toEqual({ keys: [], isComplete: true });
});
