import { expect, it } from 'vitest';
import type { Day } from '../base/calendar.ts';
import { daysOf, lastClosedDay } from './issue-days.ts';
import type { Cadence } from './subscription.ts';

function days(
  cadence: Cadence,
  at: string,
  {
    covered,
    timeZone = 'UTC',
    instanceZone = 'UTC',
    newest,
  }: { covered?: string; timeZone?: string; instanceZone?: string; newest?: string } = {},
) {
  const subscription = { cadence, timeZone, coveredUntil: covered as Day | undefined };
  return daysOf(subscription, new Date(at), {
    instanceZone,
    newestListedDay: newest as Day | undefined,
  });
}

it('covers yesterday on a weekday', () => {
  expect(days('weekdays', '2025-10-30T08:00:00Z', { covered: '2025-10-28' })).toEqual({
    issue: 'weekdays 2025-10-29',
    first: '2025-10-29',
    end: '2025-10-30',
  });
});

it('covers Friday to Sunday on a Monday', () => {
  expect(days('weekdays', '2025-10-27T08:00:00Z', { covered: '2025-10-23' })).toEqual({
    issue: 'weekdays 2025-10-26',
    first: '2025-10-24',
    end: '2025-10-27',
  });
});

it('goes back seven days and no further', () => {
  expect(days('weekdays', '2025-10-30T08:00:00Z', { covered: '2025-06-01' })).toEqual({
    issue: 'weekdays 2025-10-29',
    first: '2025-10-23',
    end: '2025-10-30',
  });
});

it('has nothing to cover twice', () => {
  expect(days('weekdays', '2025-10-30T18:00:00Z', { covered: '2025-10-29' })).toBeUndefined();
  expect(days('weekdays', '2025-10-30T18:00:00Z', { covered: '2025-10-30' })).toBeUndefined();
});

it('shows a new reader the newest list, however old', () => {
  expect(days('weekdays', '2026-11-25T08:00:00Z', { newest: '2025-10-31' })).toEqual({
    issue: 'weekdays 2025-10-31',
    first: '2025-10-31',
    end: '2025-11-01',
  });
  expect(days('weekdays', '2026-11-25T08:00:00Z')?.issue).toBe('weekdays 2026-11-24');
});

it('takes a day for over when it is over where the instance is', () => {
  const evening = '2025-10-30T02:00:00Z';
  const options = { covered: '2025-10-27', instanceZone: 'America/New_York' };
  expect(days('weekdays', evening, options)?.issue).toBe('weekdays 2025-10-28');
  expect(lastClosedDay(new Date(evening), 'America/New_York')).toBe('2025-10-28');
  expect(lastClosedDay(new Date(evening), 'Asia/Tokyo')).toBe('2025-10-29');
});

it('covers the week before, also of a reader for whom Monday begins earlier', () => {
  const week = { issue: 'weekly 2025-W44', first: '2025-10-27', end: '2025-11-03' };
  expect(days('weekly', '2025-11-03T08:00:00Z')).toEqual(week);
  expect(days('weekly', '2025-11-04T23:00:00Z')).toEqual(week);
  expect(days('weekly', '2025-11-02T19:00:00Z', { timeZone: 'Pacific/Auckland' })).toEqual(week);
  expect(days('weekly', '2026-01-05T08:00:00Z')?.issue).toBe('weekly 2026-W01');
});

it('covers the month before', () => {
  const month = { issue: 'monthly 2025-10', first: '2025-10-01', end: '2025-11-01' };
  expect(days('monthly', '2025-11-01T08:00:00Z')).toEqual(month);
  expect(days('monthly', '2025-10-31T19:00:00Z', { timeZone: 'Pacific/Auckland' })).toEqual(month);
  expect(days('monthly', '2026-01-01T08:00:00Z')?.issue).toBe('monthly 2025-12');
});
