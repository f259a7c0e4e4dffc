// A year at a glance in a real browser: by keyboard, in both themes, at the width of a phone and of a desk.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable, openPage, WIDTHS } from './browser.ts';

/** WCAG 2.2, contrast (minimum). */
const LEGIBLE = 4.5;

/** Runs in the browser: the contrast of the number on a cell, for each shade that the style sheet has. */
const CONTRASTS = `(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminanceOf = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const cell = document.querySelector('.year a.day');
  return [1, 2, 3, 4, 5].map((step) => {
    cell.setAttribute('class', 'day step-' + step);
    const [dark, light] = [cell.querySelector('rect'), cell.querySelector('text')]
      .map((shape) => luminanceOf(getComputedStyle(shape).fill))
      .sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  });
})()`;

async function expectLegible(page: Page): Promise<void> {
  const contrasts = (await page.evaluate(CONTRASTS)) as number[];
  expect(Math.min(...contrasts), contrasts.join(' ')).toBeGreaterThanOrEqual(LEGIBLE);
  expect(new Set(contrasts).size).toBe(contrasts.length);
}

test.each(WIDTHS)(
  'the archive of a year leads to its days by keyboard, at %i pixels',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    await page.goto(`${url}/papers/archive`);
    expect(new URL(page.url()).pathname).toBe('/papers/archive/2025');
    await expectReadable(page, 'archive', width);
    await expectLegible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await expectReadable(page, 'archive, dark', width);
    await expectLegible(page);
    await page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
    await expectLegible(page);
    await page.reload();
    const day = page.getByRole('link', { name: /^Wednesday, October 29, 2025: \d+ papers$/ });
    const box = await day.locator('rect').boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await page.getByRole('link', { name: 'October', exact: true }).focus();
    // The first list of October was on its first day.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/papers/date/2025-10-01`);
    expect(complaints).toEqual([]);
  },
);
