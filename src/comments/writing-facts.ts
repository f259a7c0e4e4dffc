import type { Tx } from '../database/database.ts';
import { isNewAccount } from '../people/new-account.ts';
import type { Person } from '../people/person.ts';
import { firstIdAt } from './comment-id.ts';
import { REPEAT_WITHIN_MS, type WritingFacts } from './spam-check.ts';

/** What the check for spam wants to know; exact while the caller holds the change number. */
export async function loadWritingFacts(
  tx: Tx,
  writing: {
    person: Person;
    raw: string;
    paperKey: number;
    parentId: string | null;
    newAccountHours: number;
    atMs: number;
  },
): Promise<WritingFacts> {
  const { person, raw, atMs } = writing;
  const last = await tx
    .selectFrom('comments')
    .select('created_at')
    .where('author_id', '=', person.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  // Ids sort by time, so that this reads the comments of one day only.
  const same = await tx
    .selectFrom('comments')
    .select(['author_id', 'paper_key', 'parent_id'])
    .where('id', '>=', firstIdAt(atMs - REPEAT_WITHIN_MS))
    .where('raw', '=', raw)
    .limit(100)
    .execute();
  const own = same.filter((row) => row.author_id === person.id);
  const isHere = own.some(
    (row) => row.paper_key === writing.paperKey && row.parent_id === writing.parentId,
  );
  return {
    raw,
    isNewAccount: isNewAccount(person, writing.newAccountHours),
    sinceLastMs: last && atMs - Date.parse(last.created_at),
    isRepeated: isHere ? 'here' : own.length > 0 ? 'elsewhere' : undefined,
    isCopied: same.length > own.length,
  };
}
