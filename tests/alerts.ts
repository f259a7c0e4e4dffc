// Alerts of people, and rounds that look for them, for tests.
import type { AlertWish } from '../src/alerts/alert-store.ts';
import { createAlert } from '../src/alerts/alert-store.ts';
import { type LookingParts, lookForAlerts, type Told } from '../src/alerts/look-for-alerts.ts';
import { beginningOf } from '../src/alerts/preview-alert.ts';
import type { Day } from '../src/base/calendar.ts';
import { parseTopic } from '../src/feed/topic.ts';
import type { Person } from '../src/people/person.ts';
import type { Search } from '../src/search/search.ts';
import type { SearchPlace } from './search-place.ts';

export const TODAY = '2025-10-29' as Day;

/** What a test knows of a round: by the alert's name, the ids that were told. */
export type Rounds = {
  alert(person: Person, topic: string, wish?: Partial<AlertWish>): Promise<string>;
  look(options?: Partial<LookingParts>): Promise<Record<string, string[]>>;
};

export function openRounds(
  { database }: Pick<SearchPlace, 'database'>,
  search: Search,
  today = TODAY,
): Rounds {
  const signal = new AbortController().signal;
  return {
    async alert(person, text, wish = {}) {
      const topic = parseTopic(text) as AlertWish['topic'];
      const beginning = await beginningOf({ database, search }, topic, { today, signal });
      const telling = { mailsAtOnce: true, subscriptionId: undefined, channelId: undefined };
      const whole = { name: text, topic, ...telling, ...wish };
      return database.transact((tx) => createAlert(tx, person.id, whole, beginning));
    },
    async look(options = {}) {
      const told: Told[] = [];
      await lookForAlerts({
        database,
        search,
        today,
        signal,
        tell: async (_, some) => {
          told.push(...some);
        },
        ...options,
      });
      return Object.fromEntries(told.map(({ alert, papers }) => [alert.name, papers.sort()]));
    },
  };
}
