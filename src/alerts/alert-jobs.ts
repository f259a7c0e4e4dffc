import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

export const LOOK_FOR_ALERTS: NewJob = { kind: 'look-for-alerts', dedupKey: 'look-for-alerts' };

export const ALERT_SCHEDULE: ScheduleLine[] = [
  { name: LOOK_FOR_ALERTS.kind, pattern: '*/10 * * * *', timeZone: 'UTC', job: LOOK_FOR_ALERTS },
];
