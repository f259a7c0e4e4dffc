// The demo edition goes when an administrator wants it to: its papers were the first of the database.
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { forgetInstance } from '../database/instance.ts';
import { findLastDemoPaper, forgetDemo } from '../papers/paper-store.ts';

/**
 * Removes the papers of the demo edition, but for those that somebody here voted for, commented on,
 * submitted or listed, or that arXiv has announced since. Does nothing when they went before.
 */
export async function removeDemo(tx: Tx): Promise<void> {
  const last = await findLastDemoPaper(tx);
  if (last === undefined) return;
  const going = tx
    .selectFrom('papers')
    .select('key')
    .where('key', '<=', last)
    .where('votes', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('comments').select('id').whereRef('paper_key', '=', 'papers.key'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('votes').select('person_id').whereRef('paper_key', '=', 'papers.key'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('submissions').select('id').whereRef('paper_key', '=', 'papers.key'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('day_entries')
            .select('day')
            .whereRef('paper_key', '=', 'papers.key')
            .where('person_id', 'is not', null),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('announcements').select('day').whereRef('paper_id', '=', 'papers.id'))),
    );
  // These two are found by their own keys, and do not go along with their paper.
  await tx.deleteFrom('paper_authors').where('paper_key', 'in', going).execute();
  await tx.deleteFrom('paper_categories').where('paper_key', 'in', going).execute();
  await tx.deleteFrom('papers').where('key', 'in', going).execute();
  await tx
    .deleteFrom('editions')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom('edition_items').select('slug').whereRef('slug', '=', 'editions.slug')),
      ),
    )
    .execute();
  await forgetDemo(tx);
  // The search index follows papers that change, not those that are gone: it is made anew.
  await forgetInstance(tx);
  await takeChanges(tx, 1);
}
