// Days and instants travel as branded strings, so that neither can be taken for the other.
import { AppError } from './errors.ts';

/** A calendar day of the instance's time zone, `2026-08-22`. */
export type Day = string & { readonly __brand: 'Day' };
/** A moment in UTC with milliseconds, `2026-08-22T09:30:00.000Z`; such strings sort by time. */
export type Instant = string & { readonly __brand: 'Instant' };

const DAY_MS = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const WEEK_PATTERN = /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/;
const MONTH_PATTERN = /^(\d{4})-(0[1-9]|1[0-2])$/;

export function isDay(text: string): text is Day {
  const match = DAY_PATTERN.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function parseDay(text: string): Day {
  if (isDay(text)) return text;
  throw new AppError(
    'invalid',
    `"${text}" is not a calendar day: write it as YYYY-MM-DD, for example 2025-10-29.`,
  );
}

/** Any ISO 8601 text or Date as an instant; undefined where it names no moment. */
export function toInstant(value: string | Date | number): Instant | undefined {
  const date = value instanceof Date ? value : new Date(value);
  const time = date.getTime();
  if (Number.isNaN(time)) return undefined;
  const year = date.getUTCFullYear();
  if (year < 1000 || year > 9999) return undefined;
  return date.toISOString() as Instant;
}

export function now(): Instant {
  return new Date().toISOString() as Instant;
}

/** Midnight UTC at the start of a day. */
export function startOfDay(day: Day): Instant {
  return `${day}T00:00:00.000Z` as Instant;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function partsIn(zone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${zone}|${withTime}`;
  let format = dayFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      ...(withTime
        ? { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' as const }
        : {}),
    });
    dayFormats.set(key, format);
  }
  return format;
}

/** The day on the wall of `zone` (an IANA name) at an instant. */
export function dayOf(instant: Instant, zone = 'UTC'): Day {
  if (zone === 'UTC') return instant.slice(0, 10) as Day;
  return partsIn(zone, false).format(new Date(instant)) as Day;
}

export function today(zone = 'UTC'): Day {
  return dayOf(now(), zone);
}

/**
 * The wall-clock time of `zone` written as if it were UTC. Hugging Face's lists carry
 * `publishedAt` in this form for America/New_York, and are ordered by it.
 */
export function wallTimeAsInstant(instant: Instant, zone: string): Instant {
  const parts = new Map(
    partsIn(zone, true)
      .formatToParts(new Date(instant))
      .map((part) => [part.type, part.value]),
  );
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  const time = `${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`;
  return `${date}T${time}.${instant.slice(20, 23)}Z` as Instant;
}

/** When a day ends on the wall of `zone`. */
export function endOfDay(day: Day, zone: string): Instant {
  const midnight = Date.parse(startOfDay(addDays(day, 1)));
  const offset = (at: number) =>
    Date.parse(wallTimeAsInstant(new Date(at).toISOString() as Instant, zone)) - at;
  // The offset near midnight, which a change of clocks may have moved since midnight UTC.
  const end = midnight - offset(midnight - offset(midnight));
  return new Date(end).toISOString() as Instant;
}

export function addDays(day: Day, count: number): Day {
  const time = Date.parse(`${day}T00:00:00.000Z`) + count * DAY_MS;
  return new Date(time).toISOString().slice(0, 10) as Day;
}

/** A half-open run of days: from `first` up to and not including `end`. */
export type Period = { kind: 'day' | 'week' | 'month'; key: string; first: Day; end: Day };

export function dayPeriod(day: Day): Period {
  return { kind: 'day', key: day, first: day, end: addDays(day, 1) };
}

/** The ISO 8601 week `YYYY-Www`, Monday to Sunday. Throws `invalid` for a week its year does not have. */
export function parseWeek(text: string): Period {
  const match = WEEK_PATTERN.exec(text);
  if (match) {
    const year = Number(match[1]);
    const week = Number(match[2]);
    const first = addDays(firstMonday(year), (week - 1) * 7);
    if (weekOf(first) === text) return { kind: 'week', key: text, first, end: addDays(first, 7) };
  }
  throw new AppError(
    'invalid',
    `"${text}" is not an ISO week: write it as YYYY-Www, for example 2025-W44.`,
  );
}

export function parseMonth(text: string): Period {
  const match = MONTH_PATTERN.exec(text);
  if (!match) {
    throw new AppError(
      'invalid',
      `"${text}" is not a month: write it as YYYY-MM, for example 2025-10.`,
    );
  }
  const first = `${text}-01` as Day;
  const after = addDays(first, 31);
  return { kind: 'month', key: text, first, end: `${after.slice(0, 7)}-01` as Day };
}

/** The ISO week a day lies in, `2025-W44`. */
export function weekOf(day: Day): string {
  const thursday = addDays(day, 3 - ((weekdayOf(day) + 6) % 7));
  const year = Number(thursday.slice(0, 4));
  const days = (Date.parse(thursday) - Date.parse(firstMonday(year))) / DAY_MS;
  return `${String(year).padStart(4, '0')}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** The first day of the month `count` months after, or before, the month that begins with `first`. */
export function addMonths(first: Day, count: number): Day {
  const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + count;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}-01` as Day;
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay();
}

/** The Monday of a year's week 1: the week that holds 4 January (ISO 8601). */
function firstMonday(year: number): Day {
  const fourth = `${String(year).padStart(4, '0')}-01-04` as Day;
  return addDays(fourth, -((weekdayOf(fourth) + 6) % 7));
}
