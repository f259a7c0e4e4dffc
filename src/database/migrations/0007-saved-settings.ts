import { type Kysely, sql } from 'kysely';
import type { Engine } from '../database.ts';

/** What administrators change while an instance runs, for all its processes. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'postgres' ? sql`text collate "C"` : sql`text`;
  await sql`create table saved_settings (
    name ${text} primary key,
    value ${text} not null,
    changed_at ${text} not null
  )`.execute(db);
}
