// A reader's way through the demo edition, in a real browser, at the width of a phone and of a desk.
import { expect, test } from 'vitest';
import { expectReadable, openPage, WIDTHS } from './browser.ts';

const PATHS = [
  '/papers/date/2025-10-29',
  '/papers/date/2025-10-29/new',
  '/papers/week/2025-W44',
  '/papers/month/2025-10',
  '/papers/trending',
  '/papers/archive/2025',
  '/papers/2510.24668',
  '/editions/2025-10-29-page',
  '/categories/cs.LG',
  '/about',
  '/about/sources',
  '/papers?q=no+such+paper',
  '/api/docs',
];

test.each(WIDTHS)(
  'a reader finds the way from the first page to a paper and back, at %i pixels',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    await page.goto(url);
    expect(page.url()).toBe(`${url}/papers/date/2025-10-31`);
    expect(await page.getByRole('complementary').textContent()).toContain(
      'demo edition of October 2025',
    );
    await page.getByRole('link', { name: '← Oct 30' }).click();
    await page.getByRole('link', { name: '← Oct 29' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Daily Papers Wednesday, October 29, 2025',
    );
    const titles = await page.locator('article h3').allTextContents();
    expect(titles).toHaveLength(24);
    await page.locator('article h3 a').nth(1).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(titles[1]);
    await page.locator('nav.neighbours a[rel=next]').click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(titles[2]);
    await page.getByRole('link', { name: '#3 paper of the day' }).click();
    await page.getByRole('link', { name: 'Daily Papers' }).click();
    expect(await page.locator('article').count()).toBe(72);
    await page.getByRole('link', { name: 'Week', exact: true }).click();
    expect(page.url()).toBe(`${url}/papers/week/2025-W44`);
    await page.getByRole('link', { name: 'Page 2' }).click();
    expect(await page.locator('article').first().locator('.rank').textContent()).toBe('51');
    await page.getByRole('combobox').fill('2510.24668');
    await page.getByRole('combobox').press('Enter');
    expect(new URL(page.url()).pathname).toBe('/papers/2510.24668');
    expect(complaints).toEqual([]);
  },
);

test.each(WIDTHS)(
  'no page is wider than %i pixels, breaks a rule of accessibility or asks another host',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    for (const path of PATHS) {
      const response = await page.goto(url + path);
      expect([path, response?.status()]).toEqual([path, 200]);
      await expectReadable(page, path, width);
    }
    expect(complaints).toEqual([]);
  },
);

test.each(WIDTHS)(
  'who steps quickly through a long list meets each paper, and finds the place again, at %i pixels',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    await page.goto(`${url}/editions/2025-10-29-page`);
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('j');
    // Who then takes another way is not brought back.
    await page.keyboard.press('End');
    const isAway = () => page.evaluate<boolean>('scrollY > 5 * innerHeight');
    await expect.poll(isAway, { timeout: 30_000 }).toBe(true);
    await page.waitForTimeout(1_500);
    expect(await isAway()).toBe(true);
    await page.keyboard.press('Home');
    await expect.poll(() => page.evaluate('scrollY'), { timeout: 30_000 }).toBe(0);
    for (let pressed = 1; pressed < 40; pressed++) await page.keyboard.press('j');
    const place = () =>
      page.evaluate(`(() => {
        const card = document.querySelectorAll('article.card')[39];
        return [card.contains(document.activeElement), Math.round(card.getBoundingClientRect().top)];
      })()`) as Promise<[boolean, number]>;
    const arrived = { timeout: 30_000, interval: 300 };
    await expect.poll(async () => (await place())[1], arrived).toBeLessThan(700);
    // It stands still when it was at one place three times.
    const tops: number[] = [];
    const isStill = async () => {
      tops.push((await place())[1]);
      return tops.length > 2 && new Set(tops.slice(-3)).size === 1;
    };
    await expect.poll(isStill, arrived).toBe(true);
    const [hasFocus, top] = await place();
    expect(hasFocus).toBe(true);
    await page.reload();
    // Half a pixel is nothing.
    await expect.poll(async () => Math.abs((await place())[1] - top), arrived).toBeLessThan(3);
    expect(complaints).toEqual([]);
  },
);

test('a formula is drawn as MathML', async () => {
  const { page, url } = await openPage(1440);
  await page.goto(`${url}/papers/date/2025-10-29/new`);
  const formula = page.locator('article math').first();
  expect((await formula.boundingBox())?.width).toBeGreaterThan(3);
});

test('a stranger gets from the front page to the best paper of the day, its code and its BibTeX', async () => {
  const { page, url } = await openPage(390);
  await page.goto(url);
  const best = page.locator('article').first();
  const code = await best.getByRole('link', { name: 'Code' }).getAttribute('href');
  expect(code).toMatch(/^https:\/\//);
  await best.getByRole('heading').getByRole('link').click();
  expect(await page.getByRole('link', { name: 'Code' }).getAttribute('href')).toBe(code);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy BibTeX' }).click();
  await page.getByText('BibTeX copied').waitFor();
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toMatch(/^@misc\{/);
  expect(copied.replace(/[{}]/g, '')).toContain(`title = ${title}`);
});
