// Votes of new accounts are shown, but weigh nothing in rankings until the account has grown old enough.
import { takeChanges } from '../database/change-number.ts';
import type { Database } from '../database/database.ts';
import { deriveVotes } from '../papers/community-counts.ts';
import { KNOWN_ROLES, newAccountsSince } from '../people/new-account.ts';
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

/** Whose votes are looked up at a time, so that voters do not wait for long. */
const VOTES_AT_ONCE = 500;

export const WEIGH_VOTES: NewJob = { kind: 'weigh-votes', dedupKey: 'weigh-votes' };

export const VOTE_SCHEDULE: ScheduleLine[] = [
  { name: WEIGH_VOTES.kind, pattern: '10 * * * *', timeZone: 'UTC', job: WEIGH_VOTES },
];

/** Lets the votes of accounts that are new no more weigh; returns how many. Again it does nothing. */
export async function weighVotes(database: Database, newAccountHours: number): Promise<number> {
  let weighed = 0;
  for (;;) {
    const step = await weighSome(database, newAccountHours);
    if (step === 0) return weighed;
    weighed += step;
  }
}

async function weighSome(database: Database, newAccountHours: number): Promise<number> {
  const since = newAccountsSince(newAccountHours);
  return database.transact(async (tx) => {
    await takeChanges(tx, 0);
    const due = await tx
      .selectFrom('votes')
      .innerJoin('people', 'people.id', 'votes.person_id')
      .select('votes.person_id')
      .where('votes.weighs', '=', 0)
      .where((eb) =>
        eb.or([eb('people.created_at', '<=', since), eb('people.role', 'in', [...KNOWN_ROLES])]),
      )
      .orderBy('votes.voted_at')
      .limit(VOTES_AT_ONCE)
      .execute();
    if (due.length === 0) return 0;
    const grown = [...new Set(due.map((vote) => vote.person_id))];
    const weighing = await tx
      .updateTable('votes')
      .set({ weighs: 1 })
      .where('weighs', '=', 0)
      .where('person_id', 'in', grown)
      .returning('paper_key')
      .execute();
    await deriveVotes(tx, [...new Set(weighing.map((vote) => vote.paper_key))]);
    return weighing.length;
  });
}
