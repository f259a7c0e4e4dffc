// Many questions about the same few papers, as alerts ask them of the papers of a day. The papers come from
// the database, so that none is missed because the index is behind, being made, or gone.
import type { Table } from '@lancedb/lancedb';
import type { Database } from '../../database/database.ts';
import type { Embedder } from '../../embeddings/embedder.ts';
import { unlessZero } from '../../embeddings/unit-length.ts';
import { loadPapers } from '../../papers/paper-store.ts';
import { askList, hasContent } from '../index/ask-table.ts';
import { rowsOf } from '../index/follow-papers.ts';
import type { OpenIndex } from '../index/index-reader.ts';
import { type IndexRow, textOf } from '../index/index-row.ts';
import { openMemoryTable } from '../index/papers-table.ts';
import { parseQuery } from '../query/parse-query.ts';
import { cosines } from '../rank.ts';
import { askMatches, type MatchedBy, type MatchPlace } from './ask-matches.ts';
import { keysIn } from './index-place.ts';

export type Matches = {
  /** The best first. */
  keys: number[];
  /** False: the embedder did not answer, and more may be near in meaning. */
  isComplete: boolean;
};

export type Matcher = {
  match(text: string, by: MatchedBy): Promise<Matches>;
  close(): void;
};

export type MatcherParts = {
  database: Database;
  /** Undefined while it does not answer. */
  embedder: Embedder | undefined;
  /** Whose vectors are taken where they are of the same texts and embedder. */
  index: OpenIndex | undefined;
  nearFrom: number;
  weight: number;
  signal: AbortSignal;
  /** Told when the embedder does not answer. */
  onTrouble(error: unknown): void;
};

/** No question about a few papers takes so long. */
const QUESTION_TIMEOUT_MS = 20_000;
/** How many papers' vectors are read or made at a time. */
const STEP = 500;

/** For at most some thousand papers, which are held in memory with their texts and vectors until it is closed. */
export async function openMatcher(parts: MatcherParts, among: number[]): Promise<Matcher> {
  const { database, embedder, nearFrom, weight, signal, onTrouble } = parts;
  const papers = await loadPapers(database.read, among);
  const rows = await rowsOf(database, [...papers.values()]);
  const vectors = new Map<number, Float32Array>();
  let hasVectors = embedder !== undefined;
  if (embedder) hasVectors = await findVectors(parts, embedder, rows, vectors);
  const table = await openMemoryTable(rows);
  const count = rows.length;
  const place: MatchPlace = {
    table,
    among: undefined,
    size: Math.max(1, count),
    timeoutMs: QUESTION_TIMEOUT_MS,
    async compare(vector, where) {
      const compared = cosines(vectors, vector);
      if (where === undefined) return compared;
      const kept = await keysWhere(table, where, count);
      return compared.filter(({ key }) => kept.has(key));
    },
  };
  const embedWords = async (words: string) => {
    try {
      return (await embedder?.embed([words], 'query', signal))?.[0];
    } catch (error) {
      signal.throwIfAborted();
      onTrouble(error);
      return undefined;
    }
  };
  return {
    async match(text, by) {
      const query = parseQuery(text);
      if (count === 0) return { keys: [], isComplete: true };
      const wantsMeaning = by !== 'words' && hasContent(query.words);
      const embedded = wantsMeaning ? await embedWords(query.words) : undefined;
      const asked = { by, vector: unlessZero(embedded), nearFrom, weight };
      const keys = await askMatches(place, query, asked);
      return { keys, isComplete: !wantsMeaning || (hasVectors && embedded !== undefined) };
    },
    close: () => table.close(),
  };
}

async function keysWhere(table: Table, where: string, limit: number): Promise<Set<number>> {
  const asked = { where, orderBy: 'votes', limit, timeoutMs: QUESTION_TIMEOUT_MS } as const;
  return new Set((await askList(table, asked)).map(({ key }) => key));
}

/** Puts the rows' vectors into `vectors`; whether every row got one. */
async function findVectors(
  { index, signal, onTrouble }: MatcherParts,
  embedder: Embedder,
  rows: IndexRow[],
  vectors: Map<number, Float32Array>,
): Promise<boolean> {
  const usable = index?.entry.embedder === embedder.fingerprint ? index.table : undefined;
  for (let at = 0; at < rows.length; at += STEP) {
    const some = rows.slice(at, at + STEP);
    const known = await knownVectors(usable, some);
    for (const [key, vector] of known) vectors.set(key, vector);
    const unknown = some.filter(({ key }) => !known.has(key));
    if (unknown.length === 0) continue;
    try {
      const made = await embedder.embed(unknown.map(textOf), 'document', signal);
      for (const [place, { key }] of unknown.entries()) {
        vectors.set(key, made[place] as Float32Array);
      }
    } catch (error) {
      signal.throwIfAborted();
      onTrouble(error);
      return false;
    }
  }
  return true;
}

/** Of the index, whatever state it is in: what it does not know is made. */
async function knownVectors(
  table: Table | undefined,
  rows: IndexRow[],
): Promise<Map<number, Float32Array>> {
  if (!table) return new Map();
  const fingerprints = new Map(rows.map(({ key, fingerprint }) => [key, fingerprint]));
  try {
    const found = await table
      .query()
      .where(`${keysIn([...fingerprints.keys()])} AND vector IS NOT NULL`)
      .select(['key', 'fingerprint', 'vector'])
      .limit(rows.length)
      .toArray({ timeoutMs: QUESTION_TIMEOUT_MS });
    return new Map(
      found
        .filter((row) => fingerprints.get(row.key as number) === row.fingerprint)
        .map((row) => [row.key as number, Float32Array.from(row.vector as Iterable<number>)]),
    );
  } catch {
    return new Map();
  }
}
