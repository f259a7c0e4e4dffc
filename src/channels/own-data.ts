// What somebody's channels are, and what they were told, for them to take away. Nothing in it lets anyone post.
import type { Db } from '../database/database.ts';
import { topicKey } from '../feed/topic.ts';
import { maskedTarget } from './channel.ts';
import { listChannels, MAX_OWN_CHANNELS } from './channel-store.ts';
import { KEPT_POSTS } from './enqueue-post.ts';

type Row = Record<string, unknown>;

export async function channelsOf(db: Db, personId: string): Promise<Row[]> {
  const channels = await listChannels(db, personId);
  return channels.map(({ target, topics, owner: _, coveredUntil: __, ...channel }) => ({
    ...channel,
    kind: target.kind,
    postsTo: maskedTarget(target),
    topics: topics.map(topicKey),
  }));
}

export async function channelPostsOf(db: Db, personId: string): Promise<Row[]> {
  const rows = await db
    .selectFrom('channel_posts')
    .innerJoin('channels', 'channels.id', 'channel_posts.channel_id')
    .select([
      'channels.name as channel',
      'occasion',
      'channel_posts.papers',
      'channel_posts.state',
      'channel_posts.created_at',
      'posted_at',
    ])
    .where('person_id', '=', personId)
    .orderBy('channel_posts.created_at')
    .orderBy('channel_posts.id')
    // What waits is kept beside the log.
    .limit(2 * MAX_OWN_CHANNELS * KEPT_POSTS)
    .execute();
  return rows.map(({ papers, created_at, posted_at, ...row }) => ({
    ...row,
    papers: JSON.parse(papers) as string[],
    writtenAt: created_at,
    postedAt: posted_at,
  }));
}
