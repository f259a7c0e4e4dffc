// The whole way of two people through an instance, in real browsers: from the mailed link to the deleted
// account.
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { now } from '../src/base/calendar.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { setupCode } from '../src/people/first-administrator.ts';
import { expectReadable, openBarePage, openPage, WAYS } from './browser.ts';
import { record, save } from './fixtures.ts';
import { signInByMail } from './mailed-link.ts';
import { temporaryFolder } from './test-database.ts';

const SECRET = 'e'.repeat(64);
const PAPER = '2510.30001';
const PATH = `/papers/${PAPER}`;
const BUTTON = `button[data-vote="${PAPER}"]`;

async function introduce(page: Page, name: string, handle: string): Promise<void> {
  expect(new URL(page.url()).pathname).toBe('/settings/profile');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Handle').fill(handle);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`@${handle}`).first().waitFor();
}

/** The paper with what one can do on it. */
async function openOwn(page: Page, url: string, hasScript: boolean): Promise<void> {
  await page.goto(hasScript ? url + PATH : `${url}${PATH}?mine`);
  await page.getByRole('textbox', { name: 'Your comment' }).waitFor();
}

test.each(WAYS)(
  'two people come, take part and one goes, at $width pixels $how script',
  async ({ width, hasScript }) => {
    const data = temporaryFolder();
    const location = `sqlite:${path.join(data, 'broadsheet.db')}`;
    const database = await openDatabase(location);
    onTestFinished(() => database.close());
    await migrate(database);
    await save(database, record(PAPER, { submittedAt: now() }));
    const settings = {
      BROADSHEET_DATA: data,
      BROADSHEET_DATABASE_URL: location,
      BROADSHEET_SECRET: SECRET,
      BROADSHEET_DEMO: 'false',
      BROADSHEET_SUBMIT_WEEKENDS: 'true',
    };
    const { page: ada, url, complaints } = await openPage(width, settings, { hasScript });
    const { page: bob } = await openBarePage(url, width, { hasScript });
    for (const page of [ada, bob]) page.setDefaultTimeout(60_000);
    const look = async (page: Page, name: string) => {
      if (hasScript) await expectReadable(page, `community ${name}`, width);
    };

    const mailing = { url, outbox: path.join(data, 'outbox') };
    await signInByMail(ada, mailing, 'ada@example.org');
    await introduce(ada, 'Ada Lovelace', 'ada');
    await ada.goto(`${url}/setup`);
    await ada.getByLabel('The code that the server printed').fill(setupCode(SECRET));
    await look(ada, 'setup');
    await ada.getByRole('button', { name: 'Become administrator' }).click();
    await ada.waitForURL((address) => address.pathname === '/admin/first-run');

    if (hasScript) {
      const client = await ada.context().newCDPSession(ada);
      await client.send('WebAuthn.enable');
      await client.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
        },
      });
      await ada.goto(`${url}/settings/sign-in`);
      await ada.getByLabel('Name of a new one').fill('My laptop');
      await ada.getByRole('button', { name: 'Add a passkey' }).click();
      await ada.getByText('The passkey was added').waitFor();
      await ada.goto(`${url}/settings`);
      await ada.getByRole('button', { name: 'Sign out' }).click();
      await ada.goto(`${url}/sign-in?next=/papers/submit`);
      await ada.getByRole('button', { name: 'Use a passkey' }).click();
      await ada.waitForURL(`${url}/papers/submit`);
    }

    await ada.goto(`${url}/papers/submit`);
    await ada.getByLabel('arXiv number').fill(`https://arxiv.org/abs/${PAPER}`);
    await ada.getByLabel('Comment').fill('It all follows from $e^{i\\pi} = -1$.');
    await ada.getByRole('button', { name: 'Submit' }).click();
    await ada.waitForURL((address) => address.pathname === PATH);
    await ada.locator('.comment math').waitFor();

    await openOwn(ada, url, hasScript);
    await ada.locator(BUTTON).click();
    await ada.locator(`${BUTTON}[aria-pressed=true]`).waitFor();
    await look(ada, 'voted');
    await openOwn(ada, url, hasScript);
    await ada.getByRole('textbox', { name: 'Your comment' }).fill('And from $\\zeta(2)$.');
    await ada.getByRole('button', { name: 'Comment', exact: true }).click();
    await ada.locator('.comment-text', { hasText: 'And from' }).waitFor();

    await signInByMail(bob, mailing, 'bob@example.org');
    await introduce(bob, 'Bob', 'bob-the-reader');
    await openOwn(bob, url, hasScript);
    const first = bob.locator('.comment.depth-0').first();
    await first.locator('summary', { hasText: 'Reply' }).click();
    await first.getByRole('textbox', { name: /^Your reply to/ }).fill('Does it? Buy my book.');
    await first.getByRole('button', { name: 'Reply', exact: true }).click();
    await bob.locator('.comment.depth-1', { hasText: 'Buy my book' }).waitFor();
    await openOwn(bob, url, hasScript);
    await bob.locator('.comment.depth-0').first().getByRole('link', { name: 'Report' }).click();
    await bob.getByLabel('Reason').selectOption('Off-Topic');
    await bob.getByLabel('What should they know?').fill('Numbers, not papers.');
    await look(bob, 'report');
    await bob.getByRole('button', { name: 'Send the report' }).click();
    await bob.getByRole('heading', { name: 'Thank you' }).waitFor();

    await ada.goto(`${url}/moderation`);
    await ada.getByText('Numbers, not papers.').waitFor();
    await look(ada, 'queue');
    await ada.getByRole('button', { name: 'Dismiss the reports' }).click();
    await ada.getByText('Nothing waits.').waitFor();
    await openOwn(ada, url, hasScript);
    await ada.locator('.comment.depth-1').getByRole('link', { name: 'Report' }).click();
    await ada.getByRole('link', { name: 'act at once' }).click();
    await ada.getByLabel('Reason, for everyone to read').fill('An advertisement');
    await look(ada, 'act');
    await ada.getByRole('button', { name: 'Do it' }).click();
    await ada.getByRole('heading', { name: 'Moderation log' }).waitFor();
    await ada.getByText('An advertisement').waitFor();
    await look(ada, 'log');

    expect(await (await fetch(url + PATH)).text()).not.toContain('Buy my book');
    const download = await bob.context().request.get(`${url}/settings/data.json`);
    expect(await download.text()).toContain('Does it? Buy my book.');
    await bob.goto(`${url}/settings/data`);
    await bob.getByRole('link', { name: 'Delete your account' }).click();
    await bob.getByLabel(/Delete their texts/).check();
    await bob.getByLabel('Write your handle').fill('bob-the-reader');
    await look(bob, 'delete');
    await bob.getByRole('button', { name: 'Delete my account for good' }).click();
    await bob.getByRole('heading', { name: 'Goodbye' }).waitFor();
    const people = await database.read.selectFrom('people').select('handle').execute();
    expect(people).toEqual([{ handle: 'ada' }]);
    expect(complaints).toEqual([]);
  },
);
