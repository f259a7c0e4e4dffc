import type { Db } from '../database/database.ts';

export type Voter = { id: string; handle: string; name: string };

export type Voters = {
  /** Those who vote publicly, the newest vote first. */
  shown: Voter[];
  /** How many there are of them, and of those who vote privately and are named nowhere. */
  publicCount: number;
  privateCount: number;
};

/** Two queries. */
export async function listVoters(
  db: Db,
  paperKey: number,
  { limit }: { limit: number },
): Promise<Voters> {
  const shown = await db
    .selectFrom('votes')
    .innerJoin('people', 'people.id', 'votes.person_id')
    .select(['people.id', 'people.handle', 'people.name'])
    .where('votes.paper_key', '=', paperKey)
    .where('people.has_public_votes', '=', 1)
    .orderBy('votes.voted_at', 'desc')
    .orderBy('people.id')
    .limit(limit)
    .execute();
  const counts = await db
    .selectFrom('votes')
    .innerJoin('people', 'people.id', 'votes.person_id')
    .select((eb) => ['people.has_public_votes', eb.fn.countAll<number>().as('count')])
    .where('votes.paper_key', '=', paperKey)
    .groupBy('people.has_public_votes')
    .execute();
  const countOf = (isPublic: 0 | 1) =>
    Number(counts.find((row) => row.has_public_votes === isPublic)?.count ?? 0);
  return { shown, publicCount: countOf(1), privateCount: countOf(0) };
}
