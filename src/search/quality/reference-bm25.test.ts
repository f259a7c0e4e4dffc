import { expect, test } from 'vitest';
import { ReferenceBm25 } from './reference-bm25.ts';

function index(...texts: string[]): ReferenceBm25 {
  const reference = new ReferenceBm25();
  for (const text of texts) reference.add(text);
  return reference;
}

const found = (reference: ReferenceBm25, query: string, depth = 10) =>
  reference.search(query, depth).map(({ document }) => document);

test('a score is the formula’s, by hand', () => {
  const reference = index('wings wings flow', 'flow of heat', 'a shell');
  // Lengths 3, 2 and 1, mean 2; "wing" is in one document of three, twice.
  const idf = Math.log(1 + (3 - 1 + 0.5) / (1 + 0.5));
  const score = (idf * 2 * 1.9) / (2 + 0.9 * (0.6 + 0.4 * (3 / 2)));
  expect(reference.search('wing', 10)).toEqual([{ document: 0, score: expect.closeTo(score, 12) }]);
  // A word that the query says twice counts twice.
  expect(reference.search('wing wing', 10)[0]?.score).toBeCloseTo(2 * score, 12);
});

test('rare words count more than frequent ones, short documents more than long ones', () => {
  const reference = index('flow heat', 'flow shell', 'flow', 'heat and much else about flow');
  expect(found(reference, 'flow shell')[0]).toBe(1);
  expect(found(reference, 'heat')).toEqual([0, 3]);
});

test('documents of one score stand in the order in which they came', () => {
  expect(found(index('flow', 'heat', 'flow', 'flow'), 'flow')).toEqual([0, 2, 3]);
  expect(found(index('flow', 'heat', 'flow', 'flow'), 'flow', 2)).toEqual([0, 2]);
});

test('words meet by their stems, without case, possessive and stop words', () => {
  const reference = index('The CELL’S membranes', 'cells of a Membrane', 'the of and');
  expect(found(reference, 'membrane cell')).toEqual([0, 1]);
  expect(found(reference, 'The of AND')).toEqual([]);
});

test('a stop or an apostrophe inside of a word or a number stays inside', () => {
  const reference = index('version 3.5, by O’Neill', 'version 3 and 5', 'f.e.m. or FEM');
  expect(found(reference, '3.5')).toEqual([0]);
  expect(found(reference, '5.')).toEqual([1]);
  expect(found(reference, 'o’neill')).toEqual([0]);
  expect(found(reference, 'f.e.m')).toEqual([2]);
});

test('nothing is found in nothing, and by nothing', () => {
  expect(found(index(), 'flow')).toEqual([]);
  expect(found(index(''), 'flow')).toEqual([]);
  expect(found(index('flow'), '  …  ')).toEqual([]);
});
