// What readers choose for themselves, in a real browser, with and without script.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable, openPage, WIDTHS } from './browser.ts';

const DAY = '/papers/date/2025-10-29';

const colours = (page: Page): Promise<string> =>
  page.evaluate(
    '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join()',
  );
const abstracts = (page: Page) =>
  page.locator('.card .abstract').evaluateAll((all) => all.filter((one) => one.checkVisibility()));

test.each(WIDTHS)('a reader chooses, at once and for every page, at %i pixels', async (width) => {
  const { page, url, complaints } = await openPage(width);
  await page.goto(url + DAY);
  const head = page.locator('main form.look');
  const foot = page.locator('footer form.look');
  const pressed = (scope: typeof head) => scope.locator('[aria-pressed="true"]').allTextContents();
  await expect.poll(() => pressed(head)).toEqual(['Comfortable']);
  expect(await pressed(foot)).toEqual(['Comfortable', 'Auto', 'Auto', 'On']);
  const full = (await abstracts(page)).length;
  expect(full).toBeGreaterThan(20);

  await head.getByRole('button', { name: 'Titles' }).click();
  expect(await abstracts(page)).toEqual([]);
  expect(await pressed(head)).toEqual(['Titles']);
  await expectReadable(page, 'day of titles', width);
  const light = await colours(page);
  await foot.getByRole('button', { name: 'Dark' }).click();
  const dark = await colours(page);
  expect(dark).not.toBe(light);
  await expectReadable(page, 'day of titles dark', width);
  await foot.getByRole('button', { name: 'More' }).click();
  const strong = await colours(page);
  expect(strong).toBe('rgb(0, 0, 0),rgb(255, 255, 255)');
  await expectReadable(page, 'day of titles dark with contrast', width);

  await page.goto(`${url}/papers/trending`);
  expect(await colours(page)).toBe(strong);
  expect(await abstracts(page)).toEqual([]);
  await page.locator('footer').getByRole('button', { name: 'Light' }).click();
  expect(await colours(page)).toBe('rgb(255, 255, 255),rgb(0, 0, 0)');
  await page.goto(url + DAY);
  await head.getByRole('button', { name: 'Reading' }).click();
  expect(await abstracts(page)).toHaveLength(full);
  const heights = await page
    .locator('.papers .card')
    .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(900);
  const lefts = await page
    .locator('.papers .card')
    .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().left));
  expect(new Set(lefts).size).toBe(1);
  await expectReadable(page, 'day for reading', width);
  // Snapping to papers keeps nobody from the foot of the page.
  await foot.getByRole('button', { name: 'Auto' }).first().click({ timeout: 10_000 });
  await foot.getByRole('button', { name: 'Light' }).click({ timeout: 10_000 });
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === 'look')).toMatchObject({
    value: 'density:reading.theme:light.contrast:more',
    sameSite: 'Lax',
    httpOnly: false,
  });
  expect(complaints).toEqual([]);
});

test('what was chosen is there before anything is painted', async () => {
  const { page, url } = await openPage(1440);
  await page.context().addCookies([{ name: 'look', value: 'theme:dark', url }]);
  // No file of script arrives: what holds is what the head of the page has set.
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(url + DAY);
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe(
    'dark',
  );
});

test('with the system asking for contrast, it is there without a choice', async () => {
  const { page, url } = await openPage(1440);
  await page.emulateMedia({ contrast: 'more' });
  await page.goto(url + DAY);
  expect(await colours(page)).toBe('rgb(255, 255, 255),rgb(0, 0, 0)');
});

test.each(WIDTHS)('without script the same buttons do it, at %i pixels', async (width) => {
  const { page, url, complaints } = await openPage(width, {}, { hasScript: false });
  await page.goto(url + DAY);
  const chosen = () =>
    page.evaluate(
      `[...document.querySelectorAll('footer form.look button')]
        .filter((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')
        .map((one) => one.textContent)`,
    );
  expect(await chosen()).toEqual(['Comfortable', 'Auto', 'Auto', 'On']);
  await page.locator('main form.look').getByRole('button', { name: 'Titles' }).click();
  await page.waitForURL(url + DAY);
  expect(await abstracts(page)).toEqual([]);
  const light = await colours(page);
  await page.locator('footer').getByRole('button', { name: 'Dark' }).click();
  await page.waitForURL(url + DAY);
  expect(await colours(page)).not.toBe(light);
  expect(await abstracts(page)).toEqual([]);
  expect(await chosen()).toEqual(['Titles', 'Dark', 'Auto', 'On']);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  await page.locator('footer').getByRole('link', { name: 'Keys' }).click();
  await page.waitForURL(`${url}/about/keys`);
  expect(await chosen()).toEqual(['Titles', 'Dark', 'Auto', 'On']);
  expect(complaints).toEqual([]);
});

test('the title of a paper moves on its own to the page of the paper', async () => {
  const { page, url, complaints } = await openPage(1440);
  await page.addInitScript(`addEventListener('pagereveal', async ({ viewTransition }) => {
    await viewTransition?.ready;
    sessionStorage.moving = document.getAnimations().map(({ effect }) => effect.pseudoElement).join(' ');
  })`);
  await page.goto(url + DAY);
  await page.locator('main form.look [aria-pressed="true"]').waitFor();
  await page.locator('.card h3 a').nth(2).click();
  await page.waitForURL(/\/papers\/\d/);
  const moving = () => page.evaluate('sessionStorage.moving');
  // Its new place is taken from the first frame of the new page, which a slow machine paints before the heading is there.
  await expect.poll(moving, { timeout: 60_000 }).toContain('::view-transition-old(paper-title)');
  expect(complaints).toEqual([]);
});
