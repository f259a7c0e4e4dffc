// A wish for mail: which papers go to an address, how often and when.
import type { Selectable } from 'kysely';
import type { Day, Instant } from '../base/calendar.ts';
import type { SubscriptionsTable } from '../database/schema.ts';
import { parseTopic, type Topic } from '../feed/topic.ts';

export const CADENCES = ['weekdays', 'weekly', 'monthly'] as const;
export type Cadence = (typeof CADENCES)[number];

/** A paused topic keeps its place and brings nothing. */
export type SubscribedTopic = { topic: Topic; isPaused: boolean };

export type Subscription = {
  id: string;
  /** Undefined for a visitor's. */
  personId: string | undefined;
  email: string;
  /** What a member calls it. */
  name: string | undefined;
  cadence: Cadence;
  topics: SubscribedTopic[];
  maxPapers: number;
  /** 0 to 23, in the time zone. */
  hour: number;
  timeZone: string;
  /** BCP 47: how dates are written. */
  language: string;
  state: SubscriptionsTable['state'];
  endedBy: SubscriptionsTable['ended_by'];
  createdAt: Instant;
  confirmedAt: Instant | undefined;
  nextAt: Instant | undefined;
  coveredUntil: Day | undefined;
};

export function subscriptionFromRow(row: Selectable<SubscriptionsTable>): Subscription {
  const topics = JSON.parse(row.topics) as { topic: string; isPaused: boolean }[];
  return {
    id: row.id,
    personId: row.person_id ?? undefined,
    email: row.email,
    name: row.name ?? undefined,
    cadence: row.cadence,
    topics: topics.map(({ topic, isPaused }) => ({ topic: parseTopic(topic), isPaused })),
    maxPapers: Number(row.max_papers),
    hour: Number(row.hour),
    timeZone: row.time_zone,
    language: row.language,
    state: row.state,
    endedBy: row.ended_by,
    createdAt: row.created_at as Instant,
    confirmedAt: (row.confirmed_at ?? undefined) as Instant | undefined,
    nextAt: (row.next_at ?? undefined) as Instant | undefined,
    coveredUntil: (row.covered_until ?? undefined) as Day | undefined,
  };
}
