// What comments look like to a real browser that would do anything they ask.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../src/comments/markdown/render-markdown.ts';
import { findForbiddenInTag } from './allowed-html.ts';
import { openBarePage } from './browser.ts';
import { HOSTILE_REFERENCES, XSS_VECTORS } from './xss-vectors.ts';

const HERE = 'http://broadsheet.example';

/** Everything a reader could do to every element, without leaving the page. */
const TOUCH_ALL = `(() => {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a');
    if (link && /^(?:https?|mailto):$/.test(link.protocol)) event.preventDefault();
  });
  const events = ['click', 'dblclick', 'mouseover', 'mouseenter', 'pointerenter', 'focus', 'blur'];
  for (const element of document.querySelectorAll('main *')) {
    element.focus?.();
    for (const name of events) {
      element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
    }
  }
})()`;
/** Written out and read again: what changes its meaning then has hidden something. */
const READ_AGAIN = `(() => {
  const main = document.querySelector('main');
  const before = main.innerHTML;
  main.innerHTML = before;
  return main.innerHTML === before;
})()`;
const LIST_ALL = `[...document.querySelectorAll('main article *')].map((element) => [
  element.localName,
  Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
])`;

/** A page of this content alone, without a policy, and what happens there. */
async function openContent(
  articles: string[],
): Promise<{ page: Page; happened: () => Promise<unknown[]> }> {
  const { page, complaints } = await openBarePage(HERE, 1440);
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const body = articles.map((html) => `<article>${html}</article>`).join('\n');
  await page.route('**/*', (route) => route.abort());
  await page.route(`${HERE}/comments`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><title>Comments</title><main>${body}</main></html>`,
    }),
  );
  await page.goto(`${HERE}/comments`);
  const happened = async () => {
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))',
    );
    return [
      ...complaints,
      ...((await page.evaluate('window.__xss ? ["script ran"] : []')) as string[]),
    ];
  };
  return { page, happened };
}

test('the page notices what runs or asks another host', async () => {
  const { happened } = await openContent([
    '<img src="https://evil.example/x.png">',
    '<svg onload="window.__xss=1;alert(1)"></svg>',
  ]);
  expect((await happened()).sort()).toEqual(
    expect.arrayContaining([
      'asked another host: https://evil.example/x.png',
      'dialog: 1',
      'script ran',
    ]),
  );
});

test('no comment runs a script, asks another host or changes when it is read again', async () => {
  const outputs = XSS_VECTORS.flatMap((vector) => [
    renderMarkdown(vector, HOSTILE_REFERENCES),
    renderMarkdown(`> a ${vector} b`, HOSTILE_REFERENCES),
  ]);
  const { page, happened } = await openContent(outputs);
  expect(await page.locator('main > article').count()).toBe(outputs.length);
  await page.evaluate(TOUCH_ALL);
  expect(await happened()).toEqual([]);
  expect(await page.evaluate(READ_AGAIN)).toBe(true);
  await page.evaluate(TOUCH_ALL);
  expect(await happened()).toEqual([]);
  expect(page.url()).toMatch(/\/comments$/);

  const elements = (await page.evaluate(LIST_ALL)) as [string, Record<string, string>][];
  expect(elements.length).toBeGreaterThan(outputs.length);
  expect(elements.flatMap(([name, attributes]) => findForbiddenInTag(name, attributes))).toEqual(
    [],
  );
});
