// What can be found while the index is not there: titles by their beginning, and authors by name.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { authorKey } from '../papers/author-name.ts';

const MAX_FOUND = 100;
/** As the index of titles has it: see migration 0003. */
const TITLE_START = sql<string>`lower(substr(papers.title, 1, 80))`;
const TITLE_START_LENGTH = 80;
/** Sorts behind every character that a title or a name holds. */
const LAST = '\u{10ffff}';

/** Keys of papers whose title or one of whose authors' names begins so, the newest first. */
export async function findInDatabase(db: Db, text: string): Promise<number[]> {
  const asked = text.trim();
  if (asked === '') return [];
  const titled = await db
    .selectFrom('papers')
    .select('key')
    .where('withdrawn_at', 'is', null)
    .where(startsWith(TITLE_START, asked.toLowerCase().slice(0, TITLE_START_LENGTH)))
    .orderBy('published_at', 'desc')
    .limit(MAX_FOUND)
    .execute();
  const name = authorKey(asked);
  const written = await db
    .selectFrom('paper_authors')
    .innerJoin('papers', 'papers.key', 'paper_authors.paper_key')
    .select('paper_authors.paper_key')
    .where('papers.withdrawn_at', 'is', null)
    .where(startsWith(sql<string>`paper_authors.author_key`, name))
    .orderBy('paper_authors.author_key')
    .orderBy('paper_authors.published_at', 'desc')
    .limit(MAX_FOUND)
    .execute();
  const keys = [...titled.map((row) => row.key), ...written.map((row) => row.paper_key)];
  return [...new Set(keys)].slice(0, MAX_FOUND);
}

function startsWith(column: RawBuilder<string>, start: string) {
  return sql<boolean>`(${column} >= ${start} and ${column} < ${start + LAST})`;
}
