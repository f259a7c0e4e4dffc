import { addDays, type Day } from '../base/calendar.ts';

export type DayCount = { day: Day; count: number };
/** A total at the end of a day; the first one, 0, is that of the day before anything was counted. */
export type Growth = { day: Day; total: number }[];

/**
 * The running total of `counts`, oldest first, on each day from `first` to `last`, so that a line through it is
 * flat where nothing happened. It begins with the day before `first`.
 */
export function growthOf(counts: DayCount[], first: Day, last: Day): Growth {
  const byDay = new Map(counts.map(({ day, count }) => [day, count]));
  const growth: Growth = [{ day: addDays(first, -1), total: 0 }];
  let total = 0;
  for (let day = first; day <= last; day = addDays(day, 1)) {
    total += byDay.get(day) ?? 0;
    growth.push({ day, total });
  }
  return growth;
}
