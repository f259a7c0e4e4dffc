// Dates and numbers as the language of the instance writes them.
import type { Day, Instant } from '../base/calendar.ts';
import { words } from './words.ts';

/** `Feb 3`, and `Feb 3, 2024` when that is not the year of `today`. */
export function shortDate(time: Instant | Day, today: Day): string {
  const isThisYear = time.slice(0, 4) === today.slice(0, 4);
  return formatDate(time.slice(0, 10) as Day, {
    month: 'short',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** `Wednesday, October 29, 2025` */
export function longDay(day: Day): string {
  return formatDate(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Wed 29` */
export function weekdayAndDay(day: Day): string {
  const weekday = formatDate(day, { weekday: 'short' });
  return `${weekday} ${formatNumber(Number(day.slice(8)))}`;
}

/** `October 2025` */
export function longMonth(first: Day): string {
  return formatDate(first, { month: 'long', year: 'numeric' });
}

/** `29 October 2025` */
export function dayMonthYear(day: Day): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return kept('day first', (tag) => new Intl.DateTimeFormat(dayFirst(tag), options)).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** `Wednesday 29 October 2025` and `08:00`, by the clock of a time zone. */
export function dayAndTime(at: Date, timeZone: string): { day: string; time: string } {
  const format = (options: Intl.DateTimeFormatOptions) =>
    kept(
      `day first ${JSON.stringify(options)}`,
      (tag) => new Intl.DateTimeFormat(dayFirst(tag), options),
    ).format(at);
  return {
    day: format({ dateStyle: 'full', timeZone }),
    time: format({ timeStyle: 'short', timeZone }),
  };
}

/** What is read outside of the pages has the order and the clock of most readers of English. */
function dayFirst(tag: string): string {
  return tag === 'en' ? 'en-GB' : tag;
}

/** `Feb 3, 2024` */
export function mediumDate(day: Day): string {
  return formatDate(day, { month: 'short', day: 'numeric', year: 'numeric' });
}

/** `October` */
export function monthName(first: Day): string {
  return formatDate(first, { month: 'long' });
}

/** `Oct` */
export function shortMonthName(first: Day): string {
  return formatDate(first, { month: 'short' });
}

/** `Oct 2025` */
export function shortMonth(first: Day): string {
  return formatDate(first, { month: 'short', year: 'numeric' });
}

/** `W`, where there is room for a letter. */
export function weekdayLetter(day: Day): string {
  return formatDate(day, { weekday: 'narrow' });
}

/** `1,234` */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return kept(
    `number ${JSON.stringify(options)}`,
    (tag) => new Intl.NumberFormat(tag, options),
  ).format(value);
}

/** `A, B and C` */
export function formatList(items: string[]): string {
  return kept('list', (tag) => new Intl.ListFormat(tag, { type: 'conjunction' })).format(items);
}

/** Days are dates of the calendar, the same wherever they are read. */
function formatDate(day: Day, options: Intl.DateTimeFormatOptions): string {
  const format = kept(
    `date ${JSON.stringify(options)}`,
    (tag) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }),
  );
  return format.format(new Date(`${day}T00:00:00Z`));
}

const formats = new Map<string, unknown>();

/** Making a format takes a hundred times as long as using it. */
function kept<Format>(key: string, make: (tag: string) => Format): Format {
  const whole = `${words.tag} ${key}`;
  let format = formats.get(whole) as Format | undefined;
  if (!format) {
    format = make(words.tag);
    formats.set(whole, format);
  }
  return format;
}
