// Filters that stand beside the query's text, in the address of a page or of the API.
import type { Day } from '../base/calendar.ts';
import type { SearchQuery } from './query/parse-query.ts';

export type Filters = {
  category: string | undefined;
  /** Of publication. */
  year: number | undefined;
  /** From this day on. */
  after: Day | undefined;
  /** Up to the day before this one. */
  before: Day | undefined;
};

export const NO_FILTERS: Filters = {
  category: undefined,
  year: undefined,
  after: undefined,
  before: undefined,
};

/** The query with the filters added; of two limits the narrower counts. */
export function withFilters(query: SearchQuery, filters: Filters): SearchQuery {
  const { category, year } = filters;
  const starts = [query.after, filters.after, year && (`${year}-01-01` as Day)];
  const ends = [query.before, filters.before, year && (`${year + 1}-01-01` as Day)];
  return {
    ...query,
    categories: category ? narrowed(query.categories, category) : query.categories,
    after: pick(starts, (a, b) => a > b),
    before: pick(ends, (a, b) => a < b),
  };
}

/** Categories are alternatives: the filter takes their place, unless it lies outside all of them. */
function narrowed(categories: string[], category: string): string[] {
  const isInside = categories.some(
    (wider) => wider === category || (!wider.includes('.') && category.startsWith(`${wider}.`)),
  );
  return categories.length === 0 || isInside ? [category] : categories;
}

function pick(
  days: (Day | 0 | undefined)[],
  isBetter: (a: Day, b: Day) => boolean,
): Day | undefined {
  return days.reduce<Day | undefined>(
    (best, day) => (day && (!best || isBetter(day, best)) ? day : best),
    undefined,
  );
}

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;
