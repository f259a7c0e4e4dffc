import { expect, test } from 'vitest';
import { readDemo } from '../../tests/fixtures.ts';
import type { Day } from '../base/calendar.ts';
import { parseSavedPage } from './page-text.ts';

const DAY = '2025-10-29' as Day;

test('the saved page of 29 October 2025 gives its 72 papers in its order', () => {
  const { edition, records } = parseSavedPage(readDemo('daily-papers-page.txt.gz'), DAY);
  expect(records).toHaveLength(72);
  expect(edition).toMatchObject({
    slug: '2025-10-29-page',
    title: 'Daily Papers',
    byline: 'by AK and the research community',
  });
  expect(edition.items.map((item) => item.position)).toEqual(records.map((_, index) => index + 1));
  expect(records[0]).toMatchObject({
    title: 'Improved Training Technique for Latent Consistency Models',
    authorCount: 5,
    submittedAt: '2025-02-03T00:00:00.000Z',
  });
  expect(edition.items[0]?.comments).toBe(2);
  expect(records[0]?.abstract).toMatch(/^Consistency models are a new family.*sLCT\/$/s);
});

test('the card without an author line is a paper of its own', () => {
  const { records } = parseSavedPage(readDemo('daily-papers-page.txt.gz'), DAY);
  const nameless = records.filter((record) => record.authorCount === undefined);
  expect(nameless.map((record) => record.title)).toEqual([
    'Robust Layerwise Scaling Rules by Proper Weight Decay Tuning',
  ]);
  expect(nameless[0]?.abstract).toMatch(/^Empirical scaling laws/);
});

const card = (date: string) =>
  `Daily Papers\n\nA title\n\nAn abstract.\n\n  • 1 author\n·\n${date}\n`;

test.each([
  ['Feb 3', '2025-02-03', 0],
  ['Feb 3 2', '2025-02-03', 2],
  ['May 19, 2024', '2024-05-19', 0],
  ['May 19, 2024 17', '2024-05-19', 17],
  ['Dec 30', '2024-12-30', 0],
])('the line "%s" is %s with %i comments', (line, date, comments) => {
  const { edition, records } = parseSavedPage(card(line), DAY);
  expect(records[0]?.submittedAt).toBe(`${date}T00:00:00.000Z`);
  expect(edition.items[0]?.comments).toBe(comments);
});

test('windows line ends and a byte order mark change nothing', () => {
  const { records } = parseSavedPage(`\ufeff${card('Feb 3').replaceAll('\n', '\r\n')}`, DAY);
  expect(records.map((record) => record.title)).toEqual(['A title']);
});

test('a text without cards says what a page looks like', () => {
  expect(() => parseSavedPage('hello', DAY)).toThrow(/There are no papers in this text/);
});
