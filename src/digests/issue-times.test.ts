import { expect, test } from 'vitest';
import { nextIssueAt } from './issue-times.ts';

const at = (text: string) => new Date(text);

test('an issue is due at its hour in its own time zone, also where clocks change', () => {
  const berlin = { cadence: 'weekdays', hour: 7, timeZone: 'Europe/Berlin' } as const;
  expect(nextIssueAt(berlin, at('2025-10-24T04:00:00Z'))).toBe('2025-10-24T05:00:00.000Z');
  expect(nextIssueAt(berlin, at('2025-10-24T05:00:00Z'))).toBe('2025-10-27T06:00:00.000Z');
  const chatham = { cadence: 'weekdays', hour: 0, timeZone: 'Pacific/Chatham' } as const;
  expect(nextIssueAt(chatham, at('2025-10-29T00:00:00Z'))).toBe('2025-10-29T10:15:00.000Z');
});

test('a weekly issue comes on Monday, a monthly one on the first', () => {
  const utc = { hour: 6, timeZone: 'UTC' };
  const after = at('2025-10-29T12:00:00Z');
  expect(nextIssueAt({ ...utc, cadence: 'weekly' }, after)).toBe('2025-11-03T06:00:00.000Z');
  expect(nextIssueAt({ ...utc, cadence: 'monthly' }, after)).toBe('2025-11-01T06:00:00.000Z');
});
