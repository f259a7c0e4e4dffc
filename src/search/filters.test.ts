import { expect, test } from 'vitest';
import type { Day } from '../base/calendar.ts';
import { type Filters, NO_FILTERS, withFilters } from './filters.ts';
import { parseQuery } from './query/parse-query.ts';

function filtered(text: string, filters: Partial<Filters>) {
  const { categories, after, before } = withFilters(parseQuery(text), {
    ...NO_FILTERS,
    ...filters,
  });
  return { categories, after, before };
}

test('without filters the query is as it was', () => {
  const query = parseQuery('agents cat:cs.CL year:2024');
  expect(withFilters(query, NO_FILTERS)).toEqual(query);
});

test.each([
  ['', 'cs.CL', ['cs.CL']],
  ['cat:cs.CL cat:cs.LG', 'cs.CL', ['cs.CL']],
  ['cat:cs', 'cs.CL', ['cs.CL']],
  ['cat:cs.CL', 'math', ['cs.CL']],
  ['cat:cs.CL', 'cs', ['cs.CL']],
])('of %j the category %s leaves %j', (text, category, left) => {
  expect(filtered(text, { category }).categories).toEqual(left);
});

test.each<[string, Partial<Filters>, string, string]>([
  ['', { year: 2024 }, '2024-01-01', '2025-01-01'],
  ['year:2020..2024', { year: 2023 }, '2023-01-01', '2024-01-01'],
  ['after:2023-05', { year: 2023 }, '2023-05-01', '2024-01-01'],
  ['before:2024', { after: '2023-02-01' as Day }, '2023-02-01', '2024-01-01'],
  [
    'year:2023',
    { after: '2022-01-01' as Day, before: '2023-03-01' as Day },
    '2023-01-01',
    '2023-03-01',
  ],
])('of %j and %j the narrower limits count', (text, filters, after, before) => {
  expect(filtered(text, filters)).toMatchObject({ after, before });
});
