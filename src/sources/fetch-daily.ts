// Day lists over the network, from Hugging Face or from another Broadsheet.
import { addDays, type Day } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { DAILY_PAGE_SIZE, dailyListUrl, MAX_DAILY_PAGES, originOf } from './daily-list.ts';
import { fetchJson } from './fetch-json.ts';
import { listUnit } from './import-files.ts';
import type { ImportUnit } from './import-records.ts';

/** Hugging Face allows 500 anonymous requests in five minutes. */
const PAUSE_MS = 700;
const MAX_DAYS = 4_000;

/**
 * The lists from `from` to `to`, one unit a day. `share` is how much of it is done, 0 to 1.
 * Throws `unavailable` when the service does not answer.
 */
export function fetchDailyUnits(
  base: string,
  options: { from: Day; to: Day; contact: string; pauseMs?: number },
): { units: AsyncGenerator<ImportUnit[]>; share(): number } {
  const days: Day[] = [];
  for (let day = options.from; day <= options.to; day = addDays(day, 1)) {
    days.push(day);
    if (days.length > MAX_DAYS) {
      throw new AppError('invalid', `That is more than ${MAX_DAYS} days: take them in parts.`);
    }
  }
  const origin = originOf(base);
  let done = 0;
  async function* units(): AsyncGenerator<ImportUnit[]> {
    for (const day of days) {
      const items: unknown[] = [];
      for (let page = 0; page < MAX_DAILY_PAGES; page++) {
        if (done + page > 0) await sleep(options.pauseMs ?? PAUSE_MS);
        const answer = await fetchJson(dailyListUrl(base, day, page), options.contact);
        if (!Array.isArray(answer)) {
          throw new AppError(
            'unavailable',
            `${base} did not answer with a list of daily papers: check the address.`,
          );
        }
        items.push(...answer);
        if (answer.length < DAILY_PAGE_SIZE) break;
      }
      done++;
      yield [listUnit(items, origin, day)];
    }
  }
  return { units: units(), share: () => done / days.length };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
