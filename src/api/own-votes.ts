// What reads add for a caller with credentials; everyone else shares one answer.
import type { Context } from 'hono';
import type { Db } from '../database/database.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { loadVoted } from '../votes/vote-store.ts';
import type { ApiEnv } from './api-env.ts';

/** The keys of the papers that the caller has voted for; undefined for a caller without credentials. */
export async function ownVotes(
  c: Context<ApiEnv>,
  db: Db,
  items: FeedItem[],
): Promise<Set<number> | undefined> {
  const viewer = c.get('isPersonal') ? c.get('viewer') : undefined;
  if (!viewer) return undefined;
  return loadVoted(
    db,
    viewer.person.id,
    items.map((item) => item.paper.key),
  );
}

export function upvotedOf(item: FeedItem, own: Set<number> | undefined): { upvoted?: boolean } {
  return own ? { upvoted: own.has(item.paper.key) } : {};
}
