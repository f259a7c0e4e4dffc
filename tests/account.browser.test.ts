// An account in a real browser: its pages at the width of a phone and of a desk, and a passkey that
// Chromium's own authenticator makes.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { Person } from '../src/people/person.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { comment, paperToDiscuss } from './comments.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-long-enough-for-it';

/** A served instance, and a browser in which an administrator is signed in. */
async function open(width: number, { hasScript = true, settings = {} } = {}) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const opened = await openPage(
    width,
    {
      BROADSHEET_DATABASE_URL: location,
      BROADSHEET_SECRET: SECRET,
      BROADSHEET_DEMO: 'false',
      ...settings,
    },
    { hasScript },
  );
  const person = await createPerson(database, { handle: 'ada-lovelace', role: 'administrator' });
  await enter(opened.page, database, person, opened.url);
  return { ...opened, database, person };
}

async function enter(page: Page, database: Database, person: Person, url: string): Promise<void> {
  const cookie = await signIn({ database, secret: () => SECRET }, person, url);
  const [name = '', ...value] = cookie.split('=');
  await page
    .context()
    .addCookies([{ name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' }]);
}

/** People, comments and log entries, so that no page is empty. */
async function fill(database: Database, person: Person): Promise<void> {
  const paperKey = await paperToDiscuss(database);
  await comment(database, person, { paperKey, raw: 'A longer thought on **this** paper.' });
  const invited = await createPerson(database, { handle: 'grace' });
  const banned = await createPerson(database, { handle: 'a-very-long-handle-of-30-signs' });
  await database.transact(async (tx) => {
    await tx
      .updateTable('people')
      .set({
        affiliation: 'Analytical Engines',
        about: 'Notes on the engine.\nAnd on numbers.',
        links: JSON.stringify([`https://example.org/${'long-'.repeat(40)}`]),
        orcid: '0000-0002-1825-0097',
      })
      .where('id', '=', person.id)
      .execute();
    await tx
      .updateTable('people')
      .set({ invited_by: person.id })
      .where('id', '=', invited.id)
      .execute();
    await tx
      .updateTable('people')
      .set({ barred_until: '2999-01-01T00:00:00.000Z', barred_by: 'suspend' })
      .where('id', '=', banned.id)
      .execute();
    await tx
      .insertInto('audit_log')
      .values({
        acted_at: '2025-10-29T10:00:00.000Z',
        actor_id: person.id,
        action: 'role changed',
        subject_id: invited.id,
        details: '{"from":"reader","to":"member"}',
      })
      .execute();
  });
}

const PATHS = [
  '/settings',
  '/settings/profile?welcome=1',
  '/settings/sign-in',
  '/settings/sessions',
  '/settings/tokens',
  '/settings/data',
  '/settings/delete',
  '/goodbye',
  '/invitations',
  '/invitations/tree',
  '/admin/people',
  '/admin/audit',
  '/about/roles',
  '/people/ada-lovelace',
  '/people/ada-lovelace?show=votes',
];

/** Many pages, each of which axe looks through. */
const LONG = { timeout: 120_000 };

test.each(WIDTHS)('the pages of an account can be read at %i pixels', LONG, async (width) => {
  const settings = { BROADSHEET_GITHUB_ID: 'x', BROADSHEET_GITHUB_SECRET: 'y' };
  const { page, url, database, person, complaints } = await open(width, { settings });
  await fill(database, person);
  for (const path of PATHS) {
    const response = await page.goto(url + path);
    expect([path, response?.status()]).toEqual([path, 200]);
    await expectReadable(page, `account ${path}`, width);
  }
  await page.goto(`${url}/settings/tokens`);
  await page.getByLabel('What it is for').fill('my script');
  await page.getByRole('checkbox', { name: 'vote' }).check();
  await page.getByRole('button', { name: 'Make the token' }).click();
  expect(await page.locator('code.once').textContent()).toMatch(/^bsh_/);
  await expectReadable(page, 'account a new token', width);
  await page.goto(`${url}/settings/tokens`);
  await expectReadable(page, 'account tokens', width);
  await page.goto(`${url}/invitations`);
  await page.getByLabel('A line to whom').fill('For Grace');
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  expect(await page.locator('code.once').textContent()).toContain(`${url}/join/`);
  await expectReadable(page, 'account a new invitation', width);
  expect(complaints).toEqual([]);
});

test('a wrong form is shown again with all that was typed, and readable', async () => {
  const { page, url } = await open(390);
  await page.goto(`${url}/settings/profile`);
  await page.getByLabel('Name', { exact: true }).fill('Ada, Countess');
  await page.getByLabel('ORCID iD').fill('0000-0002-1825-0098');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada, Countess');
  expect(await page.locator('#orcid-problem').textContent()).toContain('mistyped');
  await expectReadable(page, 'account a wrong profile', 390);
  await page.getByLabel('ORCID iD').fill('0000-0002-1825-0097');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
});

test('a passkey is made, signs in, is renamed and removed', async () => {
  const { page, url, database, complaints } = await open(1440);
  const home = url.replace('127.0.0.1', 'localhost');
  expect(home).toBe(url);
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto(`${url}/settings/sign-in`);
  await page.getByLabel('Name of a new one').fill('My laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey was added').waitFor();
  const { credentials } = await client.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);
  await expectReadable(page, 'account passkeys', 1440);
  // The same authenticator makes no second one.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('has a passkey of yours already').waitFor();

  await page.goto(`${url}/settings`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${url}/sign-in?next=/settings/sign-in`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(`${url}/settings/sign-in`);
  await page.getByRole('textbox', { name: 'Name of the passkey' }).fill('Old laptop');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByText('Renamed.').waitFor();
  await page.getByRole('button', { name: 'Remove Old laptop' }).click();
  await page.getByText('Removed.').waitFor();
  expect(await database.read.selectFrom('passkeys').selectAll().execute()).toEqual([]);
  const log = await database.read.selectFrom('audit_log').select('action').orderBy('id').execute();
  expect(log.map(({ action }) => action)).toEqual([
    'sign-in method added',
    'sign-in method removed',
  ]);

  await page.goto(`${url}/settings`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${url}/sign-in`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('Nobody here has that passkey').waitFor();
  expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
});

test('at a number instead of a name the page says where passkeys work', async () => {
  const { page, url, database, person } = await open(390);
  const number = url.replace('localhost', '127.0.0.1');
  await enter(page, database, person, number);
  await page.goto(`${number}/settings/sign-in`);
  await page.getByText(`open ${url} instead`).waitFor();
  expect(await page.getByRole('button', { name: 'Add a passkey' }).isVisible()).toBe(false);
});

test('without script an account is deleted, and the browser is signed out', async () => {
  const { page, url, database } = await open(390, { hasScript: false });
  await createPerson(database, { role: 'administrator' });
  await page.goto(`${url}/settings/data`);
  await page.getByRole('link', { name: 'Delete your account' }).click();
  await page.getByLabel('Keep their texts, without a name').check();
  await page.getByLabel('Write your handle').fill('ada');
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  expect(await page.locator('.field-problem').textContent()).toContain('That is not your handle');
  expect(await page.getByLabel('Keep their texts, without a name').isChecked()).toBe(true);
  await page.getByLabel('Write your handle').fill('ada-lovelace');
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Goodbye');
  expect(await page.context().cookies()).toEqual([]);
  const response = await page.goto(`${url}/people/ada-lovelace`);
  expect(response?.status()).toBe(404);
});
