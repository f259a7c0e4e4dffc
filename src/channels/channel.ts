// Where papers are posted: a chat channel or a program, by what occasion, and which papers.
import type { Selectable } from 'kysely';
import type { Instant } from '../base/calendar.ts';
import type { ChannelsTable } from '../database/schema.ts';
import { parseTopic, type Topic } from '../feed/topic.ts';

export const CHANNEL_KINDS = ['slack', 'discord', 'telegram', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Address and secrets: never to be shown whole. */
export type Target =
  | { kind: 'slack' | 'discord'; url: string }
  | { kind: 'telegram'; token: string; chatId: string }
  | { kind: 'webhook'; url: string; secret: string };

/** What a person chooses. */
export type ChannelDraft = {
  name: string;
  target: Target;
  trigger: ChannelsTable['trigger'];
  /** How many papers of a day at most. */
  papers: number;
  votes: number;
  /** 0 to 23, in the time zone. */
  hour: number;
  timeZone: string;
  /** Empty for every paper; otherwise papers of any of them. */
  topics: Topic[];
};

/** Whose it is: a person's id, or undefined for the instance. */
export type Owner = string | undefined;

export type Channel = ChannelDraft & {
  id: string;
  owner: Owner;
  state: ChannelsTable['state'];
  problem: string | undefined;
  createdAt: Instant;
  sinceAt: Instant;
  nextAt: Instant | undefined;
  /** A day or an instant, by trigger. */
  coveredUntil: string | undefined;
};

export function channelFromRow(row: Selectable<ChannelsTable>): Channel {
  return {
    id: row.id,
    owner: row.person_id ?? undefined,
    name: row.name,
    target: { kind: row.kind, ...JSON.parse(row.target) } as Target,
    trigger: row.trigger,
    papers: Number(row.papers),
    votes: Number(row.votes),
    hour: Number(row.hour),
    timeZone: row.time_zone,
    topics: (JSON.parse(row.topics) as string[]).map(parseTopic),
    state: row.state,
    problem: row.problem ?? undefined,
    createdAt: row.created_at as Instant,
    sinceAt: row.since_at as Instant,
    nextAt: (row.next_at ?? undefined) as Instant | undefined,
    coveredUntil: row.covered_until ?? undefined,
  };
}

/** Enough of an address for its owner to know it, and too little to post with. */
export function maskedTarget(target: Target): string {
  if (target.kind === 'telegram') {
    const bot = target.token.split(':')[0];
    return `chat ${target.chatId}, bot ${bot}:…${target.token.slice(-4)}`;
  }
  return `${new URL(target.url).origin}/…${target.url.slice(-4)}`;
}
