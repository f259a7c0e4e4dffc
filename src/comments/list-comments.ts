// Somebody's comments: on their profile, and for themselves to take away.
import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { CommentState } from './comment.ts';
import { withCurrentHtml } from './comment-text.ts';

const STEP = 500;

export type ListedComment = {
  id: string;
  paperId: string;
  /** Raw TeX. */
  paperTitle: string;
  raw: string;
  html: string;
  createdAt: Instant;
  editedAt: Instant | undefined;
  liked: number;
};

/** Those that everyone sees, newest first, before the comment `before`; `hasMore` goes on before the last. */
export async function listCommentsOf(
  db: Db,
  personId: string,
  page: { limit: number; before?: string | undefined },
): Promise<{ items: ListedComment[]; hasMore: boolean }> {
  let query = db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.key', 'comments.paper_key')
    .selectAll('comments')
    .select(['papers.id as paper_id', 'papers.title as paper_title'])
    .where('comments.author_id', '=', personId)
    .where('comments.state', '=', 'visible');
  if (page.before !== undefined) query = query.where('comments.id', '<', page.before);
  const rows = await query
    .orderBy('comments.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = await withCurrentHtml(db, rows.slice(0, page.limit));
  return {
    hasMore: rows.length > page.limit,
    items: shown.map((row) => ({
      id: row.id,
      paperId: row.paper_id,
      paperTitle: row.paper_title,
      raw: row.raw,
      html: row.html,
      createdAt: row.created_at as Instant,
      editedAt: (row.edited_at as Instant | null) ?? undefined,
      liked: row.liked,
    })),
  };
}

export type ExportedComment = {
  id: string;
  paper: string;
  answers: string | undefined;
  text: string;
  createdAt: string;
  editedAt: string | undefined;
  state: CommentState;
  /** Former texts, oldest first. */
  versions: { text: string; writtenAt: string }[];
};

/** Everything that somebody wrote and did not delete, oldest first, whoever else may see it. */
export async function* exportCommentsOf(db: Db, personId: string): AsyncGenerator<ExportedComment> {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('comments')
      .innerJoin('papers', 'papers.key', 'comments.paper_key')
      .selectAll('comments')
      .select('papers.id as paper_id')
      .where('comments.author_id', '=', personId)
      .where('comments.id', '>', after)
      .where('comments.state', '<>', 'deleted')
      .orderBy('comments.id')
      .limit(STEP)
      .execute();
    const versions = await versionsOf(
      db,
      rows.filter((row) => row.edits > 0).map((row) => row.id),
    );
    for (const row of rows) {
      yield {
        id: row.id,
        paper: row.paper_id,
        answers: row.parent_id ?? undefined,
        text: row.raw,
        createdAt: row.created_at,
        editedAt: row.edited_at ?? undefined,
        state: row.state,
        versions: versions.get(row.id) ?? [],
      };
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < STEP) return;
  }
}

async function versionsOf(
  db: Db,
  ids: string[],
): Promise<Map<string, ExportedComment['versions']>> {
  const byComment = new Map<string, ExportedComment['versions']>();
  if (ids.length === 0) return byComment;
  const rows = await db
    .selectFrom('comment_versions')
    .select(['comment_id', 'raw', 'written_at'])
    .where('comment_id', 'in', ids)
    .orderBy('comment_id')
    .orderBy('number')
    .execute();
  for (const { comment_id, raw, written_at } of rows) {
    const list = byComment.get(comment_id) ?? [];
    list.push({ text: raw, writtenAt: written_at });
    byComment.set(comment_id, list);
  }
  return byComment;
}
