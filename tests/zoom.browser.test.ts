// The main pages twice as large, by the window (WCAG 1.4.10, reflow) and by the letters alone (1.4.4).
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBarePage, setAll } from './browser.ts';
import { DAY, PAPER } from './corners.ts';
import { type LivingInstance, openLivingInstance } from './living-instance.ts';

const LONG = { timeout: 240_000 };

let instance: LivingInstance;
beforeAll(async () => {
  instance = await openLivingInstance();
}, 120_000);
afterAll(() => instance?.close());

/** Widths in CSS pixels; letters in the reader's pixels, of which browsers take 16 unless told otherwise. */
const VIEWS = [
  { name: '200 % of a window of 1280', width: 640, letters: 16 },
  { name: '400 % of a window of 1280', width: 320, letters: 16 },
  { name: 'letters of twice the size', width: 1280, letters: 32 },
  { name: 'letters of twice the size on a phone', width: 390, letters: 32 },
];

test.each(VIEWS)(
  'nothing is cut off, covered or wider than the window at $name',
  LONG,
  async ({ width, letters }) => {
    const { page } = await openBarePage(instance.url, width);
    await instance.enter(page.context(), 'member');
    const client = await page.context().newCDPSession(page);
    await client.send('Page.setFontSizes', {
      fontSizes: { standard: letters, fixed: letters - 3 },
    });
    const { corners } = instance;
    const faults: string[] = [];
    for (const path of [
      `/papers/date/${DAY}`,
      '/papers/week/2025-W44?mine',
      '/papers/trending',
      `/papers/${PAPER}?mine`,
      `/papers/${PAPER}/cite`,
      '/papers?q=diffusion',
      '/categories/cs.LG',
      '/about',
      '/about/roles',
      '/feeds',
      '/subscribe',
      '/sign-in',
      '/papers/submit',
      '/settings/profile',
      '/settings/alerts/new',
      `/settings/digests/${corners.digestId}`,
      `/settings/channels/${corners.channel.id}`,
    ]) {
      await page.goto(instance.url + path);
      expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe(
        `${letters}px`,
      );
      faults.push(...(await faultsOf(page)).map((fault) => `${path} ${fault}`));
    }
    expect(faults).toEqual([]);
  },
);

/**
 * The page must not scroll sideways, no text may end where its box is cut, and no two texts may lie over each
 * other. What scrolls by itself (formulas, code, tables) and what is for those who listen is left out.
 */
async function faultsOf(page: Page): Promise<string[]> {
  await setAll(page);
  return page.evaluate(`(() => {
    const faults = [];
    const named = (element) => element.tagName.toLowerCase() + '.' + element.className + ' "' +
      element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 50) + '"';
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) {
      const widest = [...document.body.querySelectorAll('*')].filter((one) =>
        one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('math, pre, table, .unseen'));
      faults.push('is ' + over + ' pixels too wide: ' + widest.slice(0, 2).map(named));
    }
    const isClipped = (element) => {
      for (let box = element; box; box = box.parentElement) {
        if (getComputedStyle(box).clipPath === 'inset(50%)') return true;
      }
      return false;
    };
    const isForEyes = (element) => !element.closest('.skip, math, pre, svg') &&
      (element.closest('summary') || !element.closest('details:not([open])')) &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !isClipped(element);
    const scrolls = (element) => {
      for (let box = element; box; box = box.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      const cuts = /hidden|clip/.test(style.overflowX + style.overflowY) || /paint/.test(style.contain);
      if (!cuts || !isForEyes(element)) continue;
      if (!element.textContent.trim()) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        faults.push('cuts off ' + named(element));
      }
    }
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || !isForEyes(parent) || scrolls(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 2 && box.height > 2) texts.push({ box, parent });
      }
    }
    texts.sort((one, other) => one.box.top - other.box.top);
    for (const [at, one] of texts.entries()) {
      for (let next = at + 1; next < texts.length && texts[next].box.top < one.box.bottom; next++) {
        const other = texts[next];
        if (other.parent === one.parent) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        // Lines of one paragraph touch; what is set small or high stands within its line.
        if (across > 2 && down > Math.min(one.box.height, other.box.height) / 2) {
          faults.push('lays ' + named(other.parent) + ' over ' + named(one.parent));
        }
      }
    }
    return [...new Set(faults)].slice(0, 10);
  })()`);
}
