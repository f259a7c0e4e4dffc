// From an author's page and from a search to alerts, and what they found, with and without script.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { addDays, today } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { authors, record, save } from './fixtures.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-long-enough-for-it';
const AUTHOR = 'José García-Márquez';
const LONG =
  'On the normalization of layers in very deep networks, with applications to many things';

async function open(hasScript: boolean) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const announcedOn = addDays(today(), -1);
  await save(
    database,
    ...[LONG, 'A short note on $\\mathcal{O}(n)$ graphs', 'Expanders'].map((title, n) =>
      record(`2510.0000${n + 1}`, { title, announcedOn, authors: authors(AUTHOR) }),
    ),
  );
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
    BROADSHEET_OFFLINE: 'true',
  };
  const opened = await openPage(WIDTHS[0] as number, settings, { hasScript });
  const person = await createPerson(database, { handle: 'ada' });
  const cookie = await signIn({ database, secret: () => SECRET }, person, opened.url);
  const [name = '', ...value] = cookie.split('=');
  const kept = { name, value: value.join('='), url: opened.url };
  await opened.page.context().addCookies([kept]);
  return { ...opened, database };
}

/** As if the alerts had looked. */
async function findAll(database: Database): Promise<void> {
  const papers = await database.read.selectFrom('papers').select('key').execute();
  const alerts = await database.read.selectFrom('alerts').select('id').execute();
  const at = '2025-10-30T07:10:00.000Z';
  const rows = alerts.flatMap(({ id }) =>
    papers.map(({ key }) => ({ alert_id: id, paper_key: key, day: today(), matched_at: at })),
  );
  await database.transact((tx) => tx.insertInto('alert_matches').values(rows).execute());
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test.each([true, false])('a member makes and changes alerts; script: %s', async (hasScript) => {
  const { page, url, database, complaints } = await open(hasScript);
  // Without script axe cannot look; the pages are the same.
  const look = async (name: string) => {
    if (!hasScript) return;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await expectReadable(page, `alerts ${name}`, width);
    }
  };
  await page.goto(`${url}/authors/jose-garcia-marquez`);
  await look('author');
  await page.getByRole('link', { name: 'Alert me of new papers under this name' }).click();
  await page.getByText('It would have told you of 3 papers:').waitFor();
  expect(await page.getByLabel('Search, or name of the author').inputValue()).toBe(AUTHOR);
  await look('new');
  await press(page, 'Make the alert');
  await page.getByText('Made. It tells you of what comes from now on.').waitFor();

  await page.goto(`${url}/papers?q=normalization+layers`);
  await look('search');
  await page.getByRole('link', { name: 'Alert me of new papers like these' }).click();
  await page.getByLabel('Search, or name of the author').fill('the of');
  await page.getByLabel('have all of the words').check();
  await press(page, 'Make the alert');
  await page.getByText('This asks for nothing that could be found: add a word.').waitFor();
  await look('problem');
  expect(await page.getByLabel('have all of the words').isChecked()).toBe(true);
  await page.getByLabel('Search, or name of the author').fill('normalization layers');
  await page.getByLabel('by mail as soon as').uncheck();
  await press(page, 'Make the alert');
  await page.getByText('Made.').waitFor();
  await look('empty');

  await findAll(database);
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByText('told here only').waitFor();
  await look('list');
  await page.getByRole('link', { name: 'normalization layers' }).click();
  await page.getByRole('heading', { name: '3 papers found' }).waitFor();
  await look('own');
  await press(page, 'Pause');
  await page.getByText('Paused: what comes meanwhile is not told.').waitFor();
  await press(page, 'Go on');
  await page.getByText('It goes on with what comes from now on.').waitFor();
  await press(page, 'Delete');
  await page.getByText('Deleted.').waitFor();
  expect(await page.getByText('normalization layers').count()).toBe(0);
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
});
