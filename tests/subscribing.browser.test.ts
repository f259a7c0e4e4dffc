// From the banner above a list to the mail and back, and out again by the mail program's button.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { signId } from '../src/digests/signed-id.ts';
import { expectReadable, openPage, WIDTHS } from './browser.ts';
import { list, record } from './fixtures.ts';
import { linkIn, openMailServer } from './mail-server.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-long-enough-for-it';
const DAY = '2025-10-29';
/** Chromium's own zone in the tests, which is not the instance's. */
const ZONE = 'Pacific/Auckland';

async function open(hasScript: boolean) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await list(database, DAY, [{ record: record('2510.20001'), votes: 3 }]);
  const mail = await openMailServer();
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
    BROADSHEET_SMTP_URL: mail.url,
    BROADSHEET_TIME_ZONE: ZONE,
  };
  const opened = await openPage(WIDTHS[0] as number, settings, { hasScript });
  return { ...opened, database, mail };
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test.each([true, false])(
  'a visitor subscribes, changes, pauses and ends it; script: %s',
  async (hasScript) => {
    const { page, url, mail, database, complaints } = await open(hasScript);
    // Without script axe cannot look; the pages are the same.
    const look = async (name: string, width: number) => {
      if (hasScript) await expectReadable(page, `subscribing ${name}`, width);
    };
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${url}/papers/date/${DAY}`);
      await look('banner', width);
      const email = `reader${width}@example.org`;
      await page.getByLabel('trending papers in your email inbox').fill(email);
      await press(page, 'Subscribe');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        'Look into your mail',
      );
      await look('asked', width);

      const sent = await mail.nth(WIDTHS.indexOf(width) + 1);
      await page.goto(url + linkIn(sent, '/subscribe/confirm/'));
      await look('confirm', width);
      await press(page, 'Confirm');
      expect(await page.getByRole('status').first().textContent()).toContain('You are subscribed');
      // Without script the instance's zone, with script the browser's.
      const zone = hasScript
        ? await page.evaluate('Intl.DateTimeFormat().resolvedOptions().timeZone')
        : ZONE;
      expect(await page.getByLabel('In the time zone of').inputValue()).toBe(zone);
      await look('manage', width);

      await page.getByLabel('Weekly, on Monday').check();
      await page.getByLabel('The day’s list').check();
      await page.getByText('Other categories, authors, searches').click();
      await page.getByLabel('Authors, one name a line').fill('Ada Lovelace\nÉva Tardos');
      await page.getByLabel('Search 1', { exact: true }).fill('layer normalization');
      await page.getByLabel('How search 1 finds papers').selectOption('meaning');
      await page.getByLabel('Other categories, separated by commas').fill('cooking');
      await press(page, 'Save');
      expect(await page.locator('#categories-problem').textContent()).toContain('"cooking"');
      await look('a problem', width);
      await page.getByLabel('Other categories, separated by commas').fill('quant-ph');
      await press(page, 'Save');
      await page.getByRole('button', { name: 'Pause Ada Lovelace' }).click();
      await press(page, 'Pause it');
      await look('changed', width);
      await press(page, 'Go on');
      const row = await database.read
        .selectFrom('subscriptions')
        .selectAll()
        .where('email', '=', email)
        .executeTakeFirstOrThrow();
      expect(row).toMatchObject({ state: 'active', cadence: 'weekly' });
      expect(row.topics).toContain('{"topic":"author:ada-lovelace","isPaused":true}');

      const unsubscribe = `${url}/unsubscribe/${signId(SECRET, 'end subscription', row.id)}`;
      const manage = page.url();
      await page.goto(unsubscribe);
      await look('unsubscribe', width);
      const answer = await fetch(unsubscribe, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'error',
      });
      expect(answer.status).toBe(200);
      await page.reload();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        'You are unsubscribed',
      );
      await page.goto(manage);
      await look('ended', width);
      await press(page, 'Subscribe again');
      expect(await page.getByRole('button', { name: 'Unsubscribe' }).count()).toBe(1);
    }
    expect(complaints.filter((text) => !/400/.test(text))).toEqual([]);
  },
);

test('a member makes, names and deletes a digest', async () => {
  const { page, url, database, complaints } = await open(true);
  const person = await createPerson(database, { handle: 'ada' });
  const cookie = await signIn({ database, secret: () => SECRET }, person, url);
  const [name = '', ...value] = cookie.split('=');
  await page
    .context()
    .addCookies([{ name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' }]);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${url}/settings/digests`);
    await expectReadable(page, 'digests none', width);
    await page.getByRole('link', { name: 'Make a digest' }).click();
    await page.getByLabel('Name, as you call it').fill('Reading group on normalization');
    await expectReadable(page, 'digests new', width);
    await press(page, 'Make the digest');
    await expectReadable(page, 'digests made', width);
    await page.goto(`${url}/settings/digests`);
    await expectReadable(page, 'digests list', width);
    await page.goto(`${url}/subscribe`);
    await expectReadable(page, 'subscribe', width);
    await page.goto(`${url}/settings/digests`);
    await page.getByRole('link', { name: 'Reading group on normalization' }).click();
    await press(page, 'Unsubscribe');
    await press(page, 'Delete');
    expect(await page.getByRole('status').first().textContent()).toBe('Deleted.');
  }
  expect(complaints).toEqual([]);
});
