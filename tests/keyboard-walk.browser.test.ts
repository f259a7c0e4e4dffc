// A reader without a mouse: from the front page to a vote, a comment, a search and out again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBarePage } from './browser.ts';
import { DAY, PAPER } from './corners.ts';
import { tabThrough, tabTo } from './keyboard.ts';
import { type LivingInstance, openLivingInstance } from './living-instance.ts';

const LONG = { timeout: 240_000 };
/** At this width everything stands in one column. */
const NARROW = 390;
/** What stands beside something may begin a little higher than that ends. */
const MAX_STEP_UP = 120;

let instance: LivingInstance;
beforeAll(async () => {
  instance = await openLivingInstance();
}, 120_000);
afterAll(() => instance?.close());

test(
  'a visitor skips to the papers, searches with suggestions and subscribes by keys alone',
  LONG,
  async () => {
    const { page, complaints } = await openBarePage(instance.url, 1280);
    const press = (key: string) => page.keyboard.press(key);
    await page.goto(instance.url);
    const skip = page.getByRole('link', { name: 'Skip to' });
    await tabTo(page, skip);
    await press('Enter');
    await press('Tab');
    expect(
      await page.evaluate('document.querySelector("main").contains(document.activeElement)'),
    ).toBe(true);

    const title = page.locator('article h3 a').first();
    const words = await title.textContent();
    await tabTo(page, title);
    await press('Enter');
    await page.waitForURL((address) => /^\/papers\/[\w.:-]+$/.test(address.pathname));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words);

    const box = page.getByRole('combobox');
    await tabTo(page, box);
    await page.keyboard.type('diffus');
    const options = page.getByRole('option');
    await options.first().waitFor();
    await press('ArrowDown');
    const active = await box.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await press('Escape');
    expect((await options.count()) === 0 || !(await options.first().isVisible())).toBe(true);
    await page.keyboard.type('ion');
    await options.first().waitFor();
    await press('Enter');
    await page.waitForURL(/\/papers\?.*q=diffusion/);
    await tabTo(page, page.locator('article h3 a').first());

    await page.goto(`${instance.url}/papers/date/${DAY}`);
    await tabTo(page, page.getByLabel('trending papers in your email inbox'));
    await page.keyboard.type('keys@example.org');
    await press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('a member votes, comments and signs out by keys alone', LONG, async () => {
  const { page, complaints } = await openBarePage(instance.url, 1280);
  const press = (key: string) => page.keyboard.press(key);
  await instance.enter(page.context(), 'member');
  await page.goto(`${instance.url}/papers/${PAPER}`);
  await page.getByRole('textbox', { name: 'Your comment' }).waitFor();
  const vote = page.locator(`button[data-vote="${PAPER}"]`).first();
  const before = await vote.getAttribute('aria-pressed');
  await tabTo(page, vote);
  await press('Space');
  await page
    .locator(`button[data-vote="${PAPER}"]:not([aria-pressed="${before}"])`)
    .first()
    .waitFor();

  await tabTo(page, page.getByRole('textbox', { name: 'Your comment' }));
  await page.keyboard.type('Written without a mouse.');
  await tabTo(page, page.getByRole('button', { name: 'Comment', exact: true }));
  await press('Enter');
  await page.locator('.comment-text', { hasText: 'Written without a mouse.' }).waitFor();

  await page.goto(`${instance.url}/settings`);
  await tabTo(page, page.getByRole('button', { name: 'Sign out' }));
  await press('Enter');
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  expect(complaints).toEqual([]);
});

test(
  'the focus goes through every page from top to bottom, is always seen and never caught',
  LONG,
  async () => {
    const { page } = await openBarePage(instance.url, NARROW);
    await instance.enter(page.context(), 'member');
    const { corners } = instance;
    const faults: string[] = [];
    for (const path of [
      `/papers/date/${DAY}?mine`,
      `/papers/${PAPER}?mine`,
      '/papers?q=diffusion',
      '/feeds',
      '/subscribe',
      '/sign-in',
      '/settings/profile',
      '/settings/alerts/new',
      `/settings/digests/${corners.digestId}`,
      '/papers/submit',
    ]) {
      await page.goto(instance.url + path);
      const stops = await tabThrough(page);
      if (stops.length < 5) faults.push(`${path} has only ${stops.length} stops`);
      for (const [at, { name, fault, top }] of stops.entries()) {
        if (fault) faults.push(`${path}: ${fault}`);
        const before = stops[at - 1];
        if (before && before.top - top > MAX_STEP_UP) {
          faults.push(`${path}: from ${before.name} up to ${name}`);
        }
      }
    }
    expect(faults).toEqual([]);
  },
);
