// What everyone may see of somebody's doings. Lists are read by keyset, newest first.
import type { Day, Instant } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import type { Db } from '../database/database.ts';

export type WrittenComment = {
  id: string;
  paperId: string;
  /** Of the paper, in TeX. */
  title: string;
  raw: string;
  writtenAt: Instant;
};
export type ActivityPage<Item> = { items: Item[]; hasMore: boolean };

/** Visible comments, those before the comment `before`. */
export async function listCommentsOf(
  db: Db,
  personId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ActivityPage<WrittenComment>> {
  let query = db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.key', 'comments.paper_key')
    .select(['comments.id', 'papers.id as paper_id', 'papers.title', 'raw', 'comments.created_at'])
    .where('author_id', '=', personId)
    .where('state', '=', 'visible');
  if (before !== undefined) query = query.where('comments.id', '<', before);
  const rows = await query
    .orderBy('comments.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    paperId: row.paper_id,
    title: row.title,
    raw: row.raw,
    writtenAt: row.created_at as Instant,
  }));
  return { items, hasMore: rows.length > limit };
}

export type VotedPaper = { paperKey: number; votedAt: Instant };

/** That the votes are public is the caller's business. */
export async function listVotesOf(
  db: Db,
  personId: string,
  { before, limit }: { before: Cursor | undefined; limit: number },
): Promise<ActivityPage<VotedPaper>> {
  let query = db
    .selectFrom('votes')
    .select(['paper_key', 'voted_at'])
    .where('person_id', '=', personId);
  if (before) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('voted_at', 'paper_key'),
        '<',
        eb.tuple(before.publishedAt as string, before.key),
      ),
    );
  }
  const rows = await query
    .orderBy('voted_at', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows
    .slice(0, limit)
    .map((row) => ({ paperKey: row.paper_key, votedAt: row.voted_at as Instant }));
  return { items, hasMore: rows.length > limit };
}

export type SubmittedPaper = { paperKey: number; day: Day };

/** Papers that somebody put on a day's list and that are still on it. */
export async function listSubmissionsOf(
  db: Db,
  personId: string,
  { before, limit }: { before: Cursor | undefined; limit: number },
): Promise<ActivityPage<SubmittedPaper>> {
  let query = db
    .selectFrom('day_entries')
    .select(['day', 'paper_key'])
    .where('person_id', '=', personId)
    .where('unlisted_at', 'is', null);
  if (before) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('day', 'paper_key'),
        '<',
        eb.tuple(before.publishedAt.slice(0, 10), before.key),
      ),
    );
  }
  const rows = await query
    .orderBy('day', 'desc')
    .orderBy('paper_key', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows
    .slice(0, limit)
    .map((row) => ({ paperKey: row.paper_key, day: row.day as Day }));
  return { items, hasMore: rows.length > limit };
}
