// Which days an issue is about.
import {
  addDays,
  type Day,
  dayOf,
  monthOf,
  type Period,
  parseMonth,
  parseWeek,
  toInstant,
  weekOf,
} from '../base/calendar.ts';
import type { Days } from '../feed/topic-skeleton.ts';
import type { Subscription } from './subscription.ts';

/** An issue's key, once a recipient, and its days, the end excluded. */
export type IssueDays = Days & { issue: string };

/** Of older days that were missed nobody is told any more. */
const MAX_DAYS = 7;

/** The last day that is over in the instance's time zone. */
export function lastClosedDay(at: Date, instanceZone: string): Day {
  return addDays(dayIn(at, instanceZone), -1);
}

/**
 * The days of the issue that is due at a moment. On weekdays those that are over and that no issue has covered, so
 * that Monday's has Friday to Sunday; the very first shows the newest list up to then, however old, so that
 * a new reader sees something. Weekly and monthly the week (ISO 8601) and the month before, by the subscriber's calendar.
 * Undefined when everything is covered.
 */
export function daysOf(
  { cadence, timeZone, coveredUntil }: Pick<Subscription, 'cadence' | 'timeZone' | 'coveredUntil'>,
  at: Date,
  {
    instanceZone,
    newestListedDay,
  }: {
    instanceZone: string;
    /** The newest day up to `lastClosedDay` that has a list. */
    newestListedDay: Day | undefined;
  },
): IssueDays | undefined {
  if (cadence === 'weekly') return issueOf('weekly', weekBefore(dayIn(at, timeZone)));
  if (cadence === 'monthly') return issueOf('monthly', monthBefore(dayIn(at, timeZone)));
  const last = lastClosedDay(at, instanceZone);
  if (coveredUntil === undefined) {
    const day = newestListedDay ?? last;
    return weekdaysIssue(day, day);
  }
  const earliest = addDays(last, 1 - MAX_DAYS);
  const first = addDays(coveredUntil, 1);
  if (first > last) return undefined;
  return weekdaysIssue(([first, earliest] as const).toSorted()[1] as Day, last);
}

function dayIn(at: Date, zone: string): Day {
  const instant = toInstant(at);
  if (instant === undefined) throw new Error('no moment to make an issue for');
  return dayOf(instant, zone);
}

function weekdaysIssue(first: Day, last: Day): IssueDays {
  return { issue: `weekdays ${last}`, first, end: addDays(last, 1) };
}

function issueOf(cadence: 'weekly' | 'monthly', { key, first, end }: Period): IssueDays {
  return { issue: `${cadence} ${key}`, first, end };
}

function weekBefore(day: Day): Period {
  return parseWeek(weekOf(addDays(day, -7)));
}

function monthBefore(day: Day): Period {
  return parseMonth(monthOf(addDays(parseMonth(monthOf(day)).first, -1)));
}
