import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { type CommentReader, type CommentState, maySee } from './comment.ts';
import { isCommentId } from './comment-id.ts';

export type FoundComment = {
  id: string;
  paperKey: number;
  paperId: string;
  parentId: string | undefined;
  authorId: string | undefined;
  state: CommentState;
  raw: string;
  createdAt: Instant;
  editedAt: Instant | undefined;
};

/** Undefined for what the reader may not see. */
export async function findComment(
  db: Db,
  id: string,
  reader: CommentReader,
): Promise<FoundComment | undefined> {
  if (!isCommentId(id)) return undefined;
  const row = await db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.key', 'comments.paper_key')
    .selectAll('comments')
    .select('papers.id as paper_id')
    .where('comments.id', '=', id)
    .executeTakeFirst();
  if (!row || !maySee({ state: row.state, authorId: row.author_id }, reader)) return undefined;
  return {
    id,
    paperKey: row.paper_key,
    paperId: row.paper_id,
    parentId: row.parent_id ?? undefined,
    authorId: row.author_id ?? undefined,
    state: row.state,
    raw: row.raw,
    createdAt: row.created_at as Instant,
    editedAt: (row.edited_at as Instant | null) ?? undefined,
  };
}

export type CommentVersion = { raw: string; writtenAt: Instant; editor: string | undefined };

/** What a comment said before, oldest first, at most 200; with the names of those who wrote it. */
export async function loadVersions(db: Db, commentId: string): Promise<CommentVersion[]> {
  const rows = await db
    .selectFrom('comment_versions')
    .leftJoin('people', 'people.id', 'comment_versions.editor_id')
    .select(['comment_versions.raw', 'comment_versions.written_at', 'people.name'])
    .where('comment_id', '=', commentId)
    .orderBy('number')
    .limit(200)
    .execute();
  return rows.map(({ raw, written_at, name }) => ({
    raw,
    writtenAt: written_at as Instant,
    editor: name ?? undefined,
  }));
}
