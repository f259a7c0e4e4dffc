// Dates as pages and registries give them: to the day, the month or the year.
import { type Instant, toInstant } from '../../base/calendar.ts';

export type PublicationDate = { at: Instant; precision: 'day' | 'month' | 'year' };

const NUMBERS = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T\s].*)?$/;
const WITH_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const WITH_MONTH_NAME = /^(?=.*[a-z]{3})(?=.*\b\d{1,2}\b)(?=.*\b\d{4}\b)[\w\s,.]{8,30}$/i;

/** `2025`, `2025/07`, `2025-07-03`, `3 July 2025`; a time is kept where there is one. */
export function findPublicationDate(text: string): PublicationDate | undefined {
  const trimmed = text.trim();
  if (WITH_TIME.test(trimmed)) {
    const at = toInstant(trimmed);
    if (at) return { at, precision: 'day' };
  }
  const match = NUMBERS.exec(trimmed);
  if (match) {
    return dateOfParts(match.slice(1, 4).flatMap((part) => (part ? [Number(part)] : [])));
  }
  if (!WITH_MONTH_NAME.test(trimmed)) return undefined;
  const at = toInstant(`${trimmed} UTC`);
  return at && { at, precision: 'day' };
}

/** Year, month and day, from the left as far as they are known. */
export function dateOfParts(parts: readonly number[]): PublicationDate | undefined {
  const [year, month = 0, day = 0] = parts;
  if (year === undefined || year < 1_000) return undefined;
  const isMonth = month >= 1 && month <= 12;
  const isDay = isMonth && day >= 1 && day <= 31;
  const at = toInstant(new Date(Date.UTC(year, isMonth ? month - 1 : 0, isDay ? day : 1)));
  return at && { at, precision: isDay ? 'day' : isMonth ? 'month' : 'year' };
}

/** The earliest of the most precise, of those that are not still to come. */
export function firstDate(
  dates: readonly (PublicationDate | undefined)[],
  now: Instant,
): Instant | undefined {
  const known = dates.filter((date) => date !== undefined && date.at <= now) as PublicationDate[];
  for (const precision of ['day', 'month', 'year'] as const) {
    const [first] = known
      .filter((date) => date.precision === precision)
      .map(({ at }) => at)
      .sort();
    if (first) return first;
  }
  return undefined;
}
