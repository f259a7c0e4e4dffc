import type { Table } from '@lancedb/lancedb';
import { expect, onTestFinished, test } from 'vitest';
import { record, save } from '../../../tests/fixtures.ts';
import {
  indexedRows,
  keeperOf,
  openSearchPlace,
  type SearchPlace,
} from '../../../tests/search-place.ts';
import { parseQuery } from '../query/parse-query.ts';
import {
  askList,
  askVector,
  askWords,
  hasContent,
  loadFacts,
  loadVectors,
  whereOf,
} from './ask-table.ts';
import { createIndexReader } from './index-reader.ts';

const TIMEOUT_MS = 20_000;

test.each([
  ['agents', undefined],
  ['cat:cs.LG', "array_has_any(categories, ['cs.LG'])"],
  [
    'cat:cs -cat:cs.CV',
    "array_has_any(categories, ['cs', 'cs.*']) AND NOT array_has_any(categories, ['cs.CV'])",
  ],
  ['year:1970', 'year >= 1970 AND year < 1971'],
  ['before:1969-12-31', '(year < 1969 OR day BETWEEN -365 AND -2)'],
  ['has:code has:model', "array_has(has, 'code') AND array_has(has, 'model')"],
  ['votes:2..7', 'votes >= 2 AND votes <= 7'],
])('the conditions of %j are %j', (text, where) => {
  expect(whereOf(parseQuery(text))).toBe(where);
});

test('a condition cannot be ended from within', () => {
  const query = { ...parseQuery(''), categories: ["cs.X') OR (1=1"] };
  expect(whereOf(query)).toBe("array_has_any(categories, ['cs.X'') OR (1=1'])");
});

test.each([
  ['the network', true],
  ['扩散', true],
  ['3', true],
  ['The of', false],
  ['🤗 -- "', false],
  ['', false],
])('whether %j has a word that the engine knows: %j', (text, has) => {
  expect(hasContent(text)).toBe(has);
});

async function openTable(place: SearchPlace): Promise<Table> {
  const reader = createIndexReader(place.uri, place.database);
  onTestFinished(() => reader.close());
  const opened = await reader.current();
  if (!opened) throw new Error('No index is ready.');
  return opened.table;
}

test('a word counts more in a title, and words count more next to each other', async () => {
  const place = await openSearchPlace(
    record('2510.00001', {
      title: 'Other things',
      abstract: 'We like okapi and a zoo with leaves.',
    }),
    record('2510.00002', {
      title: 'Okapi things',
      abstract: 'We like some leaves, and trees too.',
    }),
    record('2510.00003', {
      title: 'Some things',
      abstract: 'We like leaves and a zoo okapi with.',
    }),
  );
  await (await keeperOf(place)).ensure();
  const table = await openTable(place);
  const rows = new Map((await indexedRows(place)).map(({ key, id }) => [key, id]));
  const first = async (words: string) => {
    const text = { must: [], mustNot: [] };
    const asked = { words, isStrict: false, text, where: undefined, limit: 3 };
    const [best] = await askWords(table, { ...asked, timeoutMs: TIMEOUT_MS });
    return rows.get(best?.key as number);
  };
  expect(await first('okapi')).toBe('2510.00002');
  expect(await first('zoo okapi')).toBe('2510.00003');
});

test('vectors and facts are those of their rows, wherever these lie', async () => {
  const place = await openSearchPlace(record('2510.00001'), record('2510.00002'));
  const keeper = await keeperOf(place);
  await keeper.ensure();
  await save(place.database, record('2510.00003'), record('2510.00001', { title: 'Okapis' }));
  await keeper.follow();
  place.embedder.failure = new Error('The model is asleep.');
  await save(place.database, record('2510.00004', { categories: ['math.CO'] }));
  await keeper.follow();

  const table = await openTable(place);
  const rows = await indexedRows(place);
  const all = { where: undefined, limit: 10, timeoutMs: TIMEOUT_MS };
  const hits = await askList(table, { ...all, orderBy: 'day' });
  expect(hits).toHaveLength(4);
  const vectors = await loadVectors(table, hits, TIMEOUT_MS);
  expect(rows.map(({ key }) => vectors.get(key) ?? null)).toEqual(rows.map((row) => row.vector));
  expect(vectors.size).toBe(3);
  expect(await loadVectors(table, [], TIMEOUT_MS)).toEqual(new Map());

  const facts = await loadFacts(table, hits, TIMEOUT_MS);
  const byKey = facts.sort((a, b) => a.key - b.key);
  expect(byKey).toEqual(
    [...rows]
      .sort((a, b) => a.key - b.key)
      .map(({ key, day, votes, categories }) => ({ key, day, votes, categories })),
  );

  const [vector] = [...vectors.values()];
  const near = await askVector(table, {
    ...all,
    vector: vector as Float32Array,
    probes: 'all',
  });
  expect(near).toHaveLength(3);
  expect(near[0]?.score).toBeCloseTo(1);
  expect(near.map(({ score }) => score)).toEqual(
    near.map(({ score }) => score).sort((a, b) => b - a),
  );
});
