import type { Cadence, Subscription } from '../digests/subscription.ts';
import { words } from '../language/words.ts';

export function cadenceInWords(cadence: Cadence): string {
  return words.digests.cadences[cadence];
}

export function hourInWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** `Each weekday at 08:00, Europe/Berlin; at most 10 papers` */
export function planInWords({ cadence, hour, timeZone, maxPapers }: Subscription): string {
  const zone = timeZone.replaceAll('_', ' ');
  return words.digests.plan(cadenceInWords(cadence), hourInWords(hour), zone, maxPapers);
}

/** `Monday, 30 November 2026 at 08:00`, by the subscription's own clock and in its language. */
export function nextInWords({ nextAt, timeZone, language }: Subscription): string | undefined {
  if (!nextAt) return undefined;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone });
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone });
  const at = new Date(nextAt);
  return `${day.format(at)}, ${time.format(at)}`;
}

/** Mail comes, or would after a pause. */
export function isLive({ state }: Subscription): boolean {
  return state === 'active' || state === 'paused';
}

export function stateInWords({ state }: Subscription): string {
  return words.digests.states[state];
}

export function endingInWords({ endedBy }: Subscription): string {
  return words.digests.endings[endedBy ?? 'unknown'];
}
