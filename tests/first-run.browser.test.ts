// From a fresh folder to an instance of one's own, as an administrator walks it in a browser.
import { expect, inject, test, vi } from 'vitest';
import { addDays, now } from '../src/base/calendar.ts';
import { announcementDayUpTo, arxivToday } from '../src/sources/arxiv/announcement-days.ts';
import { expectReadable, openBarePage, WIDTHS } from './browser.ts';
import { copyDemo } from './demo-folder.ts';
import { serve } from './program.ts';
import { replayWeek, startReplayArxiv } from './replay-arxiv.ts';
import { temporaryFolder } from './test-database.ts';

const LAST_DAY = announcementDayUpTo(addDays(arxivToday(now()), -1));
const [NARROW, WIDE] = WIDTHS as [number, number];
const EIGHT = 'The Eight o’Clock Paper';

test('an administrator makes an instance their own, and it stays so', async () => {
  const replay = await startReplayArxiv(replayWeek([LAST_DAY], 4));
  replay.clock = now();
  const folder = temporaryFolder();
  copyDemo(inject('demoFolder'), folder, undefined);
  // The page says whether the demo edition stays.
  const { BROADSHEET_DEMO: _, ...local } = replay.settings;
  const settings = { ...local, BROADSHEET_DATA: folder };
  const first = await serve(settings);
  const { page, complaints } = await openBarePage(first.url, WIDE);
  const readable = async (name: string) => {
    for (const width of [NARROW, WIDE]) {
      await page.setViewportSize({ width, height: 900 });
      await expectReadable(page, name, width);
    }
  };

  // In by a link, and administrator by the code of the terminal.
  await page.goto(`${first.url}/sign-in`);
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
  const [link] = await first.running.shows(/http:\S+\/sign-in\/link\S+/);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const [, code = ''] = await first.running.shows(/enter the code (\S+) at/);
  await page.goto(`${first.url}/setup`);
  await page.getByLabel('The code').fill(code);
  await page.getByRole('button', { name: 'Become administrator' }).click();
  await page.getByText('You are the administrator of Broadsheet.').waitFor();
  await readable('first run');

  // Something is wrong: it is said beside the field, and nothing is lost.
  await page.getByLabel('Name of the instance').fill(EIGHT);
  for (const category of ['cs.AI', 'cs.CV', 'cs.LG']) {
    await page.getByRole('checkbox', { name: category }).uncheck();
  }
  await page.getByText('Statistics', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'stat.ML' }).check();
  await page.getByRole('radio', { name: 'whoever has an address' }).check();
  await page.getByRole('radio', { name: 'goes when you save' }).check();
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByRole('button', { name: 'Save' }).click();
  const domains = page.getByRole('textbox', { name: 'Domains' });
  await expect.poll(() => domains.getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Name of the instance').inputValue()).toBe(EIGHT);
  expect(await page.getByRole('checkbox', { name: 'stat.ML' }).isChecked()).toBe(true);
  await readable('first run with a problem');

  await domains.fill('example.org');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It holds from now on.').waitFor();
  expect(await page.locator('header.site .name').textContent()).toBe(EIGHT);
  await readable('first run, saved');
  await page.getByRole('link', { name: 'what the instance says about itself' }).click();
  await page.getByRole('heading', { level: 1, name: `About ${EIGHT}` }).waitFor();
  await readable('about');
  // A failed form, and a list of papers that has none, are no complaints of ours.
  expect(complaints.filter((text) => !/status of 400/.test(text))).toEqual([]);

  const { page: visitor } = await openBarePage(first.url, NARROW);
  await visitor.goto(`${first.url}/sign-in`);
  await visitor.getByText('Whoever has an address at example.org, or an invitation').waitFor();
  expect(await (await fetch(`${first.url}/api/daily_papers?date=2025-10-29`)).json()).toEqual([]);
  await vi.waitFor(
    () => expect(replay.requests.some(({ path }) => path.includes('stat.ML'))).toBe(true),
    { timeout: 60_000, interval: 250 },
  );

  // It is kept, and the environment wins.
  first.running.child.kill('SIGTERM');
  expect((await first.running.finished).code).toBe(0);
  const second = await serve({ ...settings, BROADSHEET_COMMUNITY: 'quantum' });
  await page.goto(`${second.url}/admin/first-run`);
  expect(await page.locator('header.site .name').textContent()).toBe(EIGHT);
  expect(await page.getByRole('textbox', { name: 'Domains' }).inputValue()).toBe('example.org');
  await page.getByText('set by BROADSHEET_COMMUNITY in the environment').waitFor();
  expect(await page.getByLabel('Name of the community').count()).toBe(0);
});
