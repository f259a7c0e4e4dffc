// Every page of the program, looked at by axe and by rules of our own, narrow and wide, light and dark.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ruledRoutes } from '../src/http/route-rules.ts';
import { allPages, NO_PAGES, type Pages, type Viewer } from './all-pages.ts';
import { judge, openBarePage } from './browser.ts';
import { type LivingInstance, openLivingInstance } from './living-instance.ts';

/** All pages of a viewer, each of which axe looks through twice. */
const LONG = { timeout: 600_000 };

let instance: LivingInstance;
let pages: Pages;

beforeAll(async () => {
  instance = await openLivingInstance();
  pages = allPages(instance.corners);
}, 120_000);
afterAll(() => instance?.close());

test('no page is forgotten', () => {
  const routes = ruledRoutes()
    .filter((route) => route.startsWith('GET '))
    .map((route) => route.slice('GET '.length));
  const isPage = (route: string) => !NO_PAGES.some(([pattern]) => pattern.test(route));
  expect(Object.keys(pages).sort()).toEqual(routes.filter(isPage).sort());
  const astray = Object.entries(pages).flatMap(([route, viewers]) => {
    const pattern = new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}(?:\\?|$)`);
    return Object.values(viewers)
      .flat()
      .filter((path) => !pattern.test(path));
  });
  expect(astray).toEqual([]);
});

test.each(['visitor', 'member', 'moderator', 'administrator'] as const)(
  'every page of a %s can be read by anyone',
  LONG,
  async (viewer) => {
    const { page, complaints } = await openAs(viewer);
    const paths = Object.values(pages).flatMap((viewers) => viewers[viewer] ?? []);
    const faults: string[] = [];
    for (const path of paths) {
      await page.setViewportSize({ width: NARROW, height: 900 });
      const response = await page.goto(instance.url + path);
      if (!response?.headers()['content-type']?.startsWith('text/html'))
        faults.push(`${path} is no page`);
      faults.push(...(await faultsOf(page)).map((fault) => `${path} ${fault}`));
    }
    expect(faults).toEqual([]);
    // The browser itself names the pages that say that something is not there.
    expect(complaints.filter((one) => !/status of (?:400|404)/.test(one))).toEqual([]);
  },
);

const NARROW = 390;
const WIDE = 1440;

async function openAs(viewer: Viewer) {
  const opened = await openBarePage(instance.url, NARROW);
  if (viewer !== 'visitor') await instance.enter(opened.page.context(), viewer);
  return opened;
}

async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = await page.evaluate(STRUCTURE);
  for (const [width, colorScheme] of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    // Still: a colour on its way to another is neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await judge(page);
    faults.push(...found.map((fault) => `at ${width}, ${colorScheme}: ${fault}`));
    const over: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (over > 0) faults.push(`at ${width}: ${over} pixels too wide`);
  }
  return faults;
}

const LOOKS: [width: number, scheme: 'light' | 'dark'][] = [
  [NARROW, 'light'],
  [WIDE, 'dark'],
];

/** What axe has no rule for: one main heading, a language, formulas that can be spoken, styles and scripts of our own. */
const STRUCTURE = `(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const headings = all('h1').length;
  if (headings !== 1) faults.push('has ' + headings + ' main headings');
  if (!document.documentElement.lang) faults.push('has no language');
  if (!document.title.trim()) faults.push('has no title');
  for (const name of ['header', 'main', 'footer']) {
    if (!document.querySelector('body > ' + name)) faults.push('has no ' + name);
  }
  for (const math of all('math')) {
    const spoken = math.querySelector('mi, mn, mo, mtext') && math.textContent.trim();
    if (!spoken && !math.getAttribute('alttext')) faults.push('has a formula that says nothing');
  }
  return faults;
})()`;
