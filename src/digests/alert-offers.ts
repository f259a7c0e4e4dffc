import { startOfDay } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { SkeletonItem } from '../feed/feed-item.ts';
import { parseTopic } from '../feed/topic.ts';
import type { Days } from '../feed/topic-skeleton.ts';
import type { Offer } from './choose-papers.ts';
import type { Subscription } from './subscription.ts';

const MAX_MATCHES = 1_000;

/**
 * What the member's alerts that tell by this digest have found: papers of the days, and those of days before that
 * were found on one of them. One query, and none for visitors, who have no alerts.
 */
export async function alertOffers(
  db: Db,
  { id, personId }: Pick<Subscription, 'id' | 'personId'>,
  { first, end }: Days,
): Promise<Offer[]> {
  if (personId === undefined) return [];
  const rows = await db
    .selectFrom('alerts')
    .innerJoin('alert_matches', 'alert_matches.alert_id', 'alerts.id')
    .select(['alerts.id', 'alerts.name', 'alerts.topic', 'alert_matches.paper_key'])
    .where('alerts.subscription_id', '=', id)
    .where('alerts.paused_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('alert_matches.day', '>=', first), eb('alert_matches.day', '<', end)]),
        eb.and([
          eb('alert_matches.day', '<', end),
          eb('alert_matches.matched_at', '>=', startOfDay(first)),
        ]),
      ]),
    )
    .orderBy('alerts.created_at')
    .orderBy('alerts.id')
    .orderBy('alert_matches.day', 'desc')
    .orderBy('alert_matches.paper_key', 'desc')
    .limit(MAX_MATCHES)
    .execute();
  const offers = new Map<string, Offer & { items: SkeletonItem[] }>();
  for (const row of rows) {
    const known = offers.get(row.id);
    const item = { paperKey: row.paper_key };
    if (known) known.items.push(item);
    else offers.set(row.id, { topic: parseTopic(row.topic), alertName: row.name, items: [item] });
  }
  return [...offers.values()];
}
