import { now } from '../base/calendar.ts';
import type { Tx } from '../database/database.ts';

/** Its papers are mailed no more as they are found; the alert stays. Idempotent. */
export async function stopAlertMail(tx: Tx, alertId: string): Promise<void> {
  await tx
    .updateTable('alerts')
    .set({ mails_at_once: 0, changed_at: now() })
    .where('id', '=', alertId)
    .where('mails_at_once', '<>', 0)
    .execute();
}
