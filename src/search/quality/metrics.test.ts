import { expect, test } from 'vitest';
import { type Judgements, ndcgAt, recallAt, reciprocalRankAt } from './metrics.ts';

const judged = (grades: Record<string, number>): Judgements => new Map(Object.entries(grades));

test('gains are the grades, discounted by the logarithm of the rank', () => {
  const judgements = judged({ a: 3, b: 2, c: 1, d: 2 });
  // (2 + 3 / log2(3) + 1 / log2(5)) / (3 + 2 / log2(3) + 2 / log2(4) + 1 / log2(5))
  const expected = (2 + 3 * 0.63092975 + 0.43067656) / (3 + 2 * 0.63092975 + 1 + 0.43067656);
  expect(ndcgAt(10, ['b', 'a', 'x', 'c'], judgements)).toBeCloseTo(expected, 7);
});

test('the best possible order measures 1, at any depth', () => {
  const judgements = judged({ a: 3, b: 2, c: 1 });
  for (const depth of [1, 2, 3, 10]) {
    expect(ndcgAt(depth, ['a', 'b', 'c', 'x'], judgements)).toBe(1);
  }
});

test('documents of one grade may change places', () => {
  const judgements = judged({ a: 2, b: 2, c: 1 });
  expect(ndcgAt(10, ['a', 'b', 'c'], judgements)).toBe(ndcgAt(10, ['b', 'a', 'c'], judgements));
});

test('the ideal is cut at the same depth as the ranking', () => {
  const judgements = judged(Object.fromEntries([...'abcdefghijkl'].map((id) => [id, 1])));
  expect(ndcgAt(10, [...'abcdefghij'], judgements)).toBe(1);
  expect(ndcgAt(1, ['a'], judgements)).toBe(1);
  expect(recallAt(10, [...'abcdefghij'], judgements)).toBeCloseTo(10 / 12, 12);
});

test('grade 0, a negative grade and no grade at all are the same', () => {
  const ranking = ['zero', 'negative', 'unjudged', 'relevant'];
  const judgements = judged({ zero: 0, negative: -2, relevant: 1 });
  expect(ndcgAt(10, ranking, judgements)).toBeCloseTo(1 / Math.log2(5), 12);
  expect(recallAt(100, ranking, judgements)).toBe(1);
  expect(reciprocalRankAt(10, ranking, judgements)).toBe(1 / 4);
});

test('what the ranking lacks counts as missed, whether or not the corpus has it', () => {
  const judgements = judged({ a: 1, 'not in the corpus': 1 });
  expect(ndcgAt(10, ['a'], judgements)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  expect(recallAt(100, ['a'], judgements)).toBe(0.5);
});

test('a query without a relevant document, and one without results, measure 0', () => {
  for (const measure of [ndcgAt, recallAt, reciprocalRankAt]) {
    expect(measure(10, ['a', 'b'], judged({ a: 0, b: -1 }))).toBe(0);
    expect(measure(10, [], judged({ a: 1 }))).toBe(0);
  }
});

test('only the first relevant document counts for the reciprocal rank, down to the depth', () => {
  const judgements = judged({ a: 1, b: 4 });
  expect(reciprocalRankAt(10, ['x', 'a', 'b'], judgements)).toBe(1 / 2);
  const late = [...'0123456789', 'a'];
  expect(reciprocalRankAt(10, late, judgements)).toBe(0);
  expect(reciprocalRankAt(11, late, judgements)).toBe(1 / 11);
});
