import { type Kysely, sql } from 'kysely';
import type { Engine } from '../database.ts';

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = engine === 'postgres' ? sql`text collate "C"` : sql`text`;
  await sql`create table leases (
    name ${text} primary key,
    holder ${text} not null,
    held_until ${text} not null
  )`.execute(db);
  await sql`create index papers_title_start on papers (lower(substr(title, 1, 80)))`.execute(db);
}
