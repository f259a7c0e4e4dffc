// The handlers of the jobs that follow from what people do here; they need no network.
import type { App } from '../app.ts';
import { tidySubscriptions } from '../digests/tidy-subscriptions.ts';
import { TIDY, tidyAccounts } from '../people/tidy.ts';
import type { Handler } from '../queue/worker.ts';
import { WEIGH_VOTES, weighVotes } from '../votes/weigh-votes.ts';

export function communityHandlers({ config, database }: App): Record<string, Handler> {
  return {
    [WEIGH_VOTES.kind]: async () => {
      await weighVotes(database, config.people.newAccountHours);
    },
    [TIDY.kind]: async () => {
      await tidyAccounts(database);
      await tidySubscriptions(database);
    },
  };
}
