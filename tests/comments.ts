// Comments for tests.

import { type NewComment, writeComment } from '../src/comments/comment-store.ts';
import type { Database } from '../src/database/database.ts';
import type { Person } from '../src/people/person.ts';
import { record, save } from './fixtures.ts';

export const NO_APPROVAL = { approval: 'none', newAccountHours: 24 } as const;
export const PAPER = '2510.00001';

/** Saves a paper to talk about and gives its key. */
export async function paperToDiscuss(database: Database, id = PAPER): Promise<number> {
  const [saved] = await save(database, record(id));
  return saved?.key as number;
}

export async function comment(
  database: Database,
  person: Person,
  written: Omit<NewComment, 'person' | 'rules'> & Partial<Pick<NewComment, 'rules'>>,
): Promise<{ id: string; state: string }> {
  return database.transact((tx) => writeComment(tx, { rules: NO_APPROVAL, ...written, person }));
}

/** The count that the paper shows. */
export async function shownCount(database: Database, paperKey: number): Promise<number> {
  const row = await database.read
    .selectFrom('papers')
    .select('comments')
    .where('key', '=', paperKey)
    .executeTakeFirstOrThrow();
  return row.comments;
}
