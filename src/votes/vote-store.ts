import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';

/** Takes all votes of somebody back, before their account goes. */
export async function forgetVotesOf(tx: Tx, personId: string): Promise<void> {
  const change = await takeChanges(tx, 1);
  const gone = await tx
    .deleteFrom('votes')
    .where('person_id', '=', personId)
    .returning('paper_key')
    .execute();
  for (const { paper_key } of gone) {
    await tx
      .updateTable('papers')
      .set((eb) => ({
        votes: eb
          .selectFrom('votes')
          .select((count) => count.fn.countAll<number>().as('votes'))
          .where('votes.paper_key', '=', paper_key),
        change,
      }))
      .where('key', '=', paper_key)
      .execute();
  }
}
