import { isDay } from '../base/calendar.ts';
import { FIRST_YEAR, type Filters, LAST_YEAR } from '../search/filters.ts';
import type { Sort } from '../search/search.ts';
import { isCategory } from '../sources/arxiv/categories.ts';

/** What the address of a page of results asks for, without the page. */
export type SearchAddress = { q: string; sort: Sort; filters: Filters };

const SORTS = ['relevance', 'date', 'votes'] as const satisfies Sort[];

/** What cannot be read is left out: an address that someone has mended by hand still finds papers. */
export function searchAddressOf(params: URLSearchParams): SearchAddress {
  const day = (name: string) => {
    const text = params.get(name) ?? '';
    return isDay(text) ? text : undefined;
  };
  const year = Number(params.get('year'));
  const category = params.get('category') ?? '';
  return {
    q: (params.get('q') ?? '').trim(),
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'relevance',
    filters: {
      category: isCategory(category) ? category : undefined,
      year: year >= FIRST_YEAR && year <= LAST_YEAR ? Math.trunc(year) : undefined,
      after: day('after'),
      before: day('before'),
    },
  };
}

/** Whether it asks for anything: an address without words and filters is that of the newest day. */
export function asksForPapers({ q, filters }: SearchAddress): boolean {
  return q !== '' || Object.values(filters).some((value) => value !== undefined);
}
