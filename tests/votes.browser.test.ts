// Voting in a real browser, with and without script.
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { HINT_COOKIE } from '../src/people/sessions.ts';
import { saveVote } from '../src/votes/vote-store.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { list, record } from './fixtures.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
const DAY = '/papers/date/2025-10-29';
const ID = '2510.00002';
const BUTTON = `button[data-vote="${ID}"]`;

/** A served day, and somebody with a session, who is signed in when `become` was called. */
async function open(width: number, hasScript: boolean) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const papers = ['2510.00001', ID, '2510.00003'].map((id, n) => ({
    record: record(id, { title: `The paper number ${n + 1} of the day` }),
    votes: 30 - 10 * n,
  }));
  await list(database, '2025-10-29', papers);
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
  };
  const opened = await openPage(width, settings, { hasScript });
  const { page, url } = opened;
  const ada = await createPerson(database, { handle: 'ada' });
  const become = async () => {
    const cookie = await signIn({ database, secret: () => SECRET }, ada, url);
    const [name = '', ...value] = cookie.split('=');
    await page.context().addCookies([
      { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' },
      { name: HINT_COOKIE, value: '1', url, sameSite: 'Lax' },
    ]);
  };
  const state = async () => {
    const button = page.locator(BUTTON);
    return [
      await button.getAttribute('aria-pressed'),
      await button.locator('[data-count]').textContent(),
    ];
  };
  const votes = async () =>
    (await database.read.selectFrom('votes').select('paper_key').execute()).length;
  return { ...opened, database, ada, become, state, votes };
}

/** Where scripts are off, the rules of accessibility cannot be asked for. */
async function expectFits(page: Page, name: string, width: number): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}-${width}.png`) });
}

test.each(WIDTHS)(
  'a vote counts at once and is taken back by the same button, at %i pixels',
  async (width) => {
    const { page, url, complaints, become, state, votes } = await open(width, true);
    await become();
    await page.goto(url + DAY);
    await page.getByRole('link', { name: 'The person ada' }).waitFor();
    expect(await state()).toEqual(['false', '20']);
    const answered = () => page.waitForResponse(`${url}/api/papers/${ID}/vote`);
    await Promise.all([answered(), page.locator(BUTTON).click()]);
    expect(await state()).toEqual(['true', '21']);
    expect(await votes()).toBe(1);
    await expectReadable(page, 'day with a vote', width);

    await page.goto(`${url}/papers/${ID}`);
    await page.locator(`${BUTTON}[aria-pressed="true"]`).waitFor();
    expect(await state()).toEqual(['true', '21']);
    expect(await page.locator('.upvoters a').textContent()).toBe('The person ada');
    await expectReadable(page, 'paper with a vote', width);
    await Promise.all([answered(), page.locator(BUTTON).press('Enter')]);
    expect(await state()).toEqual(['false', '20']);
    expect(await votes()).toBe(0);
    expect(complaints).toEqual([]);
  },
);

test('what the server does not take is taken back and said', async () => {
  const { page, url, become, state, votes } = await open(1440, true);
  await become();
  await page.goto(url + DAY);
  await page.getByRole('link', { name: 'The person ada' }).waitFor();
  await page.route('**/api/papers/*/vote', (route) => route.abort());
  await page.locator(BUTTON).click();
  const message = page.getByRole('status').filter({ hasText: 'did not arrive' });
  await message.waitFor();
  expect(await state()).toEqual(['false', '20']);
  await expectReadable(page, 'a vote that did not arrive', 1440);
  await page.unroute('**/api/papers/*/vote');
  await page.route('**/api/papers/*/vote', (route) =>
    route.fulfill({ status: 429, json: { error: 'That was too often: try again in 9 seconds.' } }),
  );
  await page.locator(BUTTON).click();
  await page.getByRole('status').filter({ hasText: 'too often' }).waitFor();
  expect(await state()).toEqual(['false', '20']);
  expect(await votes()).toBe(0);
});

test('a button that is pressed again while the server is asked ends as it was pressed last', async () => {
  const { page, url, become, state, votes } = await open(1440, true);
  await become();
  await page.goto(url + DAY);
  await page.getByRole('link', { name: 'The person ada' }).waitFor();
  const held: (() => void)[] = [];
  await page.route('**/api/papers/*/vote', async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  for (let press = 0; press < 3; press++) await page.locator(BUTTON).click();
  expect(await state()).toEqual(['true', '21']);
  await page.locator(BUTTON).click();
  expect(await state()).toEqual(['false', '20']);
  expect(held).toHaveLength(1);
  const answered = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await expect.poll(() => held.length).toBe(1);
  held[0]?.();
  await expect.poll(() => held.length).toBe(2);
  held[1]?.();
  await answered;
  expect(await state()).toEqual(['false', '20']);
  expect(await votes()).toBe(0);
});

test('where the second of two presses does not arrive, the first one stays', async () => {
  const { page, url, become, state, votes } = await open(1440, true);
  await become();
  await page.goto(url + DAY);
  await page.getByRole('link', { name: 'The person ada' }).waitFor();
  let letPass: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letPass = resolve;
  });
  await page.route('**/api/papers/*/vote', async (route) => {
    if (route.request().method() === 'DELETE') return route.abort();
    await held;
    await route.continue();
  });
  for (let press = 0; press < 2; press++) await page.locator(BUTTON).click();
  letPass();
  await page.getByRole('status').filter({ hasText: 'did not arrive' }).waitFor();
  expect(await state()).toEqual(['true', '21']);
  expect(await votes()).toBe(1);
});

test.each([true, false])(
  'a visitor who votes is led to sign in (with script: %s)',
  async (hasScript) => {
    const { page, url, votes } = await open(390, hasScript);
    await page.goto(url + DAY);
    await page.locator(BUTTON).click();
    await page.waitForURL(/\/sign-in\?next=/);
    const next = new URL(page.url()).searchParams.get('next');
    expect(next).toBe(hasScript ? `${DAY}#paper-${ID}` : `${DAY}?mine`);
    expect(await votes()).toBe(0);
  },
);

test('who has a session no more is led to sign in again', async () => {
  const { page, url, database, become } = await open(1440, true);
  await become();
  await page.goto(url + DAY);
  await page.getByRole('link', { name: 'The person ada' }).waitFor();
  await database.transact((tx) => tx.deleteFrom('sessions').execute());
  await page.locator(BUTTON).click();
  await page.waitForURL(/\/sign-in\?next=/);
});

test.each(WIDTHS)(
  'without script one votes on a page of one’s own, at %i pixels',
  async (width) => {
    const { page, url, complaints, become, state, votes, database, ada } = await open(width, false);
    await become();
    const vote = { person: ada, paperId: '2510.00003', isOn: true, newAccountHours: 0 };
    await saveVote(database, vote);
    await page.goto(url + DAY);
    await expectFits(page, 'day-without-script', width);
    await page.getByRole('link', { name: 'Show my votes' }).click();
    const pressed = page.locator('button[aria-pressed="true"]');
    expect(await pressed.count()).toBe(1);
    await page.locator(BUTTON).click();
    await page.waitForURL(`${url}${DAY}?mine#paper-${ID}`);
    expect(await state()).toEqual(['true', '21']);
    expect(await pressed.count()).toBe(2);
    await expectFits(page, 'day-of-ones-own', width);
    await page.locator(BUTTON).click();
    await page.locator(`${BUTTON}[aria-pressed="false"]`).waitFor();
    expect(await state()).toEqual(['false', '20']);
    expect(await votes()).toBe(1);
    expect(complaints).toEqual([]);
  },
);
