// Rows as JSON lines with their members in the order of the columns' names, so that the same rows
// are the same bytes on either engine.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { sql } from 'kysely';
import type { Database, Db, Tx } from './database.ts';
import { chunkedForInsert } from './insert-rows.ts';
import type { TableName } from './schema.ts';

export type Row = Record<string, string | number | null>;

/** In how large steps tables are read and written: a paper's row and record are some kilobytes. */
const STEP_ROWS = 1_000;

/** The columns that a table is read by, which identify its rows. */
const SORT_KEYS: Record<TableName, readonly string[]> = {
  counters: ['name'],
  papers: ['key'],
  paper_authors: ['author_key', 'published_at', 'paper_key'],
  paper_categories: ['category', 'published_at', 'paper_key'],
  paper_elsewhere: ['paper_key', 'origin'],
  paper_records: ['paper_key', 'source'],
  paper_redirects: ['id'],
  paper_renderings: ['paper_key'],
  day_entries: ['day', 'paper_key'],
  editions: ['slug'],
  edition_items: ['slug', 'position'],
  imports: ['id'],
  jobs: ['id'],
  schedule_ticks: ['line', 'tick'],
  request_turns: ['service'],
  sources: ['name'],
  harvests: ['id'],
  feed_polls: ['day', 'category'],
  announcements: ['day', 'category', 'paper_id'],
  lookups: ['id'],
  leases: ['name'],
  people: ['id'],
  sessions: ['id'],
  accounts: ['id'],
  verifications: ['id'],
  passkeys: ['id'],
  api_tokens: ['id'],
  invitations: ['id'],
  votes: ['person_id', 'paper_key'],
  submissions: ['id'],
  comments: ['id'],
  comment_versions: ['comment_id', 'number'],
  reactions: ['comment_id', 'person_id', 'reaction'],
  reports: ['id'],
  sanctions: ['id'],
  barred_addresses: ['address_hash'],
  moderation_log: ['id'],
  audit_log: ['id'],
  rate_limits: ['key'],
  subscriptions: ['id'],
  channels: ['id'],
  channel_posts: ['id'],
  channel_papers: ['channel_id', 'paper_key'],
  alerts: ['id'],
  alert_matches: ['alert_id', 'paper_key'],
  deliveries: ['id'],
  mail_events: ['id'],
  sending_pauses: ['name'],
  suppressions: ['email'],
  feed_tokens: ['id'],
  vote_peaks: ['paper_key', 'votes'],
  saved_settings: ['name'],
};

/** All rows of a table in the order of its key, in steps; by keyset, so that every step costs the same. */
export async function* readRows(db: Db, table: TableName): AsyncGenerator<Row[]> {
  const columns = SORT_KEYS[table];
  const key = sql.join(columns.map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    const after: Row | undefined = last;
    const where = after
      ? sql`where (${key}) > (${sql.join(columns.map((column) => sql.val(after[column])))})`
      : sql``;
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} ${where} order by ${key} limit ${STEP_ROWS}
    `.execute(db);
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (rows.length < STEP_ROWS) return;
  }
}

export function renderRow(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

/** Writes and waits where the other end is slower. */
export async function writeText(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

export async function insertRows(tx: Tx, table: TableName, rows: Row[]): Promise<void> {
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto(table)
      .values(chunk as never)
      .execute();
  }
}

/** On PostgreSQL the next key given out must lie above those that were put in. */
export async function resetSequences(tx: Tx, engine: Database['engine']): Promise<void> {
  if (engine !== 'postgres') return;
  for (const [table, column] of [
    ['papers', 'key'],
    ['jobs', 'id'],
    ['reports', 'id'],
    ['sanctions', 'id'],
    ['moderation_log', 'id'],
    ['audit_log', 'id'],
    ['mail_events', 'id'],
  ] as const) {
    await sql`
      select setval(
        pg_get_serial_sequence(${table}, ${column}),
        coalesce((select max(${sql.ref(column)}) from ${sql.table(table)}), 0) + 1,
        false
      )
    `.execute(tx);
  }
}
