// What moderators do to comments. That they may is asked by whoever calls; the log of moderation is theirs
// too. Doing what is done already changes nothing and returns undefined.
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import type { CommentState, HiddenReason } from './comment.ts';
import { countComments } from './count-comments.ts';

export type ModeratedComment = {
  paperKey: number;
  authorId: string | undefined;
  /** What undoing leads back to. */
  before: CommentState;
};

/** Throws `not-found`, and `conflict` for a deleted one. */
export async function hideComment(
  tx: Tx,
  { id, by, reason }: { id: string; by: string; reason: HiddenReason },
): Promise<ModeratedComment | undefined> {
  return moderate(tx, id, ['visible', 'pending'], {
    state: 'hidden',
    hidden_by: by,
    hidden_reason: reason,
  });
}

/** Shows a hidden one, or lets it wait again (`pending`). Throws `not-found`, and `conflict` for a deleted one. */
export async function showComment(
  tx: Tx,
  { id, as = 'visible' }: { id: string; as?: 'visible' | 'pending' },
): Promise<ModeratedComment | undefined> {
  return moderate(tx, id, ['hidden'], { state: as, hidden_by: null, hidden_reason: null });
}

/** Lets a pending one through; its author is trusted from then on. Throws as `showComment`. */
export async function approveComment(
  tx: Tx,
  { id }: { id: string },
): Promise<ModeratedComment | undefined> {
  const done = await moderate(tx, id, ['pending'], { state: 'visible' });
  if (done?.authorId !== undefined) {
    await tx.updateTable('people').set({ is_trusted: 1 }).where('id', '=', done.authorId).execute();
  }
  return done;
}

/** Only moderators comment from then on. Returns whether it was open before. Throws `not-found`. */
export async function lockComments(tx: Tx, paperKey: number): Promise<boolean> {
  return setLock(tx, paperKey, now());
}

/** Returns whether it was locked before. Throws `not-found`. */
export async function unlockComments(tx: Tx, paperKey: number): Promise<boolean> {
  return setLock(tx, paperKey, null);
}

async function setLock(tx: Tx, paperKey: number, at: string | null): Promise<boolean> {
  const change = await takeChanges(tx, 1);
  const paper = await tx
    .selectFrom('papers')
    .select('comments_locked_at')
    .where('key', '=', paperKey)
    .executeTakeFirst();
  if (!paper) throw new AppError('not-found', 'There is no such paper here.');
  if ((paper.comments_locked_at === null) === (at === null)) return false;
  await tx
    .updateTable('papers')
    .set({ comments_locked_at: at, change })
    .where('key', '=', paperKey)
    .execute();
  return true;
}

async function moderate(
  tx: Tx,
  id: string,
  from: CommentState[],
  set: { state: CommentState; hidden_by?: string | null; hidden_reason?: string | null },
): Promise<ModeratedComment | undefined> {
  const change = await takeChanges(tx, 1);
  const comment = await tx
    .selectFrom('comments')
    .select(['paper_key', 'author_id', 'state'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!comment) throw new AppError('not-found', 'There is no such comment here.');
  const { state: before, paper_key: paperKey, author_id } = comment;
  if (before === 'deleted') {
    throw new AppError('conflict', 'The comment was deleted, and nothing is left of it.');
  }
  if (!from.includes(before)) return undefined;
  await tx.updateTable('comments').set(set).where('id', '=', id).execute();
  await countComments(tx, paperKey, change);
  return { paperKey, authorId: author_id ?? undefined, before };
}
