// A search or an author that a member wants to be told of.
import type { Selectable } from 'kysely';
import type { Day, Instant } from '../base/calendar.ts';
import type { AlertsTable } from '../database/schema.ts';
import { parseTopic, type Topic } from '../feed/topic.ts';

export type AlertTopic = Extract<Topic, { kind: 'search' | 'author' }>;

/** How an alert tells of what it finds; all of them may be chosen, and none: then its own page does. */
export type Telling = {
  mailsAtOnce: boolean;
  /** The digest that its papers go into. */
  subscriptionId: string | undefined;
  channelId: string | undefined;
};

export type Alert = Telling & {
  id: string;
  personId: string;
  name: string;
  topic: Topic;
  createdAt: Instant;
  pausedAt: Instant | undefined;
  /** When papers were last looked at for it. */
  lookedAt: Instant | undefined;
  firstDay: Day | undefined;
};

export function alertFromRow(row: Selectable<AlertsTable>): Alert {
  return {
    id: row.id,
    personId: row.person_id,
    name: row.name,
    topic: parseTopic(row.topic),
    mailsAtOnce: Number(row.mails_at_once) === 1,
    subscriptionId: row.subscription_id ?? undefined,
    channelId: row.channel_id ?? undefined,
    createdAt: row.created_at as Instant,
    pausedAt: (row.paused_at ?? undefined) as Instant | undefined,
    lookedAt: (row.looked_at ?? undefined) as Instant | undefined,
    firstDay: (row.first_day ?? undefined) as Day | undefined,
  };
}
