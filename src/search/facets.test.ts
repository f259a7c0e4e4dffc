import { expect, test } from 'vitest';
import { countFacets } from './facets.ts';
import { dayNumber } from './index/index-row.ts';

test('papers are counted by category, without archives, and by year of publication', () => {
  const fact = (date: string, ...categories: string[]) => ({
    key: 1,
    votes: 0,
    day: dayNumber(date),
    categories,
  });
  const facets = countFacets([
    fact('2024-12-31T23:59:59.000Z', 'cs.LG', 'cs.*'),
    fact('2025-01-01T00:00:00.000Z', 'cs.LG', 'cs.CL', 'cs.*'),
    fact('1969-07-20', 'cs.CL', 'math.CO', 'cs.*', 'math.*'),
  ]);
  expect(facets).toEqual({
    categories: [
      { name: 'cs.CL', papers: 2 },
      { name: 'cs.LG', papers: 2 },
      { name: 'math.CO', papers: 1 },
    ],
    years: [
      { year: 2025, papers: 1 },
      { year: 2024, papers: 1 },
      { year: 1969, papers: 1 },
    ],
  });
});

test('of many categories the most frequent are named', () => {
  const facts = Array.from({ length: 40 }, (_, n) => ({
    key: n,
    votes: 0,
    day: 0,
    categories: Array.from(
      { length: 20 - (n % 20) },
      (_, at) => `cs.C${String(at).padStart(2, '0')}`,
    ),
  }));
  const { categories } = countFacets(facts);
  expect(categories).toHaveLength(12);
  expect(categories[0]).toEqual({ name: 'cs.C00', papers: 40 });
});
