// What was posted to a channel, and what came back.
import type { Selectable } from 'kysely';
import { type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Db, Engine, Tx } from '../database/database.ts';
import type { ChannelPostsTable } from '../database/schema.ts';
import { databaseTime, enqueue } from '../queue/job.ts';
import type { Channel } from './channel.ts';
import { POST_TO_CHANNELS } from './channel-jobs.ts';
import { insertPost } from './enqueue-post.ts';
import { TEST } from './post-content.ts';

export type Post = {
  id: string;
  occasion: string;
  papers: string[];
  state: ChannelPostsTable['state'];
  attempts: number;
  replays: number;
  /** When it is tried next, while it waits. */
  runAt: Instant;
  isOnItsWay: boolean;
  sent: string | undefined;
  status: number | undefined;
  problem: string | undefined;
  createdAt: Instant;
  postedAt: Instant | undefined;
};

/** The newest first, those behind the first `offset`. */
export async function listPosts(
  db: Db,
  channelId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ posts: Post[]; hasMore: boolean }> {
  const rows = await db
    .selectFrom('channel_posts')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  return { posts: rows.slice(0, limit).map(postFromRow), hasMore: rows.length > limit };
}

/** The last post of each of some channels, whatever became of it. */
export async function lastPosts(db: Db, channelIds: string[]): Promise<Map<string, Post>> {
  if (channelIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('channel_posts')
    .selectAll()
    .where('channel_id', 'in', channelIds)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('channel_posts as later')
            .select('later.id')
            .whereRef('later.channel_id', '=', 'channel_posts.channel_id')
            .where((on) =>
              on(
                on.refTuple('later.created_at', 'later.id'),
                '>',
                on.refTuple('channel_posts.created_at', 'channel_posts.id'),
              ),
            ),
        ),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.channel_id, postFromRow(row)]));
}

/** Throws `not-found`. */
export async function getPost(db: Db, channel: Channel, id: string): Promise<Post> {
  const row = await db
    .selectFrom('channel_posts')
    .selectAll()
    .where('channel_id', '=', channel.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return postFromRow(row);
  throw new AppError('not-found', 'The log holds no such post: only the newest are kept.');
}

/** Writes down a post that tries the channel; `deliverNow` sends it. */
export async function enqueueTest(tx: Tx, engine: Engine, channel: Channel): Promise<string> {
  const occasion = `${TEST} ${now()}`;
  return insertPost(tx, engine, { channelId: channel.id, occasion, papers: [], state: 'waiting' });
}

/**
 * Sends a post once more within moments, under its id, however it ended. Throws `not-found`, and `conflict` for
 * what cannot be sent again.
 */
export async function replayPost(
  tx: Tx,
  engine: Engine,
  channel: Channel,
  id: string,
): Promise<void> {
  const post = await getPost(tx, channel, id);
  if (channel.state === 'paused') {
    throw new AppError('conflict', 'The channel is paused: let it go on first.');
  }
  if (!canReplay(post)) {
    throw new AppError('conflict', 'This post waits to be sent, or holds nothing to send again.');
  }
  await tx
    .updateTable('channel_posts')
    .set((eb) => ({
      state: 'waiting',
      attempts: 0,
      replays: eb('replays', '+', 1),
      run_at: databaseTime(engine),
      problem: null,
    }))
    .where('id', '=', id)
    .where('state', '!=', 'waiting')
    .execute();
  await enqueue(tx, engine, POST_TO_CHANNELS);
}

export function canReplay({ state, occasion }: Post): boolean {
  return (state === 'posted' || state === 'failed') && !occasion.startsWith(TEST);
}

function postFromRow(row: Selectable<ChannelPostsTable>): Post {
  return {
    id: row.id,
    occasion: row.occasion,
    papers: JSON.parse(row.papers) as string[],
    state: row.state,
    attempts: Number(row.attempts),
    replays: Number(row.replays),
    runAt: row.run_at as Instant,
    isOnItsWay: row.lease_until !== null && row.lease_until > now(),
    sent: row.sent ?? undefined,
    status: row.status ?? undefined,
    problem: row.problem ?? undefined,
    createdAt: row.created_at as Instant,
    postedAt: (row.posted_at ?? undefined) as Instant | undefined,
  };
}
