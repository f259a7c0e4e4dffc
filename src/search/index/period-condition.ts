import type { Day } from '../../base/calendar.ts';
import { dayNumber, yearOf } from './index-row.ts';

/**
 * SQL for papers published from `after` on and up to the day before `before`. Whole years are asked for by
 * their number: an index holds the papers of each together, where that of days goes through every day.
 */
export function periodCondition(after: Day | undefined, before: Day | undefined): string {
  const start = after && dayNumber(after);
  const end = before && dayNumber(before);
  if (start !== undefined && end !== undefined && start >= end) return NEVER;
  const firstYear = start === undefined ? undefined : yearOf(start - 1) + 1;
  const endYear = end === undefined ? undefined : yearOf(end);
  if (start !== undefined && end !== undefined && Number(firstYear) >= Number(endYear)) {
    return days(start, end) ?? NEVER;
  }
  const parts = [
    wholeYears(firstYear, endYear),
    firstYear === undefined ? undefined : days(start as number, firstDay(firstYear)),
    endYear === undefined ? undefined : days(firstDay(endYear), end as number),
  ].filter((part) => part !== undefined);
  return parts.length > 1 ? `(${parts.join(' OR ')})` : (parts[0] as string);
}

const NEVER = 'year < 0';

/** From a year on, up to the one before another. */
function wholeYears(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return `year < ${to}`;
  return to === undefined ? `year >= ${from}` : `year >= ${from} AND year < ${to}`;
}

function days(from: number, to: number): string | undefined {
  return from < to ? `day BETWEEN ${from} AND ${to - 1}` : undefined;
}

function firstDay(year: number): number {
  return dayNumber(`${String(year).padStart(4, '0')}-01-01`);
}
