// A paper's way onto the day's list in a real browser, and what an editor does to it.
import { expect, onTestFinished, test } from 'vitest';
import { today } from '../src/base/calendar.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { Role } from '../src/people/roles.ts';
import { HINT_COOKIE } from '../src/people/sessions.ts';
import { expectReadable, openPage, WAYS } from './browser.ts';
import { record, save } from './fixtures.ts';
import { startPaperPages } from './paper-pages.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = 'f'.repeat(64);
const PAPER = '2510.20001';
const UNREACHABLE = 'http://127.0.0.1:9';

/** A served instance with one paper, and a function that makes the browser that of somebody or of nobody. */
async function open(width: number, hasScript: boolean) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await save(
    database,
    record(PAPER, { title: 'On $x^2$ and a title that is long enough to need a second line' }),
  );
  const pages = await startPaperPages();
  const opened = await openPage(
    width,
    {
      ...pages.settings,
      BROADSHEET_DATABASE_URL: location,
      BROADSHEET_SECRET: SECRET,
      BROADSHEET_DEMO: 'false',
      BROADSHEET_OFFLINE: 'false',
      BROADSHEET_ARXIV_OAI_URL: UNREACHABLE,
      BROADSHEET_ARXIV_RSS_URL: UNREACHABLE,
      BROADSHEET_ARXIV_API_URL: UNREACHABLE,
      BROADSHEET_SUBMIT_WITHIN_DAYS: '0',
      BROADSHEET_SUBMIT_WEEKENDS: 'true',
    },
    { hasScript },
  );
  const { page, url } = opened;
  page.setDefaultTimeout(60_000);
  const people = { ada: 'member', eve: 'editor' } satisfies Record<string, Role>;
  const cookies = new Map<string, string>();
  for (const [handle, role] of Object.entries(people)) {
    const person = await createPerson(database, { handle, role });
    cookies.set(handle, await signIn({ database, secret: () => SECRET }, person, url));
  }
  const become = async (handle: keyof typeof people | undefined) => {
    const context = page.context();
    await context.clearCookies();
    if (handle === undefined) return;
    const session = (cookies.get(handle) ?? '').split(';')[0] ?? '';
    const [name = '', ...value] = session.split('=');
    await context.addCookies([
      { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' },
      { name: HINT_COOKIE, value: '1', url, sameSite: 'Lax' },
    ]);
  };
  return { ...opened, become };
}

test.each(WAYS)(
  'a paper is submitted and edited at $width pixels $how script',
  {
    timeout: 180_000,
  },
  async ({ width, hasScript }) => {
    const { page, url, complaints, become } = await open(width, hasScript);
    // Without script the page cannot be asked about accessibility; it is the same page.
    const look = async (name: string) => {
      if (hasScript) await expectReadable(page, `submit ${name}`, width);
    };
    await page.goto(url);
    await page.getByRole('link', { name: 'Submit a paper' }).first().click();
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await become('ada');
    await page.goto(`${url}/papers/submit?url=https://arxiv.org/abs/${PAPER}`);
    await page.locator('.paper-line math').waitFor();
    await look('form');
    await page.getByText('Submit from any page').click();
    expect(await page.getByLabel('Address of the bookmark').inputValue()).toBe(
      `javascript:location.href="${url}/papers/submit?url="+encodeURIComponent(location.href)`,
    );
    await look('bookmark');
    await page.getByLabel('Comment').fill('Read it for **the proof**.');
    await page.getByLabel('Project page').fill('https://example.org/project');
    await page.getByLabel('Code repository').fill('https://example.org/no-repository');
    await page.getByLabel(/^Pictures or videos/).fill('https://example.org/a.png');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.field-problem', { hasText: 'address of one' }).waitFor();
    await look('problem');
    expect(await page.getByLabel('Comment').inputValue()).toBe('Read it for **the proof**.');
    await page.getByLabel('Code repository').fill('https://github.com/ada/engine');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.comment-text strong', { hasText: 'the proof' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/papers/${PAPER}`);
    await page.getByRole('link', { name: 'The person ada' }).first().waitFor();
    await page.getByRole('link', { name: 'Media', exact: true }).waitFor();
    await look('paper');

    await page.goto(`${url}/papers/submit`);
    await page.getByLabel('arXiv number').fill('doi.org/10.5555/number-one');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: /is being fetched|is on the list/ }).waitFor();
    if (await page.getByRole('heading', { name: 'is being fetched' }).count())
      await look('waiting');
    await page.getByRole('heading', { name: 'Your paper is on the list' }).waitFor();
    await look('listed');
    await page.goto(`${url}/papers/submit`);
    await page.getByLabel('arXiv number').fill('10.5555/none');
    await page.getByLabel('Comment').fill('Not in vain.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Your paper was not listed' }).waitFor();
    await look('refused');
    await page.getByRole('link', { name: 'Change it and try again' }).click();
    expect(await page.getByLabel('Comment').inputValue()).toBe('Not in vain.');
    await look('again');

    await become('eve');
    const day = `${url}/papers/date/${today()}`;
    await page.goto(`${day}?mine`);
    await page
      .locator('.byline', { hasText: 'by The person eve and the research community' })
      .waitFor();
    const card = page.locator('article', { hasText: 'Registered as' });
    await card.getByText('Edit', { exact: true }).click();
    await look('editing');
    await card.getByLabel(/^Why read this/).fill('A first, and short.');
    await card.getByRole('button', { name: 'Pin to the top' }).click();
    const pinned = page.locator('article').first();
    await pinned.getByText('A first, and short.').first().waitFor();
    await pinned.getByText('Edit', { exact: true }).click();
    await pinned.getByRole('button', { name: 'Take off the list' }).click();
    await page.getByRole('heading', { name: 'Taken off the list' }).waitFor();
    await look('unlisted');
    await page.goto(`${url}/papers/doi:10.5555/number-one/entry/${today()}`);
    await look('entry');
    await page.getByRole('button', { name: 'Put back on the list' }).click();
    await page.waitForURL(/\?mine/);
    await page.goto(`${url}/papers/${PAPER}/links`);
    expect(await page.getByLabel('Code repository').inputValue()).toBe(
      'https://github.com/ada/engine',
    );
    await look('links');

    await become(undefined);
    await page.goto(day);
    expect(await page.locator('article').count()).toBe(2);
    expect(await page.getByText('Edit', { exact: true }).count()).toBe(0);
    await look('day');
    // The browser itself names the answers that refused a form.
    expect(complaints.filter((one) => !/status of (?:400|409)/.test(one))).toEqual([]);
  },
);
