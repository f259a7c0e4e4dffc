import { type Kysely, sql } from 'kysely';
import type { Engine } from '../database.ts';

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'postgres' ? sql`text collate "C"` : sql`text`;
  const integer = engine === 'postgres' ? sql`bigint` : sql`integer`;
  await sql`alter table papers add column ranked_votes ${integer} not null default 0`.execute(db);
  for (const column of ['pinned_at', 'unlisted_at', 'introduction', 'person_id']) {
    await sql`alter table day_entries add column ${sql.ref(column)} ${text}`.execute(db);
  }
  // What trending looks at beside the lists; the query must name the condition in these words.
  await sql`create index papers_talked_about on papers (change) where ranked_votes > 0 or comments > 0`.execute(
    db,
  );
}
