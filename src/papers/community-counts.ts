// What a paper's row says of its votes and comments is counted from their rows, in the statement that
// writes it: nothing is ever added up.
import { sql } from 'kysely';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';

/** For use in statements on `papers`. */
const VOTES = sql<number>`(select count(*) from votes where votes.paper_key = papers.key)`;
const RANKED_VOTES = sql<number>`(
  select count(*) from votes where votes.paper_key = papers.key and votes.weighs = 1
)`;
const COMMENTS = sql<number>`(
  select count(*) from comments
  where comments.paper_key = papers.key and comments.state = 'visible'
)`;

const KEYS_AT_ONCE = 1_000;

/**
 * Counts the votes of papers anew and gives each a change number. The transaction must have asked for
 * change numbers before it wrote anything, be it for none: that keeps other voters waiting, and counts
 * that miss each other's votes from being written.
 */
export async function deriveVotes(tx: Tx, paperKeys: number[]): Promise<void> {
  for (let start = 0; start < paperKeys.length; start += KEYS_AT_ONCE) {
    const keys = paperKeys.slice(start, start + KEYS_AT_ONCE);
    const first = await takeChanges(tx, keys.length);
    // A number of its own each: who follows changes in steps would lose papers that share one.
    await tx
      .updateTable('papers')
      .from((eb) =>
        eb
          .selectFrom('papers')
          .select(['key', sql<number>`row_number() over (order by key)`.as('place')])
          .where('key', 'in', keys)
          .as('numbered'),
      )
      .set((eb) => ({
        votes: VOTES,
        ranked_votes: RANKED_VOTES,
        change: eb(eb.ref('numbered.place'), '+', first - 1),
      }))
      .whereRef('numbered.key', '=', 'papers.key')
      .execute();
  }
}

/** Counts votes and visible comments of one paper anew; its change number is left to the caller. */
export async function deriveCounts(tx: Tx, paperKey: number): Promise<void> {
  await tx
    .updateTable('papers')
    .set({ votes: VOTES, ranked_votes: RANKED_VOTES, comments: COMMENTS })
    .where('key', '=', paperKey)
    .execute();
}
