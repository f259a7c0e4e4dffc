// The page of feeds and one's private feeds, at the width of a phone and of a desk.
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { createPerson, signIn } from './people.ts';
import { readFeed } from './read-feed.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-long-enough-for-it';

test.each(WIDTHS)('feeds are found, made private and revoked at %i pixels', async (width) => {
  const location = await testDatabaseUrl();
  const settings = { BROADSHEET_DATABASE_URL: location, BROADSHEET_SECRET: SECRET };
  const { page, url, complaints } = await openPage(width, settings);
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  const person = await createPerson(database);
  const cookie = await signIn({ database, secret: () => SECRET }, person, url);
  const [name = '', ...value] = cookie.split('=');
  await page.context().addCookies([{ name, value: value.join('='), url }]);

  await page.goto(url);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Feeds' }).click();
  await page.getByLabel('Search for', { exact: true }).fill('diffusion');
  await page.getByLabel('From so many votes on').fill('5');
  await page.getByRole('button', { name: 'Show the address' }).click();
  const address = `${url}/feeds/search.atom?q=diffusion&by=either&min_votes=5`;
  await page.getByText(address).waitFor();
  await expectReadable(page, 'feeds', width);

  await page.goto(`${url}/settings/feeds`);
  await page.getByLabel('What you call it').fill('At home');
  await page.getByLabel('What is in it').selectOption('category');
  await page.getByLabel('Which one').fill('no such category');
  await page.getByRole('button', { name: 'Make the feed' }).click();
  expect(await page.locator('#feed-which-problem').textContent()).toContain('no such feed');
  await expectReadable(page, 'feeds a wrong private one', width);
  await page.getByLabel('Which one').fill('cs.LG');
  await page.getByRole('button', { name: 'Make the feed' }).click();
  const made = (await page.locator('.feed-address').nth(1).textContent()) ?? '';
  await expectReadable(page, 'feeds a new private one', width);
  const answer = await fetch(made);
  const text = (await answer.text()).replaceAll(url, 'https://papers.example.org');
  expect(readFeed(text, 'atom').items.length).toBeGreaterThan(50);

  await page.goto(`${url}/settings/feeds`);
  await expectReadable(page, 'feeds private ones', width);
  await page.getByRole('button', { name: 'Revoke At home' }).click();
  await page.getByText('Revoked: it opens nothing any more.').waitFor();
  expect((await fetch(made)).status).toBe(410);
  // A page that answers 400 is logged as such by the browser.
  expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);
});
