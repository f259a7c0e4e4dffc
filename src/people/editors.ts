import { now } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

const MAX_NAMED = 3;

/** Who makes the day, for its byline: editors, else administrators; the longest here first, at most three. */
export async function listEditorNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select(['name', 'role', 'barred_until'])
    .where('role', 'in', ['editor', 'administrator'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(100)
    .execute();
  const free = rows.filter((row) => row.barred_until === null || row.barred_until <= now());
  const editors = free.filter((row) => row.role === 'editor');
  return (editors.length > 0 ? editors : free).slice(0, MAX_NAMED).map((row) => row.name);
}
