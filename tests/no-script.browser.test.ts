// All of reading and taking part, in a browser that runs no scripts.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBarePage } from './browser.ts';
import { DAY, PAPER } from './corners.ts';
import { type LivingInstance, openLivingInstance } from './living-instance.ts';
import { signInByMail } from './mailed-link.ts';

const LONG = { timeout: 240_000 };
const WIDTH = 1280;

let instance: LivingInstance;
beforeAll(async () => {
  instance = await openLivingInstance();
}, 120_000);
afterAll(() => instance?.close());

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const pathOf = (page: Page) => new URL(page.url()).pathname;

test('a visitor reads, searches, pages on, cites and subscribes without script', LONG, async () => {
  const { page, complaints } = await openBarePage(instance.url, WIDTH, { hasScript: false });
  await page.goto(`${instance.url}/papers/date/${DAY}`);
  await page.locator('a[rel=prev]').first().click();
  expect(pathOf(page)).toBe('/papers/date/2025-10-28');
  await page.goto(`${instance.url}/papers/week/2025-W44`);
  const first = await page.locator('article h3').first().textContent();
  await page.locator('.pages a[rel=next]').click();
  expect(await page.locator('article h3').first().textContent()).not.toBe(first);

  const box = page.getByRole('searchbox', { name: 'Search papers' });
  await box.fill('diffusion');
  await box.press('Enter');
  expect(pathOf(page)).toBe('/papers');
  expect(await page.locator('article').count()).toBeGreaterThan(5);
  await page.getByRole('navigation', { name: 'Filters' }).getByText('Category').click();
  await page.locator('a[href*="category=cs.LG"]').first().click();
  expect(page.url()).toContain('category=cs.LG');
  expect(await page.locator('article').count()).toBeGreaterThan(0);

  const title = await page.locator('article h3').first().textContent();
  await page.locator('article h3 a').first().click();
  expect(await heading(page)).toBe(title);
  await page.getByRole('link', { name: /other forms/ }).click();
  expect(pathOf(page)).toMatch(/\/cite$/);
  await page.getByText('@').first().waitFor();

  await page.goto(`${instance.url}/papers/${PAPER}`);
  await page.locator('.comment-text', { hasText: 'A thought on' }).waitFor();
  await page.goto(`${instance.url}/papers/date/${DAY}`);
  await page.getByLabel('trending papers in your email inbox').fill('paper@example.org');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  expect(await heading(page)).toBe('Look into your mail');
  expect(complaints).toEqual([]);
});

test(
  'a newcomer signs in, votes, comments, reports and changes a setting without script',
  LONG,
  async () => {
    const { page, complaints } = await openBarePage(instance.url, WIDTH, { hasScript: false });
    await signInByMail(page, instance, 'newcomer@example.org');
    expect(pathOf(page)).toBe('/settings/profile');
    await page.getByLabel('Name', { exact: true }).fill('New Comer');
    await page.getByLabel('Affiliation').fill('Department of Small Models');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    await page.goto(`${instance.url}/papers/${PAPER}?mine`);
    const vote = page.locator(`button[data-vote="${PAPER}"]`).first();
    expect(await vote.getAttribute('aria-pressed')).toBe('false');
    await vote.click();
    expect(await vote.getAttribute('aria-pressed')).toBe('true');
    await page.goto(`${instance.url}/papers/${PAPER}?mine`);
    await page.getByRole('textbox', { name: 'Your comment' }).fill('From a plain page.');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.locator('.comment-text', { hasText: 'From a plain page.' }).waitFor();

    await page.goto(`${instance.url}/papers/${PAPER}?mine`);
    const other = page.locator('.comment', { hasText: 'A thought on' }).first();
    await other.getByRole('link', { name: 'Report' }).click();
    await page.getByLabel('Reason').selectOption('Off-Topic');
    await page.getByRole('button', { name: 'Send the report' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.goto(`${instance.url}/settings`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    const response = await page.goto(`${instance.url}/settings`);
    expect([pathOf(page), response?.status()]).toEqual(['/sign-in', 200]);
    expect(complaints).toEqual([]);
  },
);
