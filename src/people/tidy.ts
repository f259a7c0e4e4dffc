// What has ended goes: sessions, links that nobody used, and windows of limits.
import { now } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';
import { forgetOldLimits } from './limits.ts';

export const TIDY: NewJob = { kind: 'tidy-accounts', dedupKey: 'tidy-accounts' };

export const TIDY_SCHEDULE: ScheduleLine[] = [
  { name: TIDY.kind, pattern: '40 * * * *', timeZone: 'UTC', job: TIDY },
];

export async function tidyAccounts(database: Database): Promise<void> {
  const at = now();
  await database.transact(async (tx) => {
    await tx.deleteFrom('sessions').where('expires_at', '<', at).execute();
    await tx.deleteFrom('barred_addresses').where('until', '<', at).execute();
    await tx.deleteFrom('verifications').where('expires_at', '<', at).execute();
  });
  await forgetOldLimits(database);
}
