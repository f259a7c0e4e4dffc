// Pages without a network, in a real browser: what was read is there and says how old it is, the rest is not.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { expectReadable, openBarePage, WIDTHS } from './browser.ts';
import { list, record } from './fixtures.ts';
import { createPerson, signIn } from './people.ts';
import { serve } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
const DAY = '/papers/date/2025-10-29';

/** A served day; `restart` stops the server and starts it at the same address with other settings. */
async function open() {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const papers = ['2510.00001', '2510.00002'].map((id, n) => ({
    record: record(id, { title: `The paper number ${n + 1} of the day` }),
    votes: 30 - 10 * n,
  }));
  await list(database, '2025-10-29', papers);
  const settings = {
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
  };
  const { url, running } = await serve(settings);
  let current = running;
  const stop = async () => {
    current.child.kill('SIGTERM');
    await current.finished;
  };
  const restart = async (changes: Record<string, string> = {}) => {
    await stop();
    const again = await serve({ ...settings, BROADSHEET_PORT: new URL(url).port, ...changes });
    current = again.running;
  };
  return { url, database, stop, restart };
}

/** The paths of the pages that the browser keeps, sorted. */
async function keptPages(page: Page): Promise<string[]> {
  const kept: string[] = await page.evaluate(
    `caches.keys().then(async (names) => names.includes('pages')
      ? (await (await caches.open('pages')).keys()).map(({ url }) => new URL(url).pathname)
      : [])`,
  );
  return kept.sort();
}

const offlineNote = (page: Page) => page.getByText(/^You are offline: this is the page as of/);

test.each(WIDTHS)(
  'what was read is there again without a network, and says so, at %i pixels',
  async (width) => {
    const { url } = await open();
    const { page, complaints } = await openBarePage(url, width);
    await page.goto(url + DAY);
    await expect.poll(() => keptPages(page), { timeout: 60_000 }).toEqual([DAY]);
    await page.goto(`${url}/papers/2510.00001`);
    await expect
      .poll(() => keptPages(page), { timeout: 60_000 })
      .toEqual(['/papers/2510.00001', DAY]);
    expect(await offlineNote(page).count()).toBe(0);
    expect(complaints).toEqual([]);

    await page.context().setOffline(true);
    await page.goto(url + DAY);
    await offlineNote(page).waitFor();
    await page.getByRole('link', { name: 'The paper number 1 of the day' }).click();
    await page.getByRole('heading', { level: 1, name: 'The paper number 1 of the day' }).waitFor();
    await offlineNote(page).waitFor();
    await expectReadable(page, 'paper without a network', width);

    await page.goto(`${url}/papers/trending`);
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    await page.getByRole('link', { name: 'Papers of Wednesday, October 29, 2025' }).waitFor();
    await expectReadable(page, 'no connection', width);

    await page.context().setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Trending' }).waitFor();
    await page.goto(url + DAY);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await offlineNote(page).count()).toBe(0);
  },
);

test('with a network the page is what the server says now, and without the server what it said last', async () => {
  const { url, database, stop } = await open();
  const { page } = await openBarePage(url, 1440);
  const path = '/papers/trending';
  await page.goto(url + path);
  await expect.poll(() => keptPages(page), { timeout: 60_000 }).toEqual([path]);
  await list(database, '2025-10-29', [
    { record: record('2510.00009', { title: 'The paper that came later' }), votes: 50 },
  ]);
  await page.goto(url + path);
  await page.getByRole('link', { name: 'The paper that came later' }).waitFor();
  const kept = () =>
    page.evaluate(`caches.match('${path}').then((answer) => answer.text())`) as Promise<string>;
  await expect.poll(kept, { timeout: 60_000 }).toContain('The paper that came later');
  await stop();
  await page.goto(`${url}/papers/2510.00001`);
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  await page.goto(url + path);
  await page.getByText(/^The server does not answer: this is the page as of/).waitFor();
  await page.getByRole('link', { name: 'The paper that came later' }).waitFor();
});

test('nothing of anyone’s own is kept', async () => {
  const { url, database } = await open();
  const { page } = await openBarePage(url, 1440);
  const ada = await createPerson(database, { handle: 'ada' });
  const cookie = await signIn({ database, secret: () => SECRET }, ada, url);
  const [name = '', ...value] = cookie.split('=');
  await page.context().addCookies([{ name, value: value.join('='), url }]);
  await page.goto(url + DAY);
  await expect.poll(() => keptPages(page), { timeout: 60_000 }).toEqual([DAY]);
  await page.goto(`${url}/settings`);
  await page.goto(`${url}/papers/2510.00002?mine`);
  await page.goto(`${url}/papers/2510.00001`);
  await expect
    .poll(() => keptPages(page), { timeout: 60_000 })
    .toEqual(['/papers/2510.00001', DAY]);
  await page.context().setOffline(true);
  await page.goto(`${url}/settings`);
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
});

test('where it is switched off, a browser forgets what it kept', async () => {
  const { url, restart } = await open();
  const { page } = await openBarePage(url, 1440);
  await page.goto(url + DAY);
  await expect.poll(() => keptPages(page), { timeout: 60_000 }).toEqual([DAY]);
  await restart({ BROADSHEET_READ_OFFLINE: 'false' });
  await page.goto(url + DAY);
  const workers = () =>
    page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length)');
  await page.evaluate('navigator.serviceWorker.getRegistration().then((one) => one?.update())');
  await expect.poll(workers, { timeout: 60_000 }).toBe(0);
  expect(await page.evaluate('caches.keys()')).toEqual([]);
});
