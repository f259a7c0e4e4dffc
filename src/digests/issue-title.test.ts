import { expect, it } from 'vitest';
import type { Day } from '../base/calendar.ts';
import { directionOf, titleOf } from './issue-title.ts';
import type { Cadence } from './subscription.ts';

function title(cadence: Cadence, first: string, end: string, language: string): string {
  return titleOf(cadence, { first: first as Day, end: end as Day }, language).text;
}

it.each([
  ['en', 'Daily papers of 29 October 2025'],
  ['en-US', 'Daily papers of October 29, 2025'],
  ['de', 'Daily papers of 29. Oktober 2025'],
  ['fr', 'Daily papers of 29 octobre 2025'],
  ['ar-EG', 'Daily papers of ٢٩ أكتوبر ٢٠٢٥'],
  ['no language', 'Daily papers of 29 October 2025'],
])('writes the day in the language %s', (language, expected) => {
  expect(title('weekdays', '2025-10-29', '2025-10-30', language)).toBe(expected);
});

it('counts days by one calendar in all languages', () => {
  expect(title('weekdays', '2025-10-29', '2025-10-30', 'th')).toContain('2025');
  expect(title('weekdays', '2025-10-29', '2025-10-30', 'fa')).toContain('۲۰۲۵');
});

it('joins several days', () => {
  expect(title('weekdays', '2025-10-24', '2025-10-27', 'en')).toBe(
    'Daily papers of 24–26 October 2025',
  );
  expect(title('weekdays', '2025-10-31', '2025-11-03', 'en')).toBe(
    'Daily papers of 31 October – 2 November 2025',
  );
  expect(title('weekdays', '2025-10-24', '2025-10-27', 'de')).toBe(
    'Daily papers of 24.–26. Oktober 2025',
  );
});

it('names weeks by their Monday, and months', () => {
  expect(title('weekly', '2025-10-27', '2025-11-03', 'en')).toBe(
    'Papers of the week of 27 October 2025',
  );
  expect(title('monthly', '2025-10-01', '2025-11-01', 'en')).toBe('Papers of October 2025');
  expect(title('monthly', '2025-10-01', '2025-11-01', 'fr')).toBe('Papers of octobre 2025');
});

it('knows which languages run from right to left', () => {
  expect(['ar', 'he', 'fa', 'de', 'ja', 'nonsense!'].map(directionOf)).toEqual([
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'ltr',
  ]);
});
