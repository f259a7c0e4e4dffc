// On which days arXiv announces. The announcement of an evening (20:00 in New York, Sunday to
// Thursday) is dated by its feed as the day that follows, so announcement days are Monday to Friday.
// https://info.arxiv.org/help/availability.html
import {
  addDays,
  type Day,
  type Instant,
  wallTimeAsInstant,
  weekdayOf,
} from '../../base/calendar.ts';

export const ARXIV_TIME_ZONE = 'America/New_York';

/** A paper announced so soon after its submission is announced for the first time. */
export const NEW_WITHIN_DAYS = 14;

const MONDAY = 1;
const FRIDAY = 5;
const SATURDAY = 6;
const THURSDAY = 4;

/**
 * Whether a feed is to be expected. No announcement is made in the evening of a holiday, so it is
 * the next announcement day that has none. `further` are days that an administrator knows of.
 */
export function isAnnouncementDay(day: Day, further: readonly Day[] = []): boolean {
  const weekday = weekdayOf(day);
  if (weekday < MONDAY || weekday > FRIDAY || further.includes(day)) return false;
  // A Monday's feed gathers what came until Friday; with Friday off there is nothing to announce.
  const evening = addDays(day, weekday === MONDAY ? -3 : -1);
  return !isHoliday(evening);
}

export function announcementDayAfter(day: Day, further: readonly Day[] = []): Day {
  let next = addDays(day, 1);
  while (!isAnnouncementDay(next, further)) next = addDays(next, 1);
  return next;
}

/** The last announcement day up to and including `day`. */
export function announcementDayUpTo(day: Day, further: readonly Day[] = []): Day {
  let last = day;
  while (!isAnnouncementDay(last, further)) last = addDays(last, -1);
  return last;
}

/** The day in New York, whose midnight begins an announcement day. */
export function arxivToday(at: Instant): Day {
  return wallTimeAsInstant(at, ARXIV_TIME_ZONE).slice(0, 10) as Day;
}

/**
 * The holidays that the announcements of 2023 and 2025 skipped. One that arXiv does not keep does no
 * harm: what its feed announces all the same is taken in.
 */
function isHoliday(day: Day): boolean {
  const [, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = weekdayOf(day);
  const isNthWeekday = (inMonth: number, wanted: number, nth: number) =>
    month === inMonth && weekday === wanted && Math.ceil(date / 7) === nth;
  const isObserved = (inMonth: number, inDate: number) => {
    const wanted = [date];
    if (weekday === FRIDAY) wanted.push(date + 1);
    if (weekday === MONDAY) wanted.push(date - 1);
    return month === inMonth && wanted.includes(inDate) && weekday !== 0 && weekday !== SATURDAY;
  };
  return (
    isNthWeekday(1, MONDAY, 3) ||
    isObserved(6, 19) ||
    isObserved(7, 4) ||
    isNthWeekday(9, MONDAY, 1) ||
    isNthWeekday(11, THURSDAY, 4) ||
    isObserved(12, 25)
  );
}
