// The next issue as a reader looks at it, and the mail by itself.
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { signId } from '../src/digests/signed-id.ts';
import { expectReadable, openBarePage, openPage, WIDTHS } from './browser.ts';
import { list, record } from './fixtures.ts';
import { addSubscription } from './mail-rows.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
const MAIL_WIDTHS = [390, 700];

async function open(width: number) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const papers = ['2510.00001', '2510.00002', '2510.00003'].map((id, n) => ({
    record: record(id, { title: `The paper number ${n + 1} of the day` }),
    votes: 30 - 10 * n,
  }));
  await list(database, '2025-10-29', papers);
  const id = await addSubscription(database, {
    topics: '[{"topic":"list","isPaused":false},{"topic":"category:cs.LG","isPaused":false}]',
    next_at: '2999-01-07T07:00:00.000Z',
  });
  const opened = await openPage(width, {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
  });
  const path = `/subscription/${signId(SECRET, 'manage subscription', id)}/preview`;
  return { ...opened, address: opened.url + path };
}

test.each(WIDTHS)('the next issue stands in a frame of its own, at %i pixels', async (width) => {
  const { page, address, complaints } = await open(width);
  await page.goto(address);
  const mail = page.frameLocator('iframe');
  await mail.getByRole('heading', { name: 'Daily papers of 29 October 2025' }).waitFor();
  expect(await mail.getByRole('heading', { level: 2 }).count()).toBe(3);
  await expectReadable(page, 'issue preview', width);
  expect(complaints).toEqual([]);
  if (width !== WIDTHS[0]) return;
  const html = await (await fetch(`${address}?part=html`)).text();
  for (const mailWidth of MAIL_WIDTHS) await expectMailReadable(html, mailWidth);
});

/** On no site: whatever it asked for would be asked of another host. */
async function expectMailReadable(html: string, width: number): Promise<void> {
  const { page, complaints } = await openBarePage('about:', width);
  await page.setContent(html);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectReadable(page, `mail ${colorScheme}`, width);
  }
  expect(complaints).toEqual([]);
}
