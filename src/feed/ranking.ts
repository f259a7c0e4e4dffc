// Formulas that order papers; pure, so that they can be tested and compared.
import type { Day } from '../base/calendar.ts';

const DAY_MS = 86_400_000;
/** The exponent Hacker News is known for; age counts in days here, because a list stands for a day. */
const GRAVITY = 1.8;

/** How much a paper is talked about: votes, weighted down as its list grows old. */
export function trendingScore(votes: number, listed: Day, today: Day): number {
  const ageDays = Math.max(0, (Date.parse(today) - Date.parse(listed)) / DAY_MS);
  return (votes + 1) / (ageDays + 2) ** GRAVITY;
}
