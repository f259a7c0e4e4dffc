import type { Day, Instant } from '../base/calendar.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_DAY = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const LONG_MONTH = new Intl.DateTimeFormat('en', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Feb 3`, and `Feb 3, 2024` when that is not the year of `today`. */
export function shortDate(time: Instant | Day, today: Day): string {
  const [year, month, day] = time.slice(0, 10).split('-');
  const date = `${MONTHS[Number(month) - 1]} ${Number(day)}`;
  return year === today.slice(0, 4) ? date : `${date}, ${year}`;
}

/** `Wednesday, October 29, 2025` */
export function longDay(day: Day): string {
  return LONG_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** `October 2025` */
export function longMonth(first: Day): string {
  return LONG_MONTH.format(new Date(`${first}T00:00:00Z`));
}

/** `1 author`, `5 authors` */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
