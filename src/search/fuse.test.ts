import { expect, test } from 'vitest';
import { fuse } from './fuse.ts';

const keys = (list: { key: number }[]) => list.map(({ key }) => key);
const WORDS = [
  { key: 1, score: 20 },
  { key: 2, score: 10 },
];
const MEANING = [
  { key: 2, score: 0.9 },
  { key: 3, score: 0.8 },
  { key: 1, score: 0.1 },
];

test('without weight the words alone decide, with all of it the meaning', () => {
  expect(keys(fuse(WORDS, MEANING, 0)).slice(0, 2)).toEqual([1, 2]);
  expect(keys(fuse(WORDS, MEANING, 1))).toEqual([2, 3, 1]);
});

test('a score is the share of the best one by words and the cosine as it is', () => {
  const scores = fuse(WORDS, MEANING, 0.5).map(({ key, score }) => [key, score]);
  expect(scores).toEqual([
    [2, 0.5 * 0.5 + 0.5 * 0.9],
    [1, 0.5 * 1 + 0.5 * 0.1],
    [3, 0.5 * 0.8],
  ]);
});

test('a paper without a cosine counts as the one that is farthest away', () => {
  const fused = fuse(WORDS, MEANING.slice(0, 2), 0.5);
  expect(fused.find(({ key }) => key === 1)?.score).toBeCloseTo(0.5 + 0.5 * 0.8);
});

test('either list may be empty, and equal scores stand by key', () => {
  expect(fuse([], [], 0.3)).toEqual([]);
  expect(keys(fuse(WORDS, [], 0.3))).toEqual([1, 2]);
  expect(keys(fuse([], MEANING, 0.3))).toEqual([2, 3, 1]);
  const equal = [9, 4, 7].map((key) => ({ key, score: 1 }));
  expect(keys(fuse(equal, [], 0))).toEqual([4, 7, 9]);
});
