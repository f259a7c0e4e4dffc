// What everyone may see of somebody's doings. Lists are read by keyset, newest first.
import type { Day, Instant } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import { oneLine, truncateText } from '../base/text.ts';
import { withCurrentHtml } from '../comments/comment-text.ts';
import type { Db } from '../database/database.ts';

const MAX_WHOLE = 1_000;
const MAX_EXCERPT = 400;

export type WrittenComment = {
  id: string;
  paperId: string;
  /** Of the paper, in TeX. */
  title: string;
  /** The beginning of a long one, as it was typed. */
  excerpt: string;
  /** Of one that is short enough to be shown whole. */
  html: string | undefined;
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
    .select(['comments.id', 'papers.id as paper_id', 'papers.title', 'comments.created_at'])
    .select(['raw', 'html', 'html_version'])
    .where('author_id', '=', personId)
    .where('state', '=', 'visible');
  if (before !== undefined) query = query.where('comments.id', '<', before);
  const rows = await query
    .orderBy('comments.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const short = await withCurrentHtml(
    db,
    shown.filter((row) => row.raw.length <= MAX_WHOLE),
  );
  const htmlById = new Map(short.map((row) => [row.id, row.html]));
  const items = shown.map((row) => ({
    id: row.id,
    paperId: row.paper_id,
    title: row.title,
    excerpt: truncateText(oneLine(row.raw), MAX_EXCERPT),
    html: htmlById.get(row.id),
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
