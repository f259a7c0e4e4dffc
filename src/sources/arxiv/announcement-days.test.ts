import { describe, expect, test } from 'vitest';
import type { Day, Instant } from '../../base/calendar.ts';
import {
  announcementDayAfter,
  announcementDayUpTo,
  arxivToday,
  isAnnouncementDay,
} from './announcement-days.ts';

const day = (text: string) => text as Day;

describe('announcement days', () => {
  test.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-27', false, 'the day after Thanksgiving'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2025-06-20', false, 'the day after Juneteenth'],
    ['2025-07-04', true, 'a holiday itself: its announcement was the evening before'],
    ['2025-07-07', false, 'the Monday after a Friday holiday'],
    ['2025-09-02', false, 'the day after Labor Day'],
    ['2025-12-26', false, 'the day after Christmas'],
    ['2026-01-20', false, 'the day after Martin Luther King Day'],
    ['2026-07-06', false, 'the Monday after 4 July was kept on Friday'],
    ['2027-07-06', false, 'the Tuesday after 4 July was kept on Monday'],
  ])('%s: %s, %s', (text, expected) => {
    expect(isAnnouncementDay(day(text))).toBe(expected);
  });

  test('days that an administrator knows of have none', () => {
    expect(isAnnouncementDay(day('2026-11-24'), [day('2026-11-24')])).toBe(false);
    expect(announcementDayAfter(day('2026-11-23'), [day('2026-11-24')])).toBe('2026-11-25');
  });

  test('the next and the last one leave out weekends and holidays', () => {
    expect(announcementDayAfter(day('2026-11-20'))).toBe('2026-11-23');
    expect(announcementDayAfter(day('2026-11-26'))).toBe('2026-11-30');
    expect(announcementDayUpTo(day('2026-11-29'))).toBe('2026-11-26');
    expect(announcementDayUpTo(day('2026-11-24'))).toBe('2026-11-24');
  });

  test('a day begins at midnight in New York, in winter and in summer', () => {
    expect(arxivToday('2026-11-24T04:59:59.000Z' as Instant)).toBe('2026-11-23');
    expect(arxivToday('2026-11-24T05:00:00.000Z' as Instant)).toBe('2026-11-24');
    expect(arxivToday('2026-07-24T04:00:00.000Z' as Instant)).toBe('2026-07-24');
  });
});
