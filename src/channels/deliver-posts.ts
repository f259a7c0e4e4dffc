// Posts on their way. A channel has one at a time: whoever takes it holds the channel for a while, and when
// its worker is killed another takes the same post after that. So none is left out, and one that was in flight
// may arrive twice, with the same id.
import { sql } from 'kysely';
import { FetchFailure, postPublic } from '../base/outside/guarded-fetch.ts';
import type { Config } from '../config.ts';
import type { Database, Tx } from '../database/database.ts';
import { isFree } from '../people/barred.ts';
import { databaseTime, pauseAfter } from '../queue/job.ts';
import { type Channel, channelFromRow } from './channel.ts';
import { judgeAnswer, judgeFailure, type Verdict } from './judge-answer.ts';
import { hostAndPort } from './parse-channel.ts';
import { composePost, TEST } from './post-content.ts';
import { renderPost } from './render-post.ts';

export type Delivering = {
  database: Database;
  config: Pick<Config, 'name' | 'url' | 'contact' | 'privateHosts' | 'telegramUrl'>;
  timeoutMs?: number;
  leaseMs?: number;
};

type ClaimedPost = {
  id: string;
  occasion: string;
  papers: string[];
  createdAt: string;
  replays: number;
  /** This try's number, counted from 1. */
  attempt: number;
  channel: Channel;
  /** Until when channel and post are held. */
  heldUntil: string;
};

/** Some of which hang. */
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
/** Longer than one try can take. */
const LEASE_MS = 60_000;
/** Over some three hours. */
const MAX_ATTEMPTS = 10;
const MAX_ANSWER_BYTES = 16_384;
const MAX_SENT = 20_000;
const CANDIDATES = 20;

/** Sends what is due until nothing is, or until it is told to stop. */
export async function deliverPosts(delivering: Delivering, signal: AbortSignal): Promise<void> {
  const lane = async () => {
    while (!signal.aborted) {
      const post = await claimPost(delivering);
      if (!post) return;
      await deliver(delivering, post, signal);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * Sends one post at once, of a paused channel too. Returns false when something else is on its way to the
 * channel, or its service asked to wait.
 */
export async function deliverNow(delivering: Delivering, postId: string): Promise<boolean> {
  const { database } = delivering;
  const row = await database.read
    .selectFrom('channel_posts')
    .select('channel_id')
    .where('id', '=', postId)
    .executeTakeFirst();
  const post = row && (await hold(delivering, { channelId: row.channel_id, postId }));
  if (!post) return false;
  await deliver(delivering, post, undefined);
  return true;
}

async function claimPost(delivering: Delivering): Promise<ClaimedPost | undefined> {
  const { database } = delivering;
  const time = databaseTime(database.engine);
  const candidates = await database.read
    .selectFrom('channel_posts')
    .innerJoin('channels', 'channels.id', 'channel_posts.channel_id')
    .select('channel_id')
    .where('channel_posts.state', '=', 'waiting')
    .where('channel_posts.run_at', '<=', time)
    .where('channels.state', '=', 'active')
    .where(isFree('channels.person_id'))
    .where((eb) => eb.or([eb('busy_until', 'is', null), eb('busy_until', '<=', time)]))
    .groupBy('channel_id')
    .orderBy((eb) => eb.fn.min('channel_posts.run_at'))
    .limit(CANDIDATES)
    .execute();
  for (const { channel_id } of candidates) {
    const post = await hold(delivering, { channelId: channel_id });
    if (post) return post;
  }
  return undefined;
}

/** Takes a channel and its oldest post that is due, or a certain one. */
async function hold(
  { database, leaseMs = LEASE_MS }: Delivering,
  { channelId, postId }: { channelId: string; postId?: string },
): Promise<ClaimedPost | undefined> {
  const { engine } = database;
  const time = databaseTime(engine);
  return database.transact(async (tx) => {
    let channels = tx
      .updateTable('channels')
      .set({ busy_until: databaseTime(engine, leaseMs) })
      .where('id', '=', channelId)
      .where((eb) => eb.or([eb('busy_until', 'is', null), eb('busy_until', '<=', time)]));
    if (postId === undefined) {
      channels = channels.where('state', '=', 'active').where(isFree('channels.person_id'));
    }
    const row = await channels.returningAll().executeTakeFirst();
    if (!row) return undefined;
    let due = tx
      .selectFrom('channel_posts')
      .select(['id', 'attempts'])
      .where('channel_id', '=', channelId)
      .where('state', '=', 'waiting');
    due = postId === undefined ? due.where('run_at', '<=', time) : due.where('id', '=', postId);
    const next = await due.orderBy('created_at').orderBy('id').executeTakeFirst();
    if (!next || (await isPoison(tx, next))) {
      await tx
        .updateTable('channels')
        .set({ busy_until: null })
        .where('id', '=', channelId)
        .execute();
      return undefined;
    }
    const post = await tx
      .updateTable('channel_posts')
      .set((eb) => ({ attempts: eb('attempts', '+', 1), lease_until: row.busy_until }))
      .where('id', '=', next.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return {
      id: post.id,
      occasion: post.occasion,
      papers: JSON.parse(post.papers) as string[],
      createdAt: post.created_at,
      replays: Number(post.replays),
      attempt: Number(post.attempts),
      channel: channelFromRow(row),
      heldUntil: row.busy_until as string,
    };
  });
}

/** What kills its worker every time is not tried for ever. */
async function isPoison(tx: Tx, post: { id: string; attempts: number }): Promise<boolean> {
  if (Number(post.attempts) < MAX_ATTEMPTS) return false;
  await tx
    .updateTable('channel_posts')
    .set({ state: 'failed', lease_until: null, problem: 'Its sender ended in the middle of it.' })
    .where('id', '=', post.id)
    .execute();
  return true;
}

async function deliver(
  delivering: Delivering,
  post: ClaimedPost,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { database, config, timeoutMs = TIMEOUT_MS } = delivering;
  const { channel } = post;
  const content = await composePost({ db: database.read, config }, post);
  if (!content) return settle(database, post, { verdict: undefined });
  const outgoing = renderPost(channel, content, post, config);
  const sent = outgoing.body;
  try {
    const answer = await postPublic(outgoing.url, {
      body: sent,
      headers: outgoing.headers,
      contact: config.contact,
      timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
      privateHosts: privateHostsFor(channel, config),
      signal,
    });
    const verdict = judgeAnswer(channel.target.kind, answer);
    return settle(database, post, { verdict, sent, status: answer.status });
  } catch (error) {
    if (error instanceof FetchFailure) {
      return settle(database, post, { verdict: judgeFailure(error, timeoutMs), sent });
    }
    if (!signal?.aborted) throw error;
    const problem = 'The program was told to stop while it was sent.';
    return settle(database, post, { verdict: { is: 'later', afterMs: 0, problem }, sent });
  }
}

/** Whoever runs the instance says where Telegram is. */
function privateHostsFor({ target }: Channel, config: Delivering['config']): string[] {
  if (target.kind !== 'telegram') return config.privateHosts;
  return [...config.privateHosts, hostAndPort(new URL(config.telegramUrl))];
}

type Outcome = {
  /** Undefined: there was nothing left to tell. */
  verdict: Verdict | undefined;
  sent?: string;
  status?: number;
};

async function settle(database: Database, post: ClaimedPost, outcome: Outcome): Promise<void> {
  const { engine } = database;
  const { verdict, sent = '', status } = outcome;
  const isTest = post.occasion.startsWith(TEST);
  const isLast = post.attempt >= MAX_ATTEMPTS || isTest;
  const isAgain = verdict?.is === 'later' && !isLast;
  const problem = verdict && 'problem' in verdict ? verdict.problem : null;
  const pauseMs = pauseOf(verdict, post.attempt);
  await database.transact(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channel_posts')
      .set({
        state: stateAfter(verdict, isAgain),
        lease_until: null,
        sent: sent.slice(0, MAX_SENT),
        status: status ?? null,
        problem,
        ...(isAgain ? { run_at: databaseTime(engine, pauseMs) } : {}),
        ...(verdict?.is === 'posted' ? { posted_at: databaseTime(engine) } : {}),
      })
      .where('id', '=', post.id)
      .where('lease_until', '=', post.heldUntil)
      .executeTakeFirst();
    // It took so long that another has it.
    if (Number(numUpdatedRows) === 0) return;
    const waitsFor = verdict?.is === 'later' ? verdict.afterMs : undefined;
    await tx
      .updateTable('channels')
      .set({
        // What the service asked for holds for everything that goes to it.
        busy_until: waitsFor ? databaseTime(engine, waitsFor) : null,
        ...(verdict ? { problem: isAgain ? sql`problem` : problem } : {}),
        ...(verdict?.is === 'gone' ? { state: 'paused' } : {}),
      })
      .where('id', '=', post.channel.id)
      .execute();
  });
}

function stateAfter(verdict: Verdict | undefined, isAgain: boolean) {
  if (!verdict) return 'empty';
  if (verdict.is === 'posted') return 'posted';
  return isAgain ? 'waiting' : 'failed';
}

function pauseOf(verdict: Verdict | undefined, attempt: number): number {
  if (verdict?.is !== 'later') return 0;
  return verdict.afterMs ?? pauseAfter(attempt);
}
