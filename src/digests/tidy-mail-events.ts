import { toInstant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

const DAY_MS = 86_400_000;
/** As long as the deliveries that they are about. */
const EVENT_DAYS = 400;
/** So long a lifted suppression says which bounces count no more. */
const LIFTED_DAYS = 30;

export const TIDY_MAIL_EVENTS: NewJob = { kind: 'tidy-mail-events', dedupKey: 'tidy-mail-events' };

export const MAIL_EVENT_SCHEDULE: ScheduleLine[] = [
  { name: TIDY_MAIL_EVENTS.kind, pattern: '35 3 * * *', timeZone: 'UTC', job: TIDY_MAIL_EVENTS },
];

export async function tidyMailEvents(database: Database, at = Date.now()): Promise<void> {
  const before = (days: number) => toInstant(at - days * DAY_MS) as string;
  await database.transact(async (tx) => {
    await tx.deleteFrom('mail_events').where('happened_at', '<', before(EVENT_DAYS)).execute();
    await tx.deleteFrom('suppressions').where('lifted_at', '<', before(LIFTED_DAYS)).execute();
  });
}
