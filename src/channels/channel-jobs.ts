import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

/** Plans what is due, and sends what waits. */
export const POST_TO_CHANNELS: NewJob = { kind: 'post-to-channels', dedupKey: 'post-to-channels' };

export const CHANNEL_SCHEDULE: ScheduleLine[] = [
  { name: POST_TO_CHANNELS.kind, pattern: '* * * * *', timeZone: 'UTC', job: POST_TO_CHANNELS },
];
