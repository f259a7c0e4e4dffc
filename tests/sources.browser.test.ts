// What the page about the sources says after a week with troubles.
import { expect, onTestFinished, test } from 'vitest';
import { addDays, type Day, now } from '../src/base/calendar.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import {
  announcementDayAfter,
  announcementDayUpTo,
  arxivToday,
} from '../src/sources/arxiv/announcement-days.ts';
import { CATEGORIES, openReader } from './arxiv-reader.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { replayWeek, startReplayArxiv } from './replay-arxiv.ts';
import { testDatabaseUrl } from './test-database.ts';

const PER_DAY = 40;

function lastDays(count: number): Day[] {
  const days = [announcementDayUpTo(addDays(arxivToday(now()), -1))];
  while (days.length < count) days.unshift(announcementDayUpTo(addDays(days[0] as Day, -1)));
  return days;
}

test.each(WIDTHS)('the page says what happened in a week, at %i pixels', async (width) => {
  const days = lastDays(5);
  const [first, second, third, , last] = days as [Day, Day, Day, Day, Day];
  const papers = replayWeek(days, PER_DAY);
  const missing = papers[3 * PER_DAY + 4];
  const late = papers[1];
  Object.assign(missing as object, { feed: 'broken', oai: 'absent', isUnknownToApi: true });
  Object.assign(late as object, { feedFrom: 1 });
  const replay = await startReplayArxiv(papers);
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  const reader = await openReader(replay, database);
  for (const day of days) {
    replay.day = day;
    for (const reading of day === third ? [] : [0, 1]) {
      replay.reading = reading;
      replay.clock = `${day}T0${5 + reading}:20:00Z`;
      await reader.poll();
    }
    replay.clock = `${addDays(day, 1)}T03:00:00Z`;
    if (day !== last) await reader.harvest();
    await reader.fetchMissing();
  }

  const {
    page,
    url: address,
    complaints,
  } = await openPage(width, {
    ...replay.settings,
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_CATEGORIES: CATEGORIES.join(' '),
  });
  await page.goto(`${address}/about/sources`);
  const section = (day: Day) => page.locator('section', { has: page.locator(`a[href*="${day}"]`) });
  expect(await section(first).textContent()).toContain('Complete');
  expect(await section(first).textContent()).toContain('1 of them arrived late');
  expect(await section(second).locator('.status').first().textContent()).toBe('Complete');
  expect(await section(third).locator('.status').first().textContent()).toBe('Unknown');
  const incomplete = await section(days[3] as Day).textContent();
  expect(incomplete).toContain(`Announced 40, we have 39. Missing: ${missing?.id}.`);
  expect(await section(last).locator('.status').first().textContent()).toBe(
    'All here, not yet confirmed',
  );
  await expectReadable(page, 'sources', width);

  await page.goto(`${address}/papers/date/${announcementDayAfter(first)}`);
  expect(await page.getByRole('region', { name: 'Arrived late' }).textContent()).toContain(
    'Paper number 10001 of the week',
  );
  await expectReadable(page, 'late', width);

  await page.goto(`${address}/papers/2401.00001`);
  expect(await page.locator('main').getByRole('status').textContent()).toContain(
    'is being fetched',
  );
  await expectReadable(page, 'fetching', width);
  expect(complaints).toEqual([]);
});
