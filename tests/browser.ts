// Pages of a served instance in a real browser.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';
import { copyDemo } from './demo-folder.ts';
import { serve } from './program.ts';
import { temporaryFolder } from './test-database.ts';

export const WIDTHS = [390, 1440];
/** Long journeys go both ways once: on a desk with scripts, on a phone without. */
export const WAYS = [
  { width: 1440, hasScript: true, how: 'with' },
  { width: 390, hasScript: false, how: 'without' },
];
/** A machine that does much else is slow, and no failure. */
const ACTION_TIMEOUT_MS = 60_000;
/** What passes a service worker is beyond the reach of a test that cuts or delays requests. */
const WITHOUT_WORKER = { BROADSHEET_READ_OFFLINE: 'false' };
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH as string,
    args: ['--no-sandbox'],
  });
});

afterAll(() => browser?.close());

/** A page, and what the browser complained of while it was open. */
export async function openPage(
  width: number,
  settings: Record<string, string> = {},
  { hasScript = true } = {},
): Promise<{ page: Page; url: string; complaints: string[] }> {
  const folder = settings.BROADSHEET_DATA ?? temporaryFolder();
  if (settings.BROADSHEET_DEMO === undefined) {
    copyDemo(inject('demoFolder'), folder, settings.BROADSHEET_DATABASE_URL);
  }
  const { url } = await serve({ BROADSHEET_DATA: folder, ...WITHOUT_WORKER, ...settings });
  return { ...(await openBarePage(url, width, { hasScript })), url };
}

/** A page for an address that need not be served, with the same watch kept on it. */
export async function openBarePage(
  url: string,
  width: number,
  { hasScript = true } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: hasScript,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const complaints: string[] = [];
  const complain = (text: string) => {
    // Who changes the size of the window while a page comes has done nothing wrong.
    if (!/^Transition was aborted.*Viewport size changed/.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(message.text());
  });
  page.on('pageerror', (error) => complain(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked another host: ${request.url()}`);
  });
  return { page, complaints };
}

/** Of WCAG 2.2 at level AA, and what axe recommends; the size of targets is not asked for unless one says so. */
const OPTIONS = { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };

/** One a page, kept open: with the end of any session Chromium takes away a page's virtual authenticator. */
const sessions = new WeakMap<Page, CDPSession>();

/**
 * Papers far from the window are not set before they come near (styles/lists.css), and have no sizes; afterwards they
 * have, and are cut where they would be. The policy of pages lets no style element in.
 */
export async function setAll(page: Page): Promise<void> {
  await page.evaluate(`if (!window.setsAll) {
    window.setsAll = new CSSStyleSheet();
    window.setsAll.replaceSync('.card{content-visibility:visible!important;contain:layout style paint!important}');
    document.adoptedStyleSheets.push(window.setsAll);
  }`);
}

/** What axe finds wrong with a page as it is shown. */
export async function judge(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) {
    // Past the page's own policy, which forbids scripts that are not its own.
    const client = sessions.get(page) ?? (await page.context().newCDPSession(page));
    sessions.set(page, client);
    await client.send('Runtime.evaluate', { expression: AXE });
  }
  await setAll(page);
  // A colour on its way to another is neither.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined)',
  );
  return page.evaluate(
    `axe.run(${JSON.stringify(OPTIONS)}).then(({ violations }) =>
      violations.map((one) => one.id + ': ' + one.nodes[0].html))`,
  );
}

/** No wider than the window, and without a violation of the rules of accessibility. With SHOTS a picture is kept there. */
export async function expectReadable(page: Page, name: string, width: number): Promise<void> {
  const pageWidth = await page.evaluate('document.documentElement.scrollWidth');
  expect([name, pageWidth]).toEqual([name, width]);
  expect([name, await judge(page)]).toEqual([name, []]);
  const folder = process.env.SHOTS;
  if (!folder) return;
  const file = path.join(folder, `${name.replace(/\W+/g, '-')}-${width}.png`);
  await page.screenshot({ path: file, fullPage: true });
}
