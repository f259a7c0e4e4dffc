// A discussion in a real browser: two people talk about a paper, with and without script.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { HINT_COOKIE } from '../src/people/sessions.ts';
import { expectReadable, openBarePage, openPage, WAYS } from './browser.ts';
import { PAPER, paperToDiscuss } from './comments.ts';
import { createPerson, signIn } from './people.ts';
import { testDatabaseUrl } from './test-database.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const PATH = `/papers/${PAPER}`;
const LONG_REPLY = `# Is it, @ada?

    print("yes, and this line of code is wider than any phone that I know of is high")

| a | b |
|---|---|
| 1 | 2 |

$$${Array.from({ length: 12 }, (_, n) => `\\int_0^1 f_{${n}}(x)\\,dx`).join(' + ')} = 0$$
`;

/** A served paper, and a function that makes the browser that of Ada, of Alan or of nobody. */
async function open(width: number, hasScript: boolean) {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await paperToDiscuss(database);
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
  };
  const opened = await openPage(width, settings, { hasScript });
  const { page, url } = opened;
  const cookies = new Map<string, string>();
  for (const handle of ['ada', 'alan']) {
    const person = await createPerson(database, { handle });
    cookies.set(handle, await signIn({ database, secret: () => SECRET }, person, url));
  }
  const become = async (handle: string | undefined) => {
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

/** The paper as whoever is signed in sees it: the script brings their parts, without it there is a link. */
async function openOwn(page: Page, url: string, hasScript: boolean): Promise<void> {
  await page.goto(url + PATH);
  if (!hasScript) await page.getByRole('link', { name: 'Show what you can do here' }).click();
  await page.getByRole('textbox', { name: 'Your comment' }).waitFor();
}

/** The rules of accessibility need script, so that a page without is looked at as a copy in one with. */
async function lookerAt(
  page: Page,
  url: string,
  { width, hasScript }: { width: number; hasScript: boolean },
): Promise<(name: string) => Promise<void>> {
  if (hasScript) return (name) => expectReadable(page, `comments ${name}`, width);
  const { page: copy } = await openBarePage(url, width);
  await copy.goto(`${url}/about`);
  return async (name) => {
    await copy.setContent(await page.content());
    await expectReadable(copy, `comments plain ${name}`, width);
  };
}

test.each(WAYS)(
  'two people talk at $width pixels $how script',
  {
    timeout: 180_000,
  },
  async ({ width, hasScript }) => {
    const { page, url, complaints, become } = await open(width, hasScript);
    const look = await lookerAt(page, url, { width, hasScript });
    await page.goto(url + PATH);
    expect(await page.getByRole('link', { name: 'Sign in to comment' }).count()).toBe(1);
    await look('visitor');

    await become('ada');
    await openOwn(page, url, hasScript);
    const box = page.getByRole('textbox', { name: 'Your comment' });
    await box.fill('So $$\\sum_{n=1}^\\infty \\frac{1}{n^2} = \\frac{\\pi^2}{6}$$ **it is**.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview math').waitFor();
    await look('preview');
    const address = new URL(page.url()).pathname;
    expect(address).toBe(hasScript ? PATH : `${PATH}/comments`);
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.locator('.comment math').waitFor();
    expect(new URL(page.url()).pathname).toBe(PATH);

    await become('alan');
    await openOwn(page, url, hasScript);
    await page.locator('.comment summary', { hasText: 'Reply' }).click();
    const reply = page.getByRole('textbox', { name: /^Your reply to/ });
    await reply.fill(LONG_REPLY);
    await look('replying');
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await page.locator('.comment.depth-1').waitFor();
    const first = page.locator('.comment.depth-0');
    await first.locator('summary', { hasText: 'React' }).click();
    await look('reacting');
    await first.getByRole('button', { name: 'fire' }).click();
    await first.locator('button[aria-pressed=true]', { hasText: '1' }).waitFor();
    await look('reacted');
    await first.locator('button[aria-pressed=true]').click();
    await first.locator('button[aria-pressed=true]').waitFor({ state: 'detached' });

    await become('ada');
    await openOwn(page, url, hasScript);
    await page.locator('.comment.depth-0').getByRole('link', { name: 'Edit' }).click();
    const words = page.getByRole('textbox', { name: 'Your words' });
    expect(await words.inputValue()).toContain('\\frac{\\pi^2}{6}');
    await words.fill('So I thought.');
    await look('editing');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.comment-text', { hasText: 'So I thought.' }).waitFor();
    await page.getByRole('link', { name: 'edited' }).click();
    await page.locator('pre', { hasText: '\\sum_' }).waitFor();
    await look('history');
    await page.goBack();
    await page.locator('.comment.depth-0 summary', { hasText: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.locator('.tombstone', { hasText: 'Deleted by its author' }).waitFor();
    await look('deleted');

    await become(undefined);
    await page.goto(url + PATH);
    await page.locator('.comment.depth-1 time').click();
    await page.getByRole('heading', { name: /^Comment by/ }).waitFor();
    await look('one comment');
    expect(await page.locator('.comment').count()).toBe(2);
    expect(complaints).toEqual([]);
  },
);

test('what was typed comes back when a session ends before it is sent', async () => {
  const { page, url, complaints, become } = await open(1440, true);
  await become('ada');
  await openOwn(page, url, true);
  await page.getByRole('textbox', { name: 'Your comment' }).fill('My words.');
  await become(undefined);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.locator('text=Sign in first').waitFor();
  await become('ada');
  await openOwn(page, url, true);
  const box = page.getByRole('textbox', { name: 'Your comment' });
  expect(await box.inputValue()).toBe('My words.');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.locator('.comment-text', { hasText: 'My words.' }).waitFor();
  expect(page.url()).not.toContain('done');
  expect(await page.getByRole('textbox', { name: 'Your comment' }).inputValue()).toBe('');
  // The browser itself names the page that refused.
  expect(complaints.filter((one) => !one.includes('401'))).toEqual([]);
});

test('comments and reactions come without another page, and are put back where the server refuses', async () => {
  const { page, url, become } = await open(1440, true);
  await become('ada');
  await openOwn(page, url, true);
  await page.evaluate("document.body.dataset.opened = 'once'");
  const box = page.getByRole('textbox', { name: 'Your comment' });
  const send = page.getByRole('button', { name: 'Comment', exact: true });
  const status = (text: string) => page.getByRole('status').filter({ hasText: text });

  await box.fill('My first words.');
  await page.route('**/api/papers/*/comment', (route) => route.abort());
  await send.click();
  const problem = page.getByRole('alert');
  await problem.filter({ hasText: 'What you wrote stays here' }).waitFor();
  expect(await box.inputValue()).toBe('My first words.');
  expect(await box.getAttribute('aria-invalid')).toBe('true');
  await expectReadable(page, 'a comment that did not arrive', 1440);
  await page.unroute('**/api/papers/*/comment');
  await page.route('**/api/papers/*/comment', (route) =>
    route.fulfill({ status: 429, json: { error: 'That was too often: try again in 9 seconds.' } }),
  );
  await send.click();
  await problem.filter({ hasText: 'too often' }).waitFor();
  await page.unroute('**/api/papers/*/comment');
  await send.click();
  await status('Your comment is there.').waitFor();
  await page.locator('.comment-text', { hasText: 'My first words.' }).waitFor();
  expect(await box.inputValue()).toBe('');

  await page.getByRole('button', { name: 'Undo' }).click();
  await status('Your comment is deleted.').waitFor();
  await page
    .locator('.comment-text', { hasText: 'My first words.' })
    .waitFor({ state: 'detached' });
  expect(await box.inputValue()).toBe('My first words.');
  expect(await page.evaluate('document.body.dataset.opened')).toBe('once');

  await become('alan');
  await page.goto(`${url}${PATH}`);
  await box.fill('Words of another.');
  await send.click();
  await status('Your comment is there.').waitFor();
  const comment = page.locator('.comment', { hasText: 'Words of another.' });
  await page.route('**/api/comments/*/reactions/*', (route) => route.abort());
  await comment.locator('summary', { hasText: 'React' }).click();
  await comment.getByRole('button', { name: 'fire' }).click();
  await status('Your reaction did not arrive').waitFor();
  expect(await comment.locator('button[aria-pressed=true]').count()).toBe(0);
  await page.unroute('**/api/comments/*/reactions/*');
  await comment.getByRole('button', { name: 'fire' }).click();
  await status('🔥 is there.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await status('🔥 is taken back.').waitFor();
  expect(await comment.locator('button[aria-pressed=true]').count()).toBe(0);
  await page.goto(`${url}${PATH}`);
  await box.waitFor();
  expect(await comment.locator('button[aria-pressed=true]').count()).toBe(0);
});
