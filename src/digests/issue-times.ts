// When issues are due.
import { Cron } from 'croner';
import type { Instant } from '../base/calendar.ts';
import type { Subscription } from './subscription.ts';

/**
 * The next hour of the subscription's own time zone at which an issue is due: on Monday to Friday, on Monday, or
 * on the first of a month. An hour that a change of clocks leaves out is made up for, as croner does.
 */
export function nextIssueAt(
  { cadence, hour, timeZone }: Pick<Subscription, 'cadence' | 'hour' | 'timeZone'>,
  after: Date,
): Instant {
  const days = { weekdays: '* * 1-5', weekly: '* * 1', monthly: '1 * *' }[cadence];
  const cron = new Cron(`0 ${hour} ${days}`, { timezone: timeZone, paused: true });
  return (cron.nextRun(after) as Date).toISOString() as Instant;
}
