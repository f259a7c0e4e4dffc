// A reader searches the demo edition, in a real browser, with and without script.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable, openPage, WIDTHS } from './browser.ts';

/**
 * The index is made in the background; until it is ready the page says so and asks again by itself. On a machine that
 * is busy the meaning may not be there in time either: then the words answer alone, and one asks again.
 */
async function waitForIndex(page: Page, url: string): Promise<void> {
  const isWhole = async () => {
    await page.goto(`${url}/papers?q=non-scaling+LayerNorm`);
    return page.getByText('by words and meaning').isVisible();
  };
  await expect.poll(isWhole, { timeout: 60_000, interval: 1_000 }).toBe(true);
}

test.each(WIDTHS)(
  'a reader finds papers by words and meaning, narrows them down and goes on to similar ones, at %i pixels',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    await waitForIndex(page, url);
    expect(await page.locator('article h3').first().textContent()).toBe(
      'Improved Training Technique for Latent Consistency Models',
    );
    expect(await page.locator('article mark').first().textContent()).toMatch(/non-scaling/i);
    await expectReadable(page, 'search', width);

    await page.getByRole('combobox').fill('difusion models');
    await page.getByRole('combobox').press('Enter');
    await page.locator('.proposal a').click();
    await page.waitForURL(/q=diffusion\+models/);
    await page.getByRole('link', { name: 'Newest' }).click();
    await page.waitForURL(/sort=date/);
    const dates = await page
      .locator('article time')
      .evaluateAll((times) =>
        times.map((time) => time.getAttribute('datetime')?.slice(0, 10) ?? ''),
      );
    expect(dates).toEqual([...dates].sort().reverse());

    await page.locator('summary', { hasText: 'Category' }).click();
    await page.getByRole('link', { name: /^cs\.RO/ }).click();
    await page.getByRole('link', { name: 'cs.RO (remove this filter)' }).waitFor();
    await expectReadable(page, 'search filtered', width);
    await page.locator('article h3 a').first().click();
    await page.getByRole('heading', { name: 'Similar papers' }).waitFor();
    await page.locator('.similar a').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.goto(`${url}/about/search`);
    await expectReadable(page, 'about search', width);
    await page.goto(`${url}/papers?q=-`);
    await expectReadable(page, 'search nothing', width);
    expect(complaints).toEqual([]);
  },
);

test('suggestions can be chosen with the keyboard, and closed', async () => {
  const { page, url, complaints } = await openPage(1440);
  await waitForIndex(page, url);
  const box = page.getByRole('combobox');
  await box.fill('improved training tech');
  await page.getByRole('option').first().waitFor();
  await expectReadable(page, 'suggestions', 1440);
  await box.press('Escape');
  expect(await page.getByRole('listbox').isVisible()).toBe(false);
  await box.press('n');
  await page.getByRole('option').first().waitFor();
  await box.press('ArrowDown');
  expect(await box.getAttribute('aria-activedescendant')).toBe('suggestion-0');
  await box.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Improved Training Technique/ }).waitFor();
  expect(complaints).toEqual([]);
});

test('without script the box, the filters and the pages work', async () => {
  const { page, url } = await openPage(1440, {}, { hasScript: false });
  await waitForIndex(page, url);
  await page.getByRole('searchbox').fill('reinforcement learning');
  await page.getByRole('searchbox').press('Enter');
  await page.locator('summary', { hasText: 'Category' }).click();
  await page.getByRole('link', { name: /^cs\.LG/ }).click();
  await page.getByRole('link', { name: 'Page 2' }).click();
  expect(await page.locator('article .rank').first().textContent()).toBe('21');
  expect(new URL(page.url()).searchParams.get('category')).toBe('cs.LG');
});
