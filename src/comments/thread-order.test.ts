import { expect, test } from 'vitest';
import {
  cutPlaces,
  orderThread,
  type PageLimits,
  pagesOf,
  subtreeOf,
  type ThreadRow,
} from './thread-order.ts';

const NO_LIMITS: PageLimits = { roots: 1e9, comments: 1e9, chars: 1e9 };
const row = (id: string, parentId: string | null = null, changes: Partial<ThreadRow> = {}) => ({
  id,
  parentId,
  isShown: true,
  liked: 0,
  size: 10,
  ...changes,
});
const drawn = (rows: ThreadRow[], sort: 'time' | 'votes' = 'time') =>
  orderThread(rows, sort)
    .flat()
    .map(({ row: { id }, depth }) => `${'-'.repeat(depth)}${id}`);

test('replies stand below what they answer, the oldest first', () => {
  const rows = [row('a'), row('b'), row('c', 'a'), row('d', 'b'), row('e', 'a'), row('f', 'c')];
  expect(drawn([...rows].reverse())).toEqual(['a', '-c', '--f', '-e', 'b', '-d']);
});

test('by votes the most liked is first at every depth', () => {
  const rows = [
    row('a'),
    row('b', null, { liked: 2 }),
    row('c', 'b'),
    row('d', 'b', { liked: 1 }),
    row('e'),
  ];
  expect(drawn(rows, 'votes')).toEqual(['b', '-d', '-c', 'a', 'e']);
});

test('a tombstone stays while something below it is shown', () => {
  const gone = { isShown: false };
  const rows = [row('a', null, gone), row('b', 'a', gone), row('c', 'b'), row('d', 'c', gone)];
  expect(drawn(rows)).toEqual(['a', '-b', '--c']);
  expect(drawn(rows.map((one) => ({ ...one, ...gone })))).toEqual([]);
});

test('a reply to a comment that is not there answers the paper', () => {
  expect(drawn([row('b', 'lost'), row('c', 'b')])).toEqual(['b', '-c']);
});

test('a thread may be deeper than a stack', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) =>
    row(String(n).padStart(6, '0'), n === 0 ? null : String(n - 1).padStart(6, '0')),
  );
  const [places = []] = orderThread(rows, 'time');
  expect(places.at(-1)?.depth).toBe(19_999);
});

test('every comment is on one page, and no page holds more than its limits', () => {
  const rows = Array.from({ length: 60 }, (_, n) =>
    row(String(n).padStart(3, '0'), n % 3 === 0 ? null : String(n - (n % 3)).padStart(3, '0')),
  );
  const trees = orderThread(rows, 'time');
  for (const limits of [
    { ...NO_LIMITS, roots: 7 },
    { ...NO_LIMITS, comments: 10 },
    { ...NO_LIMITS, chars: 65 },
  ]) {
    const pages = pagesOf(trees, limits);
    expect(pages.flat(2).map((place) => place.row.id)).toEqual(rows.map(({ id }) => id));
    for (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(limits.roots);
      expect(page.flat().length).toBeLessThanOrEqual(limits.comments);
      expect(page.flat().length * 10).toBeLessThanOrEqual(limits.chars);
    }
  }
});

test('a root that is too much for a page has one of its own and is cut', () => {
  const big = [row('a'), row('b'), ...Array.from({ length: 9 }, (_, n) => row(`b${n}`, 'b'))];
  const limits = { ...NO_LIMITS, comments: 5 };
  const pages = pagesOf(orderThread(big, 'time'), limits);
  expect(pages.map((page) => page.flat().length)).toEqual([1, 10]);
  expect(cutPlaces(pages[1]?.flat() ?? [], limits)).toHaveLength(5);
  expect(cutPlaces(pages[1]?.flat() ?? [], { ...NO_LIMITS, chars: 1 })).toHaveLength(1);
});

test('a part of a thread ends where its own level goes on', () => {
  const rows = [row('a'), row('b', 'a'), row('c', 'b'), row('d', 'a'), row('e')];
  const trees = orderThread(rows, 'time');
  const ids = (id: string) => subtreeOf(trees, id).map((place) => `${place.depth}${place.row.id}`);
  expect(ids('b')).toEqual(['0b', '1c']);
  expect(ids('a')).toEqual(['0a', '1b', '2c', '1d']);
  expect(ids('x')).toEqual([]);
});
