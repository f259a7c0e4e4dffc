// Writing down what a channel is to be told. It stays in the log when it is posted.

import { now, toInstant } from '../base/calendar.ts';
import type { Engine, Tx } from '../database/database.ts';
import { newId } from '../digests/signed-id.ts';
import { databaseTime } from '../queue/job.ts';
import { findKeys } from './find-keys.ts';
import { MAX_POST_PAPERS } from './parse-channel.ts';

/** How many posts a channel's log keeps. */
export const KEPT_POSTS = 200;

export type NewPost = {
  channelId: string;
  /** What it is about, once a channel: `alert <id> <what>`, where the id is the alert's. */
  occasion: string;
  /** Identities, the most important first. Those that the channel has had, on whatever occasion, are left out. */
  papers: string[];
};

/**
 * Writes a post down, which leaves within a minute or so; a long list becomes several. Returns the id of the first,
 * or undefined when there is nothing new to tell: the channel is paused or gone, the occasion is known, or it has had
 * all the papers. Idempotent.
 */
export async function enqueuePost(
  tx: Tx,
  engine: Engine,
  post: NewPost,
): Promise<string | undefined> {
  const { channelId, occasion } = post;
  // Locks the channel: of two that tell it of the same paper one comes second.
  const { numUpdatedRows } = await tx
    .updateTable('channels')
    .set((eb) => ({ changed_at: eb.ref('changed_at') }))
    .where('id', '=', channelId)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return undefined;
  const known = await tx
    .selectFrom('channel_posts')
    .select('id')
    .where('channel_id', '=', channelId)
    .where('occasion', '=', occasion)
    .executeTakeFirst();
  if (known) return undefined;
  const papers = await takeNew(tx, channelId, post.papers);
  if (papers.length === 0) return undefined;
  let first: string | undefined;
  for (let start = 0; start < papers.length; start += MAX_POST_PAPERS) {
    const id = await insertPost(tx, engine, {
      channelId,
      occasion: start === 0 ? occasion : `${occasion} (${1 + start / MAX_POST_PAPERS})`,
      papers: papers.slice(start, start + MAX_POST_PAPERS),
      state: 'waiting',
    });
    first ??= id;
  }
  return first;
}

/** A day without papers leaves a line in the log, so that nobody wonders. Idempotent. */
export async function logEmpty(
  tx: Tx,
  engine: Engine,
  post: Pick<NewPost, 'channelId' | 'occasion'>,
): Promise<void> {
  await insertPost(tx, engine, { ...post, papers: [], state: 'empty' });
}

/** Leaves out what the channel has had, and writes down that it has the others now. */
async function takeNew(tx: Tx, channelId: string, ids: string[]): Promise<string[]> {
  const keys = await findKeys(tx, ids);
  if (keys.size === 0) return [];
  const rows = await tx
    .insertInto('channel_papers')
    .values([...new Set(keys.values())].map((key) => ({ channel_id: channelId, paper_key: key })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('paper_key')
    .execute();
  const fresh = new Set(rows.map(({ paper_key }) => paper_key));
  return ids.filter((id) => {
    const key = keys.get(id);
    return key !== undefined && fresh.delete(key);
  });
}

export async function insertPost(
  tx: Tx,
  engine: Engine,
  post: { channelId: string; occasion: string; papers: string[]; state: 'waiting' | 'empty' },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('channel_posts')
    .values({
      id,
      channel_id: post.channelId,
      occasion: post.occasion,
      papers: JSON.stringify(post.papers),
      state: post.state,
      attempts: 0,
      replays: 0,
      run_at: databaseTime(engine),
      lease_until: null,
      sent: null,
      status: null,
      problem: null,
      created_at: await nextMoment(tx, post.channelId),
      posted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['channel_id', 'occasion']).doNothing())
    .execute();
  await forgetOldPosts(tx, post.channelId);
  return id;
}

/** Later than every other post of the channel, which leave in their order. */
async function nextMoment(tx: Tx, channelId: string): Promise<string> {
  const last = await tx
    .selectFrom('channel_posts')
    .select((eb) => eb.fn.max('created_at').as('at'))
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  const at = now();
  if (!last?.at || last.at < at) return at;
  return toInstant(Date.parse(last.at) + 1) ?? at;
}

/** What waits is never forgotten. */
async function forgetOldPosts(tx: Tx, channelId: string): Promise<void> {
  const oldest = await tx
    .selectFrom('channel_posts')
    .select('created_at')
    .where('channel_id', '=', channelId)
    .orderBy('created_at', 'desc')
    .offset(KEPT_POSTS)
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return;
  await tx
    .deleteFrom('channel_posts')
    .where('channel_id', '=', channelId)
    .where('created_at', '<=', oldest.created_at)
    .where('state', '!=', 'waiting')
    .execute();
}
