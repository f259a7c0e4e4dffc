// When two papers turn out to be one: what people did at the paper that goes follows to the one that stays.
import type { Tx } from '../database/database.ts';
import { deriveCounts } from './community-counts.ts';

/** To be called before the paper `from` is removed, which would take along what still hangs on it. */
export async function absorbCommunity(
  tx: Tx,
  { from, to }: { from: number; to: number },
): Promise<void> {
  // Who voted for both has voted once.
  await tx
    .updateTable('votes')
    .set({ paper_key: to })
    .where('paper_key', '=', from)
    .where('person_id', 'not in', (eb) =>
      eb.selectFrom('votes').select('person_id').where('paper_key', '=', to),
    )
    .execute();
  for (const table of ['comments', 'submissions'] as const) {
    await tx.updateTable(table).set({ paper_key: to }).where('paper_key', '=', from).execute();
  }
  await absorbTold(tx, from, to);
  await absorbPeaks(tx, from, to);
  // Who was told of either is not told of the other.
  await tx
    .updateTable('alert_matches')
    .set({ paper_key: to })
    .where('paper_key', '=', from)
    .where('alert_id', 'not in', (eb) =>
      eb.selectFrom('alert_matches').select('alert_id').where('paper_key', '=', to),
    )
    .execute();
  await absorbEntries(tx, from, to);
  await absorbLock(tx, from, to);
  await deriveCounts(tx, to);
}

/** A channel that was told of either has been told. */
async function absorbTold(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('channel_papers')
    .set({ paper_key: to })
    .where('paper_key', '=', from)
    .where('channel_id', 'not in', (eb) =>
      eb.selectFrom('channel_papers').select('channel_id').where('paper_key', '=', to),
    )
    .execute();
}

/** The one had so many votes as soon as either had. */
async function absorbPeaks(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .insertInto('vote_peaks')
    .columns(['paper_key', 'votes', 'reached_at'])
    .expression((eb) =>
      eb
        .selectFrom('vote_peaks')
        .select(({ val }) => [val(to).as('paper_key'), 'votes', 'reached_at'])
        .where('paper_key', '=', from),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['paper_key', 'votes'])
        .doUpdateSet((eb) => ({ reached_at: eb.ref('excluded.reached_at') }))
        .whereRef('excluded.reached_at', '<', 'vote_peaks.reached_at'),
    )
    .execute();
}

/** On days whose list holds both, the entry that stays keeps what people added to the other. */
async function absorbEntries(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('day_entries')
    .from('day_entries as gone')
    .set((eb) => ({
      person_id: eb.fn.coalesce('day_entries.person_id', 'gone.person_id'),
      pinned_at: eb.fn.coalesce('day_entries.pinned_at', 'gone.pinned_at'),
      unlisted_at: eb.fn.coalesce('day_entries.unlisted_at', 'gone.unlisted_at'),
      introduction: eb.fn.coalesce('day_entries.introduction', 'gone.introduction'),
    }))
    .where('day_entries.paper_key', '=', to)
    .where('gone.paper_key', '=', from)
    .whereRef('gone.day', '=', 'day_entries.day')
    .execute();
}

/** A discussion that was closed at either stays closed. */
async function absorbLock(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('papers')
    .from('papers as gone')
    .set((eb) => ({
      comments_locked_at: eb.fn.coalesce('papers.comments_locked_at', 'gone.comments_locked_at'),
    }))
    .where('papers.key', '=', to)
    .where('gone.key', '=', from)
    .execute();
}
