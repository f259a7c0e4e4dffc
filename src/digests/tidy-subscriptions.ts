import { toInstant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';

const DAY_MS = 86_400_000;
/** Nobody confirmed them. */
const UNCONFIRMED_DAYS = 7;
/** So long one can come back by the link of an old mail. */
const ENDED_DAYS = 365;

/** Wishes that nobody confirmed go, and visitors' subscriptions that ended long ago. */
export async function tidySubscriptions(database: Database, at = Date.now()): Promise<void> {
  const before = (days: number) => toInstant(at - days * DAY_MS) as string;
  await database.transact(async (tx) => {
    await tx
      .deleteFrom('subscriptions')
      .where('state', '=', 'unconfirmed')
      .where('created_at', '<', before(UNCONFIRMED_DAYS))
      .execute();
    await tx
      .deleteFrom('subscriptions')
      .where('state', '=', 'ended')
      .where('person_id', 'is', null)
      .where('changed_at', '<', before(ENDED_DAYS))
      .execute();
  });
}
