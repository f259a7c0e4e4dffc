import type { Db } from '../database/database.ts';

/** The keys of papers by identity, former ones too; what is not here is left out. */
export async function findKeys(db: Db, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const former = await db
    .selectFrom('paper_redirects')
    .select(['id', 'paper_key as key'])
    .where('id', 'in', ids)
    .execute();
  const present = await db
    .selectFrom('papers')
    .select(['id', 'key'])
    .where('id', 'in', ids)
    .execute();
  return new Map([...former, ...present].map(({ id, key }) => [id, key]));
}
