import { AppError } from '../base/errors.ts';
import type { Db } from '../database/database.ts';
import { may, type Viewer } from '../people/viewer.ts';

/** Lets editors and whoever submitted the paper through. Throws `forbidden` in the words of Hugging Face's API. */
export async function allowLinks(db: Db, viewer: Viewer, paperKey: number): Promise<void> {
  if (may(viewer, 'edit', 'members')) return;
  const own = await db
    .selectFrom('day_entries')
    .select('day')
    .where('paper_key', '=', paperKey)
    .where('person_id', '=', viewer.person.id)
    .where('unlisted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (!own) throw new AppError('forbidden', 'You are not allowed to update this paper.');
}
