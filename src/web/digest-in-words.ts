import type { Cadence, Subscription } from '../digests/subscription.ts';
import { counted } from './dates.ts';

export const CADENCE_IN_WORDS: Record<Cadence, string> = {
  weekdays: 'Each weekday',
  weekly: 'Weekly, on Monday',
  monthly: 'Monthly, on the first',
};

export function hourInWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** `Each weekday at 08:00, Europe/Berlin; at most 10 papers` */
export function planInWords({ cadence, hour, timeZone, maxPapers }: Subscription): string {
  const when = `${CADENCE_IN_WORDS[cadence]} at ${hourInWords(hour)}, ${zoneInWords(timeZone)}`;
  return `${when}; at most ${counted(maxPapers, 'paper')}`;
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

const STATES: Record<Subscription['state'], string> = {
  active: 'active',
  paused: 'paused',
  ended: 'ended',
  unconfirmed: 'not confirmed',
};

export function stateInWords({ state }: Subscription): string {
  return STATES[state];
}

const ENDINGS: Record<NonNullable<Subscription['endedBy']>, string> = {
  reader: 'You ended it here.',
  'one-click': 'You ended it by the button of your mail program.',
  mail: 'You ended it by mail.',
  bounce: 'It was ended because mail to the address came back.',
  complaint: 'It was ended because mail to the address was reported as unwanted.',
};

export function endingInWords({ endedBy }: Subscription): string {
  return endedBy ? ENDINGS[endedBy] : 'It has ended.';
}

function zoneInWords(zone: string): string {
  return zone.replaceAll('_', ' ');
}
