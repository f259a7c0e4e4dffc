import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import type { Person } from '../people/person.ts';
import { maySee, readerOf } from './comment.ts';

/** Those of Hugging Face's papers, in its order. What they are called is in the catalogue (src/language). */
export const REACTIONS = [
  '🔥',
  '🚀',
  '👀',
  '❤️',
  '🤗',
  '😎',
  '➕',
  '🧠',
  '👍',
  '🤝',
  '😔',
  '🤯',
] as const;
export type Reaction = (typeof REACTIONS)[number];

/** The one that is no applause. */
const SAD: Reaction = '😔';
/** Which makes a heart a picture, and is easily lost on the way. */
const PICTURE_SIGN = /\ufe0f/g;
const BY_PLAIN = new Map(REACTIONS.map((one) => [one.replace(PICTURE_SIGN, ''), one]));

/** Throws `invalid` for what is none of the twelve. */
export function parseReaction(text: string): Reaction {
  const found = BY_PLAIN.get(text.replace(PICTURE_SIGN, ''));
  if (found) return found;
  throw new AppError('invalid', `A reaction is one of ${REACTIONS.join(' ')}.`);
}

/**
 * Puts somebody's reaction on a comment (`on`), takes it back (`off`), or whichever it is not (`other`).
 * `on` and `off` are idempotent. Throws `not-found`, and `conflict` for a comment that is not visible.
 */
export async function react(
  tx: Tx,
  {
    commentId,
    person,
    reaction,
    turn,
  }: { commentId: string; person: Person; reaction: Reaction; turn: 'on' | 'off' | 'other' },
): Promise<void> {
  await takeChanges(tx, 1);
  await refuseUnlessVisible(tx, commentId, person);
  const gone =
    turn === 'on'
      ? undefined
      : await tx
          .deleteFrom('reactions')
          .where('comment_id', '=', commentId)
          .where('person_id', '=', person.id)
          .where('reaction', '=', reaction)
          .returning('reaction')
          .executeTakeFirst();
  if (turn === 'on' || (turn === 'other' && !gone)) {
    await tx
      .insertInto('reactions')
      .values({ comment_id: commentId, person_id: person.id, reaction, reacted_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await countLikes(tx, [commentId]);
}

/** Derives how many people applaud comments, in one statement. */
export async function countLikes(tx: Tx, commentIds: string[]): Promise<void> {
  if (commentIds.length === 0) return;
  await tx
    .updateTable('comments')
    .set((eb) => ({
      liked: eb
        .selectFrom('reactions')
        .select((count) => count.fn.count<number>('reactions.person_id').distinct().as('people'))
        .whereRef('reactions.comment_id', '=', 'comments.id')
        .where('reactions.reaction', '<>', SAD),
    }))
    .where('id', 'in', commentIds)
    .execute();
}

/** Somebody's reactions to the comments on a paper, by comment. */
export async function loadReactionsOf(
  db: Db,
  personId: string,
  paperKey: number,
): Promise<Record<string, string[]>> {
  const rows = await db
    .selectFrom('reactions')
    .innerJoin('comments', 'comments.id', 'reactions.comment_id')
    .select(['reactions.comment_id', 'reactions.reaction'])
    .where('comments.paper_key', '=', paperKey)
    .where('reactions.person_id', '=', personId)
    .limit(10_000)
    .execute();
  const byComment: Record<string, string[]> = {};
  for (const { comment_id, reaction } of rows) {
    byComment[comment_id] = [...(byComment[comment_id] ?? []), reaction];
  }
  return byComment;
}

async function refuseUnlessVisible(tx: Tx, id: string, person: Person): Promise<void> {
  const comment = await tx
    .selectFrom('comments')
    .select(['state', 'author_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (comment?.state === 'visible') return;
  const isSeen =
    comment && maySee({ state: comment.state, authorId: comment.author_id }, readerOf(person));
  if (!isSeen && comment?.state !== 'deleted') {
    throw new AppError('not-found', 'There is no such comment here.');
  }
  throw new AppError('conflict', `The comment is ${comment?.state}: nobody can react to it.`);
}
