// The index follows the database: made once from all papers, then change by change. Whatever is
// killed in between goes on where it was, and doing a change twice changes nothing.
import { randomUUID } from 'node:crypto';
import type { Connection, Table } from '@lancedb/lancedb';
import { AppError, messageOf } from '../../base/errors.ts';
import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import type { Embedder } from '../../embeddings/embedder.ts';
import { type Paper, paperFromRow } from '../../papers/paper-row.ts';
import { type CatalogEntry, saveEntry, saveOnlyEntry } from './catalog.ts';
import { ANALYSER, type IndexRow, rowOfPaper, textOf } from './index-row.ts';
import {
  addRows,
  compact,
  createIndexes,
  createPapersTable,
  createVectorIndex,
  mergeRows,
  readRows,
} from './papers-table.ts';

const BUILD_BATCH = 2_000;
const FOLLOW_BATCH = 500;
/** After so many commits the small files are put together. */
const COMPACT_AFTER_COMMITS = 40;
/** Readers that opened an older version have so long to finish. */
const KEPT_VERSIONS_MS = 10 * 60_000;
/** Rows without vector that are tried again at a time. */
const VECTOR_BATCH = 500;
const EMBEDDER_REST_MS = 60_000;

export type IndexWriter = {
  database: Database;
  connection: Connection;
  embedder: Embedder | undefined;
  instance: string;
  signal: AbortSignal;
  /** Called between batches; throws when the index is no longer this process's to write. */
  holdOn(): void;
  /** Told when the embedder does not answer. */
  onTrouble(problem: string): void;
  /** Until when an embedder that did not answer is left alone, in milliseconds since 1970. */
  restsUntil: number;
  /** How long readers have to leave the table of an index that was replaced. */
  swapGraceMs: number;
  /** More changed papers than this, and than the index has rows, are quicker put into a new index. */
  farBehind: number;
};

export type BuildProgress = { papers: number; of: number; stage: 'papers' | 'indexes' };

/**
 * Makes the index anew beside the one that is there and swaps. `unfinished` is the entry of a build
 * that was cut off, which this goes on with. The tables of earlier indexes are left for the caller.
 */
export async function buildIndex(
  writer: IndexWriter,
  unfinished: CatalogEntry | undefined,
  onProgress: (progress: BuildProgress) => void = () => {},
): Promise<{ entry: CatalogEntry; table: Table }> {
  const { connection, database } = writer;
  let entry = unfinished ?? (await beginEntry(writer));
  const table = unfinished
    ? await connection.openTable(entry.name)
    : await createPapersTable(connection, entry.name, entry.dimensions);
  if (!unfinished) await saveEntry(connection, entry);
  // What was written and not noted down would be written twice.
  else await table.delete(`change > ${entry.position}`);
  const of = await countBetween(database, entry.position, entry.target);
  let papers = 0;
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (;;) {
      writer.holdOn();
      const batch = await readChanged(database, entry.position, entry.target, BUILD_BATCH);
      const last = batch.at(-1);
      if (!last) break;
      const rows = await withVectors(writer, await rowsOf(database, batch));
      await writing;
      entry = { ...entry, position: last.change };
      const reached = entry;
      writing = addRows(table, rows, entry.dimensions).then(() => saveEntry(connection, reached));
      writing.catch(() => {});
      papers += batch.length;
      onProgress({ papers, of, stage: 'papers' });
    }
  } finally {
    // Whoever comes next must not find it still being written.
    await writing.catch(() => {});
  }
  await writing;
  onProgress({ papers, of, stage: 'indexes' });
  await table.optimize();
  await createIndexes(table, () => writer.holdOn());
  const ready: CatalogEntry = {
    ...entry,
    state: 'ready',
    position: entry.target,
    votes_position: entry.target,
    trained_rows: await createVectorIndex(table, 0),
  };
  writer.holdOn();
  await saveOnlyEntry(connection, ready);
  return { entry: ready, table };
}

async function beginEntry(writer: IndexWriter): Promise<CatalogEntry> {
  const { embedder } = writer;
  if (!embedder) {
    throw new AppError(
      'unavailable',
      'The search index cannot be made while the embedder does not answer: look at the settings BROADSHEET_EMBEDDER….',
    );
  }
  return {
    name: `papers-${randomUUID()}`,
    state: 'building',
    instance: writer.instance,
    analyser: ANALYSER,
    embedder: embedder.fingerprint,
    dimensions: embedder.dimensions,
    position: 0,
    // A paper that changes during the build comes with the changes that are followed later: it is
    // never read twice here.
    target: await writer.database.currentChange(),
    votes_position: 0,
    trained_rows: 0,
  };
}

/** Where a writer stands with an index that is ready. */
export type Followed = {
  entry: CatalogEntry;
  table: Table;
  /** Commits since the table was last compacted. */
  commits: number;
  /** Looking for rows without a vector reads every vector, so it is done only where there may be one. */
  mayLackVectors: boolean;
};

/** An index that is ready, of which nothing else is known yet. */
export function beginFollowing(entry: CatalogEntry, table: Table): Followed {
  return { entry, table, commits: 1, mayLackVectors: true };
}

/** Whether so much has come in, by a large import, that the index is better made anew. */
export async function isFarBehind(
  { database, embedder, farBehind }: IndexWriter,
  { entry, table }: Followed,
): Promise<boolean> {
  const target = await database.currentChange();
  if (!embedder || target - entry.position <= farBehind) return false;
  const changed = await countBetween(database, entry.position, target);
  return changed > Math.max(farBehind, await table.countRows());
}

/**
 * Takes over what has changed in the database since, in batches; returns how many papers it looked
 * at. Papers of which nothing searched has changed are passed over. Throws `conflict` when the database
 * is no longer the one that the index was opened for.
 */
export async function followChanges(writer: IndexWriter, followed: Followed): Promise<number> {
  const { database, connection } = writer;
  let seen = 0;
  for (;;) {
    writer.holdOn();
    const { entry, table } = followed;
    const target = await database.currentChange();
    if (target < entry.position || (await instanceOf(database)) !== writer.instance) {
      throw new AppError('conflict', 'The database was restored meanwhile: open the index again.');
    }
    if (target === entry.position) return seen;
    const papers = await readChanged(database, entry.position, target, FOLLOW_BATCH);
    const isLast = papers.length < FOLLOW_BATCH;
    const there = await fingerprintsThere(table, papers);
    const changed = (await rowsOf(database, papers)).filter(
      (row) => there.get(row.key) !== row.fingerprint,
    );
    const rows = await withVectors(writer, changed);
    await mergeRows(table, rows, entry.dimensions);
    const hasRemoved = await removeGone(database, table, papers);
    if (rows.length > 0 || hasRemoved) followed.commits++;
    followed.mayLackVectors ||= rows.some((row) => row.vector === null);
    const position = isLast ? target : (papers.at(-1) as Paper).change;
    followed.entry = { ...entry, position };
    await saveEntry(connection, followed.entry);
    seen += papers.length;
    if (followed.commits >= COMPACT_AFTER_COMMITS) await compactFollowed(writer, followed);
  }
}

/** Takes over votes that have changed since the last time. */
export async function followVotes(writer: IndexWriter, followed: Followed): Promise<void> {
  const { database, connection } = writer;
  const { table } = followed;
  while (followed.entry.votes_position < followed.entry.position) {
    writer.holdOn();
    const { votes_position: from, position: target } = followed.entry;
    const papers = await readChanged(database, from, target, FOLLOW_BATCH);
    const votes = await votesOf(database, papers);
    const moved = (await valuesThere(table, papers, 'votes')).filter(
      ([key, before]) => votes.get(key) !== before,
    );
    if (moved.length > 0) {
      const rows = await readRows(table, keyIn(moved.map(([key]) => key)), moved.length);
      const counted = rows.map((row) => ({ ...row, votes: votes.get(row.key) as number }));
      await mergeRows(table, counted, followed.entry.dimensions);
      followed.commits++;
    }
    const isLast = papers.length < FOLLOW_BATCH;
    const reached = isLast ? target : (papers.at(-1) as Paper).change;
    followed.entry = { ...followed.entry, votes_position: reached };
    await saveEntry(connection, followed.entry);
  }
}

/**
 * Gives vectors to rows that were written while the embedder did not answer; returns to how many, 0
 * when there are none or it still does not answer.
 */
export async function fillVectors(writer: IndexWriter, followed: Followed): Promise<number> {
  const { table, entry } = followed;
  if (!writer.embedder || !followed.mayLackVectors || Date.now() < writer.restsUntil) return 0;
  writer.holdOn();
  const rows = await readRows(table, 'vector IS NULL', VECTOR_BATCH);
  if (rows.length === 0) {
    followed.mayLackVectors = false;
    return 0;
  }
  const filled = (await withVectors(writer, rows)).filter((row) => row.vector !== null);
  await mergeRows(table, filled, entry.dimensions);
  if (filled.length > 0) followed.commits++;
  return filled.length;
}

export async function compactFollowed(writer: IndexWriter, followed: Followed): Promise<void> {
  if (followed.commits === 0) return;
  await compact(followed.table, KEPT_VERSIONS_MS);
  followed.commits = 0;
  const trained = await createVectorIndex(followed.table, followed.entry.trained_rows);
  if (trained === followed.entry.trained_rows) return;
  followed.entry = { ...followed.entry, trained_rows: trained };
  await saveEntry(writer.connection, followed.entry);
}

async function countBetween(database: Database, after: number, until: number): Promise<number> {
  const row = await database.read
    .selectFrom('papers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('change', '>', after)
    .where('change', '<=', until)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Papers whose last change lies behind `after`, in the order of their changes. */
async function readChanged(
  database: Database,
  after: number,
  until: number,
  limit: number,
): Promise<Paper[]> {
  const rows = await database.read
    .selectFrom('papers')
    .selectAll()
    .where('change', '>', after)
    .where('change', '<=', until)
    .orderBy('change')
    .limit(limit)
    .execute();
  return rows.map(paperFromRow);
}

async function fingerprintsThere(table: Table, papers: Paper[]): Promise<Map<number, string>> {
  return new Map(await valuesThere<string>(table, papers, 'fingerprint'));
}

/** Of those papers that the table has: keys and what stands in a column. */
async function valuesThere<Value>(
  table: Table,
  papers: Paper[],
  column: keyof IndexRow,
): Promise<[number, Value][]> {
  if (papers.length === 0) return [];
  const rows = await table
    .query()
    .where(keyIn(papers.map((paper) => paper.key)))
    .select(['key', column])
    .toArray();
  return rows.map((row) => [row.key as number, row[column] as Value]);
}

/** Rows without vectors. Withdrawn papers have none, as nobody looks for them. */
export async function rowsOf(database: Database, papers: Paper[]): Promise<IndexRow[]> {
  const votes = await votesOf(database, papers);
  return papers
    .filter((paper) => paper.withdrawnAt === undefined)
    .map((paper) => rowOfPaper(paper, votes.get(paper.key) ?? 0));
}

/** As a page without a list shows them: those here and the highest count elsewhere. */
async function votesOf(database: Database, papers: Paper[]): Promise<Map<number, number>> {
  if (papers.length === 0) return new Map();
  const rows = await database.read
    .selectFrom('paper_elsewhere')
    .select((eb) => ['paper_key', eb.fn.max('votes').as('votes')])
    .where(
      'paper_key',
      'in',
      papers.map((paper) => paper.key),
    )
    .groupBy('paper_key')
    .execute();
  const elsewhere = new Map(rows.map((row) => [row.paper_key, Number(row.votes)]));
  return new Map(papers.map(({ key, votes }) => [key, votes + (elsewhere.get(key) ?? 0)]));
}

/** Rows get no vector while the embedder does not answer: they can be found by their words. */
async function withVectors(writer: IndexWriter, rows: IndexRow[]): Promise<IndexRow[]> {
  const { embedder } = writer;
  if (rows.length === 0 || !embedder || Date.now() < writer.restsUntil) return rows;
  try {
    const vectors = await embedder.embed(rows.map(textOf), 'document', writer.signal);
    return rows.map((row, at) => ({ ...row, vector: vectors[at] as Float32Array }));
  } catch (error) {
    writer.signal.throwIfAborted();
    writer.restsUntil = Date.now() + EMBEDDER_REST_MS;
    writer.onTrouble(messageOf(error));
    return rows;
  }
}

/**
 * Takes out what was withdrawn, and what was merged into one of the papers: rows of other keys under an
 * identity that a paper has or had. Returns whether there was any.
 */
async function removeGone(database: Database, table: Table, papers: Paper[]): Promise<boolean> {
  if (papers.length === 0) return false;
  const keys = papers.map((paper) => paper.key);
  const former = await database.read
    .selectFrom('paper_redirects')
    .select('id')
    .where('paper_key', 'in', keys)
    .execute();
  const ids = [...papers, ...former].map(({ id }) => `'${id.replaceAll("'", "''")}'`);
  const withdrawn = papers.filter((paper) => paper.withdrawnAt).map((paper) => paper.key);
  const gone = [
    `(id IN (${ids.join(', ')}) AND key NOT IN (${keys.join(', ')}))`,
    ...(withdrawn.length > 0 ? [keyIn(withdrawn)] : []),
  ].join(' OR ');
  if ((await table.countRows(gone)) === 0) return false;
  await table.delete(gone);
  return true;
}

function keyIn(keys: number[]): string {
  return `key IN (${keys.join(', ')})`;
}
