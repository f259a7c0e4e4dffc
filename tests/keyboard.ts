// Going through a page by the keyboard alone, and looking where the focus is.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any page has. */
const MAX_STOPS = 600;

type Stop = {
  /** The element in words: its tag and what it is called. */
  name: string;
  /** What is wrong with how its focus is shown. */
  fault: string | undefined;
  /** Of the page, from the top. */
  top: number;
  isOutside: boolean;
};

/** Where the focus is, and whether that can be seen: an outline of two pixels, in the window and under nothing. */
function findFocus(page: Page): Promise<Stop> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) {
      return { name: 'the page', top: 0, isOutside: true };
    }
    // Without a window around it the page follows upon itself.
    window.firstFocus ??= element;
    const isAgain = window.firstFocus === element && window.hasMoved;
    window.hasMoved ||= window.firstFocus !== element;
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    const name = element.tagName.toLowerCase() + ' ' + label.trim().replace(/\\s+/g, ' ').slice(0, 60);
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const faults = [];
    const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!hasOutline) faults.push('has no outline');
    if (box.width < 1 || box.height < 1) faults.push('has no size');
    const points = [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) => [
      box.left + box.width * across, box.top + box.height * down,
    ]));
    const isSeen = points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there && (element.contains(there) || there.contains(element));
    });
    if (!isSeen) faults.push('is out of sight');
    return {
      name,
      fault: faults.length > 0 ? name + ' ' + faults.join(' and ') : undefined,
      top: Math.round(box.top + scrollY),
      isOutside: isAgain,
    };
  })()`);
}

/** Presses Tab until the focus is there; what is passed on the way must show its focus too. */
export async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.first().waitFor();
  const faults: string[] = [];
  for (let stops = 0; stops < MAX_STOPS; stops++) {
    await page.keyboard.press(key);
    const { fault } = await findFocus(page);
    if (fault) faults.push(fault);
    if ((await target.first().and(page.locator(':focus')).count()) === 1) {
      expect(faults).toEqual([]);
      return;
    }
  }
  throw new Error(`Tab never comes to ${target}`);
}

/** All stops from the beginning of a page until the focus leaves it. Throws where it never does. */
export async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  while (stops.length < MAX_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await findFocus(page);
    if (stop.isOutside) return stops;
    stops.push(stop);
  }
  throw new Error(`The focus is caught: ${stops.slice(-3).map(({ name }) => name)}`);
}
