// Votes: one a person and paper. Whatever writes them waits for the change number first, so that the
// counts, which are derived in one statement, miss nobody's vote.
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { deriveVotes } from '../papers/community-counts.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { isNewAccount } from '../people/new-account.ts';
import type { Person } from '../people/person.ts';

/** `votes` are those of this instance. */
export type VoteCount = { votes: number; hasVoted: boolean };

type Voter = Pick<Person, 'id'>;

/**
 * Permission is the caller's business. Voting again changes nothing, and readers' pages stay as they were; a
 * vote keeps the weight that it was cast with until `weighVotes` lets it weigh.
 */
export async function castVote(
  tx: Tx,
  { person, paperKey, weighs }: { person: Voter; paperKey: number; weighs: boolean },
): Promise<VoteCount> {
  await takeChanges(tx, 0);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('votes')
    .columns(['person_id', 'paper_key', 'voted_at', 'weighs'])
    .expression((eb) =>
      // Nobody's, if the account went while the request was under way.
      eb
        .selectFrom('people')
        .select(({ val }) => [
          'people.id',
          val(paperKey).as('paper_key'),
          val(now()).as('voted_at'),
          val(weighs ? 1 : 0).as('weighs'),
        ])
        .where('people.id', '=', person.id),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(numInsertedOrUpdatedRows) > 0) await deriveVotes(tx, [paperKey]);
  return countVotes(tx, person, paperKey);
}

/** Taking back what was not cast changes nothing. */
export async function withdrawVote(
  tx: Tx,
  { person, paperKey }: { person: Voter; paperKey: number },
): Promise<VoteCount> {
  await takeChanges(tx, 0);
  const { numDeletedRows } = await tx
    .deleteFrom('votes')
    .where('person_id', '=', person.id)
    .where('paper_key', '=', paperKey)
    .executeTakeFirst();
  if (Number(numDeletedRows) > 0) await deriveVotes(tx, [paperKey]);
  return countVotes(tx, person, paperKey);
}

/**
 * Casts or takes back a vote for the paper of an identity, whatever it is called by now. Permission is the
 * caller's business. Throws `not-found`.
 */
export async function saveVote(
  database: Database,
  vote: { person: Person; paperId: string; isOn: boolean; newAccountHours: number },
): Promise<VoteCount & { paper: Paper }> {
  const { person, paperId, isOn, newAccountHours } = vote;
  return database.transact(async (tx) => {
    // Before looking for the paper, which may be about to become another's.
    await takeChanges(tx, 0);
    const found = await findPaper(tx, paperId);
    if (!found) throw new AppError('not-found', 'Paper not found');
    const { paper } = found;
    const weighs = !isNewAccount(person, newAccountHours);
    const count = isOn
      ? await castVote(tx, { person, paperKey: paper.key, weighs })
      : await withdrawVote(tx, { person, paperKey: paper.key });
    return { ...count, paper };
  });
}

/** Takes back all votes of somebody whose account goes. */
export async function forgetVotesOf(tx: Tx, personId: string): Promise<void> {
  await takeChanges(tx, 0);
  const gone = await tx
    .deleteFrom('votes')
    .where('person_id', '=', personId)
    .returning('paper_key')
    .execute();
  await deriveVotes(
    tx,
    gone.map((row) => row.paper_key),
  );
}

/** Of the given papers, those that somebody has voted for. */
export async function loadVoted(
  db: Db,
  personId: string,
  paperKeys: number[],
): Promise<Set<number>> {
  if (paperKeys.length === 0) return new Set();
  const rows = await db
    .selectFrom('votes')
    .select('paper_key')
    .where('person_id', '=', personId)
    .where('paper_key', 'in', paperKeys)
    .execute();
  return new Set(rows.map((row) => row.paper_key));
}

async function countVotes(tx: Tx, person: Voter, paperKey: number): Promise<VoteCount> {
  const row = await tx
    .selectFrom('papers')
    .leftJoin('votes', (join) =>
      join.onRef('votes.paper_key', '=', 'papers.key').on('votes.person_id', '=', person.id),
    )
    .select(['papers.votes', 'votes.person_id'])
    .where('papers.key', '=', paperKey)
    .executeTakeFirst();
  return { votes: row?.votes ?? 0, hasVoted: row?.person_id !== null && row !== undefined };
}
