import { expect, it } from 'vitest';
import { authors } from '../../../tests/fixtures.ts';
import type { Paper } from '../../papers/paper-row.ts';
import { excerptOf, shortenAuthors } from './paper-words.ts';

function shorten(names: string[], authorCount?: number): string | undefined {
  return shortenAuthors({ authors: authors(...names), authorCount } as Paper);
}

it('names two authors of many, three where there are no more', () => {
  const eight = ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar', 'Jakob Uszkoreit'];
  expect(shorten(eight, 8)).toBe('A. Vaswani, N. Shazeer and 6 more');
  expect(shorten(eight.slice(0, 3))).toBe('A. Vaswani, N. Shazeer and N. Parmar');
  expect(shorten(['Ada Lovelace'])).toBe('A. Lovelace');
  expect(shorten([], 5)).toBe('5 authors');
  expect(shorten([])).toBeUndefined();
});

it('shortens first names, and only those', () => {
  expect(shorten(['Jean-Luc Marion', 'J. R. R. Tolkien'])).toBe(
    'J.-L. Marion and J. R. R. Tolkien',
  );
  expect(shorten(['Ludwig van Beethoven', 'Çağlar Gülçehre'])).toBe(
    'L. van Beethoven and Ç. Gülçehre',
  );
  expect(shorten(['Martin King, Jr.', 'Plato'])).toBe('M. King Jr. and Plato');
});

it('leaves names of groups and of scripts without capitals as they are', () => {
  expect(shorten(['ATLAS Collaboration', 'Qwen Team', 'محمد الخوارزمي'])).toBe(
    'ATLAS Collaboration, Qwen Team and محمد الخوارزمي',
  );
});

const FILLER =
  'which is said here at some length so that it takes the best part of two lines of a mail';

it('cuts an abstract at the end of a sentence', () => {
  const first = `A first sentence, e.g. this one by Smith et al. with Fig. 2 in it, ${FILLER}.`;
  expect(excerptOf(`${first} A second that is far too long, ${FILLER}, ${FILLER}.`)).toBe(first);
});

it('cuts at a word where no sentence ends in time', () => {
  const long = `One sentence ${FILLER}, and again ${FILLER}, and again ${FILLER}.`;
  const excerpt = excerptOf(long);
  expect(excerpt.length).toBeLessThanOrEqual(220);
  expect(excerpt).toMatch(/\w…$/);
  expect(long.startsWith(excerpt.slice(0, -1))).toBe(true);
  expect(long.charAt(excerpt.length - 1)).toMatch(/[ ,]/);
});

it('leaves a short abstract whole', () => {
  expect(excerptOf('Short. And sweet.')).toBe('Short. And sweet.');
});
