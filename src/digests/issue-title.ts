// What an issue is called: words of the instance's language around a date in the reader's own.
import { addDays, type Day } from '../base/calendar.ts';
import type { Days } from '../feed/topic-skeleton.ts';
import { words } from '../language/words.ts';
import type { Cadence } from './subscription.ts';

/** `Daily papers of 29 October 2025`, and the part of it that is a date. */
export type Title = { text: string; date: string | undefined };

/** Day, month, year: the order of most readers. */
const ENGLISH = 'en-GB';
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

export function titleOf(cadence: Cadence, { first, end }: Days, language: string): Title {
  const date = dateOf(cadence, { first, end }, language);
  return { text: words.mails.titles[cadence](date), date };
}

function dateOf(cadence: Cadence, { first, end }: Days, language: string): string {
  switch (cadence) {
    case 'weekly':
      return formatDays(first, first, language);
    case 'monthly':
      return formatMonth(first, language);
    case 'weekdays':
      return formatDays(first, addDays(end, -1), language);
  }
}

/** In which direction its script runs. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { script } = new Intl.Locale(localeOf(language)).maximize();
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatDays(first: Day, last: Day, language: string): string {
  const format = formatOf(language, { day: 'numeric', month: 'long', year: 'numeric' });
  return format
    .formatRange(atNoon(first), atNoon(last))
    .replace(/\s/g, ' ')
    .replace(/(\p{Nd}) – (\p{Nd})/u, '$1–$2');
}

function formatMonth(first: Day, language: string): string {
  return formatOf(language, { month: 'long', year: 'numeric' }).format(atNoon(first));
}

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${options.day ?? ''}`;
  let format = formats.get(key);
  if (!format) {
    // Days of papers are counted by one calendar, whatever the language is used to.
    const fixed = { ...options, timeZone: 'UTC', calendar: 'gregory' };
    format = new Intl.DateTimeFormat(localeOf(language), fixed);
    formats.set(key, format);
  }
  return format;
}

/** What Intl understands; English for what it does not. */
function localeOf(language: string): string {
  if (language === 'en') return ENGLISH;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? ENGLISH;
  } catch {
    return ENGLISH;
  }
}

function atNoon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}
