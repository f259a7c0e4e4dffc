import { afterEach, expect, test } from 'vitest';
import type { Day } from '../base/calendar.ts';
import * as en from './en/en.ts';
import { formatList, formatNumber, longDay, shortDate, weekdayAndDay } from './formats.ts';
import { chooseLanguage, LANGUAGE_TAGS, words } from './words.ts';

const DAY = '2025-10-29' as Day;

afterEach(() => chooseLanguage('en'));

/** What is where in a catalogue, without what it says. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ['…'];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
}

test.each(LANGUAGE_TAGS)(
  'the catalogue %s has every text of the English one and no other',
  (tag) => {
    chooseLanguage(tag);
    expect(shapeOf({ ...words })).toEqual(shapeOf({ ...en }));
  },
);

test('a language that is not there is refused, and the one before stays', () => {
  expect(() => chooseLanguage('tlh')).toThrow('There is no language tlh');
  expect(words.tag).toBe('en');
});

test('dates, numbers and lists are written as the chosen language does', () => {
  const written = () => [
    longDay(DAY),
    shortDate(DAY, '2025-12-01' as Day),
    weekdayAndDay(DAY),
    formatNumber(1_234.5),
    formatList(['A', 'B', 'C']),
  ];
  expect(written()).toEqual([
    'Wednesday, October 29, 2025',
    'Oct 29',
    'Wed 29',
    '1,234.5',
    'A, B, and C',
  ]);
  Object.assign(words, { tag: 'de' });
  expect(written()).toEqual([
    'Mittwoch, 29. Oktober 2025',
    '29. Okt.',
    'Mi 29',
    '1.234,5',
    'A, B und C',
  ]);
});
