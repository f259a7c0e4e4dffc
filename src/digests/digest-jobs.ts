import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

/** Writes down the deliveries of subscriptions whose time has come. */
export const SEND_ISSUES: NewJob = { kind: 'send-issues', dedupKey: 'send-issues', priority: 5 };
export const TIDY_DELIVERIES: NewJob = { kind: 'tidy-deliveries', dedupKey: 'tidy-deliveries' };

export const DIGEST_SCHEDULE: ScheduleLine[] = [
  { name: SEND_ISSUES.kind, pattern: '* * * * *', timeZone: 'UTC', job: SEND_ISSUES },
  { name: TIDY_DELIVERIES.kind, pattern: '25 3 * * *', timeZone: 'UTC', job: TIDY_DELIVERIES },
];
