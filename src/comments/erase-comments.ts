import type { Tx } from '../database/database.ts';

/** Makes comments tombstones, at most a thousand; the caller counts what is left and took a change number. */
export async function eraseComments(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('comment_versions').where('comment_id', 'in', ids).execute();
  await tx.deleteFrom('reactions').where('comment_id', 'in', ids).execute();
  await tx
    .updateTable('comments')
    .set({
      raw: '',
      html: '',
      state: 'deleted',
      edited_at: null,
      edits: 0,
      hidden_by: null,
      hidden_reason: null,
      liked: 0,
    })
    .where('id', 'in', ids)
    .execute();
}
