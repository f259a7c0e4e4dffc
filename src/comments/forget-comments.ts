// What becomes of somebody's comments and reactions when their account goes.
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { countComments } from './count-comments.ts';
import { eraseComments } from './erase-comments.ts';
import { countLikes } from './reactions.ts';

const STEP = 500;

/**
 * `tombstones`: the texts are gone, replies to them stay; `anonymous`: they stay without a name, save for
 * those that nobody could see. Reactions go either way, and so does the name where others mention it.
 * Idempotent.
 */
export async function forgetCommentsOf(
  tx: Tx,
  person: { id: string; handle: string },
  how: 'tombstones' | 'anonymous',
): Promise<void> {
  await takeChanges(tx, 1);
  await forgetReactions(tx, person.id);
  await forgetMentionsOf(tx, person.handle);
  let after = '';
  const papers = new Set<number>();
  for (;;) {
    const rows = await tx
      .selectFrom('comments')
      .select(['id', 'paper_key', 'state'])
      .where('author_id', '=', person.id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(STEP)
      .execute();
    const gone = rows.filter((row) => how === 'tombstones' || row.state !== 'visible');
    await eraseComments(
      tx,
      gone.map((row) => row.id),
    );
    for (const row of rows) papers.add(row.paper_key);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < STEP) break;
  }
  await tx
    .updateTable('comment_versions')
    .set({ editor_id: null })
    .where('editor_id', '=', person.id)
    .execute();
  await tx
    .updateTable('comments')
    .set({ author_id: null })
    .where('author_id', '=', person.id)
    .execute();
  // A number each: whoever follows the changes reads them in steps.
  for (const key of papers) await countComments(tx, key, await takeChanges(tx, 1));
}

/**
 * Has comments that mention a handle rendered anew, for it has another name now or none; the HTML that
 * holds the name is gone at once. Reads all comments: for what happens rarely.
 */
export async function forgetMentionsOf(tx: Tx, handle: string): Promise<void> {
  await takeChanges(tx, 1);
  await tx
    .updateTable('comments')
    .set({ html: '', html_version: '' })
    .where('html', 'like', `%href="/people/${handle}"%`)
    .execute();
}

async function forgetReactions(tx: Tx, personId: string): Promise<void> {
  for (;;) {
    const rows = await tx
      .selectFrom('reactions')
      .select('comment_id')
      .distinct()
      .where('person_id', '=', personId)
      .limit(STEP)
      .execute();
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.comment_id);
    await tx
      .deleteFrom('reactions')
      .where('person_id', '=', personId)
      .where('comment_id', 'in', ids)
      .execute();
    await countLikes(tx, ids);
  }
}
