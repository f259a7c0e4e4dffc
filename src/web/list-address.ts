// Which list of papers the address of a page is of.
import { type Day, isDay, type Period, parseMonth, parseWeek } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import { longDay, longMonth } from '../language/formats.ts';
import { authorKey } from '../papers/author-name.ts';
import { asksForPapers, type SearchAddress, searchAddressOf } from './search-address.ts';

export type ListAddress = {
  /** Of the list's page, without what only shows a part of it. */
  path: string;
  /** What the list is called in a sentence. */
  name: string;
  list:
    | { kind: 'day'; day: Day; view: 'list' | 'new' }
    | { kind: 'period'; period: Period }
    | { kind: 'trending' }
    | { kind: 'author'; key: string }
    | { kind: 'category'; category: string }
    | { kind: 'edition'; slug: string }
    | { kind: 'search'; address: SearchAddress };
};

type Reader = (key: string, params: URLSearchParams) => Omit<ListAddress, 'path'> | undefined;

const READERS: [RegExp, Reader][] = [
  [/^\/papers\/date\/([\d-]+)$/, (day) => dayList(day, 'list')],
  [/^\/papers\/date\/([\d-]+)\/new$/, (day) => dayList(day, 'new')],
  [
    /^\/papers\/week\/(\d{4}-W\d\d)$/,
    (key) => periodList(key, parseWeek, () => `week ${Number(key.slice(6))} of ${key.slice(0, 4)}`),
  ],
  [
    /^\/papers\/month\/(\d{4}-\d\d)$/,
    (key) => periodList(key, parseMonth, ({ first }) => longMonth(first)),
  ],
  [/^\/papers\/trending$/, () => ({ name: 'the trending papers', list: { kind: 'trending' } })],
  [
    /^\/authors\/([^/]+)$/,
    (name) => ({ name: `the author ${name}`, list: { kind: 'author', key: authorKey(name) } }),
  ],
  [
    /^\/categories\/([^/]+)$/,
    (category) => ({ name: `the category ${category}`, list: { kind: 'category', category } }),
  ],
  [
    /^\/editions\/([^/]+)$/,
    (slug) => ({ name: `the edition ${slug}`, list: { kind: 'edition', slug } }),
  ],
  [/^\/papers$/, (_, params) => searchList(params)],
];
/** What the address of a search says of the list itself. */
const SEARCH_PARTS = ['q', 'sort', 'category', 'year', 'after', 'before'];
const HERE = 'http://instance.invalid';

/** `address` is a path with its query; undefined where no list of papers is. */
export function findListAddress(address: string): ListAddress | undefined {
  if (!address.startsWith('/') || !URL.canParse(address, HERE)) return undefined;
  const url = new URL(address, HERE);
  if (url.origin !== HERE) return undefined;
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(url.pathname);
    if (!match) continue;
    const found = read(decodePart(match[1] ?? ''), url.searchParams);
    const query = found?.list.kind === 'search' ? `?${searchParts(url.searchParams)}` : '';
    return found && { ...found, path: `${url.pathname}${query}` };
  }
  return undefined;
}

function dayList(day: string, view: 'list' | 'new') {
  return isDay(day) ? { name: longDay(day), list: { kind: 'day' as const, day, view } } : undefined;
}

function periodList(
  key: string,
  parse: (key: string) => Period,
  nameOf: (period: Period) => string,
) {
  try {
    const period = parse(key);
    return { name: nameOf(period), list: { kind: 'period' as const, period } };
  } catch (error) {
    if (isAppError(error, 'invalid')) return undefined;
    throw error;
  }
}

function searchList(params: URLSearchParams) {
  const address = searchAddressOf(params);
  if (!asksForPapers(address)) return undefined;
  const name = address.q ? `the search “${address.q}”` : 'the search';
  return { name, list: { kind: 'search' as const, address } };
}

function searchParts(params: URLSearchParams): string {
  const parts = SEARCH_PARTS.flatMap((part): [string, string][] => {
    const value = params.get(part);
    return value ? [[part, value]] : [];
  });
  return new URLSearchParams(parts).toString();
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
