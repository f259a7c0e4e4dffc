// The keyboard alone, in a real browser: a reader steps through a day, votes, copies, searches and asks for help.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { HINT_COOKIE } from '../src/people/sessions.ts';
import { expectReadable, openPage } from './browser.ts';
import { list, record } from './fixtures.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
const DAY = '/papers/date/2025-10-29';
const IDS = ['2510.00001', '2510.00002', '2510.00003'];

/** A day of three papers, and Ada, who reads it with her own session. */
async function open(width = 1440) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const papers = IDS.map((id, n) => ({
    record: record(id, { title: `The paper number ${n + 1} of the day` }),
    votes: 30 - 10 * n,
  }));
  await list(database, '2025-10-29', papers);
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
  };
  const opened = await openPage(width, settings);
  const { page, url } = opened;
  const ada = await createPerson(database, { handle: 'ada' });
  const cookie = await signIn({ database, secret: () => SECRET }, ada, url);
  const [name = '', ...value] = cookie.split('=');
  await page.context().addCookies([
    { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' },
    { name: HINT_COOKIE, value: '1', url, sameSite: 'Lax' },
  ]);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  const visit = async () => {
    await page.goto(url + DAY);
    await page.getByRole('link', { name: 'The person ada' }).waitFor();
    // The last script that every page runs has shown what is chosen, and keys stand beside it.
    await page.locator('main form.look [aria-pressed="true"]').waitFor();
  };
  const votes = async () =>
    (await database.read.selectFrom('votes').select('paper_key').execute()).length;
  return { ...opened, visit, votes };
}

const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.textContent.replace(/\\s+/g, " ").trim()');
const voteOf = (page: Page, id: string) => page.locator(`button[data-vote="${id}"]`);

test('a reader steps through a day, votes, copies and opens without a mouse', async () => {
  const { page, url, visit, votes, complaints } = await open();
  await visit();
  const { keyboard } = page;
  await keyboard.press('j');
  expect(await focused(page)).toBe('The paper number 1 of the day');
  await keyboard.press('j');
  expect(await focused(page)).toBe('The paper number 2 of the day');
  await keyboard.press('j');
  await keyboard.press('j');
  expect(await focused(page)).toBe('The paper number 3 of the day');
  await keyboard.press('k');
  expect(await focused(page)).toBe('The paper number 2 of the day');
  await expectReadable(page, 'day by keys', 1440);

  await keyboard.press('u');
  await page.getByRole('status').filter({ hasText: 'Your vote counts.' }).waitFor();
  expect(await voteOf(page, '2510.00002').getAttribute('aria-pressed')).toBe('true');
  expect(await votes()).toBe(1);
  await expectReadable(page, 'vote with undo', 1440);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('status').filter({ hasText: 'taken back' }).waitFor();
  expect(await votes()).toBe(0);
  await keyboard.press('Escape');
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);

  await keyboard.press('j');
  await keyboard.press('c');
  await page.getByRole('status').filter({ hasText: 'copied as BibTeX' }).waitFor();
  const [, number] = /^The paper number (\d)/.exec(await focused(page)) ?? [];
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(
    `eprint = {2510.0000${number}}`,
  );
  await keyboard.press('o');
  await page.waitForURL(`${url}/papers/2510.0000${number}`);
  expect(complaints).toEqual([]);
});

test('keys lead to the neighbours of a paper, to the day, to what is trending and to the search', async () => {
  const { page, url, complaints } = await open();
  await page.goto(`${url}/papers/2510.00002`);
  const ready = () => page.locator('footer form.look [aria-pressed="true"]').first().waitFor();
  await ready();
  await page.keyboard.press('j');
  await page.waitForURL(`${url}/papers/2510.00003`);
  await ready();
  await page.keyboard.press('k');
  await page.waitForURL(`${url}/papers/2510.00002`);
  await ready();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL(`${url}/papers/trending`);
  await ready();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.waitForURL(url + DAY);
  await ready();
  await page.keyboard.press('/');
  const box = page.getByRole('combobox');
  expect(await page.evaluate('document.activeElement.name')).toBe('q');
  // What is typed is typed, and no key of the page.
  await page.keyboard.type('jug?/');
  expect(await box.inputValue()).toBe('jug?/');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test.each([390, 1440])(
  'help is a dialog, closed by Esc or its button, at %i pixels',
  async (width) => {
    const { page, url, visit, complaints } = await open(width);
    await visit();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await expectReadable(page, 'keys in a dialog', width);
    await page.keyboard.press('j');
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('footer').getByRole('link', { name: 'Keys' }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(page.url()).toBe(url + DAY);
    await page.goto(`${url}/about/keys`);
    await expectReadable(page, 'about keys', width);
    expect(complaints).toEqual([]);
  },
);

test('keys that were switched off do nothing, nor do keys with a modifier', async () => {
  const { page, visit, votes } = await open();
  await visit();
  await page.keyboard.press('Alt+j');
  await page.keyboard.press('Control+u');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
  const foot = page.locator('footer form.look');
  await foot.getByRole('button', { name: 'Off' }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('u');
  await page.keyboard.press('?');
  expect(await focused(page)).toBe('Off');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await visit();
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
  await foot.getByRole('button', { name: 'On' }).click();
  await page.keyboard.press('j');
  expect(await focused(page)).toMatch(/^The paper number/);
  expect(await votes()).toBe(0);
});

test('a vote by key that is refused is taken back, and said', async () => {
  const { page, visit, votes } = await open();
  await visit();
  await page.keyboard.press('j');
  await page.route('**/api/papers/*/vote', (route) =>
    route.fulfill({ status: 500, json: { error: 'Something went wrong.' } }),
  );
  await page.keyboard.press('u');
  await page.getByRole('status').filter({ hasText: 'Something went wrong.' }).waitFor();
  expect(await voteOf(page, '2510.00001').getAttribute('aria-pressed')).toBe('false');
  await page.route('**/cite.bib', (route) => route.abort());
  await page.keyboard.press('c');
  await page.getByRole('status').filter({ hasText: 'could not be copied' }).waitFor();
  expect(await votes()).toBe(0);
});
