import { expect, test } from 'vitest';
import { authors, record } from '../../tests/fixtures.ts';
import type { Instant } from '../base/calendar.ts';
import { isSameWork, mergeRecord, paperFromRecord } from './merge-record.ts';
import type { PaperRecord } from './paper.ts';

const AT = '2025-11-01T00:00:00.000Z' as Instant;
const paper = (one: PaperRecord) => paperFromRecord(one, AT);

test('a newer version overwrites, an older one does not', () => {
  const second = paper(record('2510.00001', { version: 2, title: 'Second' }));
  expect(mergeRecord(second, record('2510.00001', { version: 1, title: 'First' })).title).toBe(
    'Second',
  );
  expect(mergeRecord(second, record('2510.00001', { version: 3, title: 'Third' })).title).toBe(
    'Third',
  );
});

test('a lesser source fills gaps and overwrites nothing', () => {
  const known = paper(record('2510.00001', { title: 'By arXiv' }));
  const merged = mergeRecord(known, {
    ...record('2510.00001', { title: 'By a page', comment: '12 pages' }),
    source: 'page',
  });
  expect(merged.title).toBe('By arXiv');
  expect(merged.comment).toBe('12 pages');
});

test('the same record again changes nothing, and says so', () => {
  const known = paper(record('2510.00001', { comment: 'Code at https://github.com/a/b' }));
  expect(
    mergeRecord(known, record('2510.00001', { comment: 'Code at https://github.com/a/b' })),
  ).toBe(known);
});

test('what a source adds stays when another source does not know it', () => {
  const known = paper({
    ...record('2510.00001'),
    source: 'daily-papers',
    links: [{ kind: 'code', url: 'https://github.com/a/b', from: 'source' }],
    extras: { aiKeywords: ['x'] },
  });
  const merged = mergeRecord(known, record('2510.00001', { title: 'New' }));
  expect(merged.links).toHaveLength(1);
  expect(merged.extras.aiKeywords).toEqual(['x']);
  expect(merged.title).toBe('New');
});

test('a day without time does not replace the time', () => {
  const known = paper({ ...record('2510.00001'), source: 'daily-papers' });
  const merged = mergeRecord(
    known,
    record('2510.00001', { submittedAt: '2025-10-28T00:00:00.000Z' as Instant }),
  );
  expect(merged.submittedAt).toBe('2025-10-28T10:00:00.000Z');
});

test('one title and first author is one work, in two registries', () => {
  const a = paper(record('2510.00001', { title: 'One' }));
  const b = paper(record('doi:10.1/x', { title: 'ONE', abstract: 'Something else entirely.' }));
  expect(isSameWork(a, b)).toBe(true);
  const other = paper(record('doi:10.1/x', { title: 'One', authors: authors('Grace Hopper') }));
  expect(isSameWork(a, other)).toBe(false);
});

test('two arXiv ids of one title are two works unless the abstracts are alike', () => {
  const a = paper(record('2510.00001', { title: 'Part', abstract: 'first lecture on groups' }));
  const b = paper(record('2510.00002', { title: 'Part', abstract: 'second talk about rings' }));
  expect(isSameWork(a, b)).toBe(false);
  expect(isSameWork(a, { ...b, abstract: 'first lecture on the groups' })).toBe(true);
});

test('without names the number of authors decides', () => {
  const nameless = paper({ id: 'page:x', source: 'page', title: 'One', authorCount: 2 });
  expect(isSameWork(paper(record('2510.00001', { title: 'One' })), nameless)).toBe(true);
  expect(
    isSameWork(paper(record('2510.00001', { title: 'One', authors: authors('A B') })), nameless),
  ).toBe(false);
});
