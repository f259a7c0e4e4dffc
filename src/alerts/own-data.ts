// For the download of one's data.
import type { Db } from '../database/database.ts';
import { topicKey } from '../feed/topic.ts';
import { listAlerts } from './alert-store.ts';

/** Without what only this instance needs. */
export async function alertsOf(db: Db, personId: string): Promise<Record<string, unknown>[]> {
  const alerts = await listAlerts(db, personId);
  return alerts.map(
    ({ id, personId: _, firstDay: __, topic, subscriptionId, channelId, ...rest }) => ({
      id,
      ...rest,
      topic: topicKey(topic),
      isToldInDigest: subscriptionId !== undefined,
      isToldInChannel: channelId !== undefined,
    }),
  );
}
