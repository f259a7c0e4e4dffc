import type { Tx } from '../database/database.ts';

/**
 * Derives the count that a paper shows from its comments, in one statement, and moves the paper to the
 * change number. Exact where the transaction took that number before it touched a comment.
 */
export async function countComments(tx: Tx, paperKey: number, change: number): Promise<void> {
  await tx
    .updateTable('papers')
    .set((eb) => ({
      comments: eb
        .selectFrom('comments')
        .select((count) => count.fn.countAll<number>().as('visible'))
        .where('comments.paper_key', '=', paperKey)
        .where('comments.state', '=', 'visible'),
      change,
    }))
    .where('key', '=', paperKey)
    .execute();
}
