// The order by relevance: what search shows first, and what `broadsheet eval` measures.
import type { Table } from '@lancedb/lancedb';
import { scaleToUnit } from '../embeddings/unit-length.ts';
import { FUSED_DEPTH, fuse } from './fuse.ts';
import {
  askVector,
  askWords,
  loadVectors,
  type Scored,
  type TextConditions,
  withText,
} from './index/ask-table.ts';

export type RankAsked = {
  words: string;
  text: TextConditions;
  where: string | undefined;
  /** The query's vector, of length 1; undefined when there is none. */
  embed(signal: AbortSignal): Promise<Float32Array | undefined>;
  /** Partitions of the vector index that are looked into. */
  probes: number;
  /** Of the meaning, 0 to 1. */
  weight: number;
  /** How many candidates each side brings. */
  depth?: number;
  timeoutMs: number;
};

export type Ranking = {
  words: Scored[];
  /** The nearest in meaning. */
  meaning: Scored[];
  fused: Scored[];
  /** Why the meaning has no part in it: it came too late, or there is no vector. */
  trouble: 'late' | 'no vector' | undefined;
};

/** Words and meaning at once; the words alone when the meaning is not there in time. */
export async function rank(table: Table, asked: RankAsked): Promise<Ranking> {
  const { text, where, timeoutMs, weight, depth = FUSED_DEPTH } = asked;
  const stopping = new AbortController();
  const limit = deadline(timeoutMs);
  const words = askWords(table, {
    words: asked.words,
    isStrict: false,
    text,
    where,
    limit: depth,
    timeoutMs,
  });
  const both = weight > 0 ? rankBoth(table, asked, words, stopping.signal) : undefined;
  both?.catch(() => {});
  try {
    const found = await words;
    const ranked = await Promise.race([both, limit.reached]);
    if (ranked !== LATE && ranked !== undefined) {
      return { words: found, ...ranked, trouble: undefined };
    }
    const trouble = ranked === LATE ? 'late' : weight > 0 ? 'no vector' : undefined;
    return { words: found, meaning: [], fused: fuse(found, [], 0), trouble };
  } finally {
    limit.stop();
    stopping.abort();
  }
}

async function rankBoth(
  table: Table,
  asked: RankAsked,
  words: Promise<Scored[]>,
  signal: AbortSignal,
): Promise<Pick<Ranking, 'meaning' | 'fused'> | undefined> {
  const { where, timeoutMs, probes, text, weight, depth = FUSED_DEPTH } = asked;
  const vector = await asked.embed(signal);
  if (!vector || signal.aborted) return undefined;
  const near = await askVector(table, { vector, where, limit: depth, timeoutMs, probes });
  const meaning = await withConditions(table, near, text, timeoutMs);
  const found = await words;
  const keys = [...new Set([...found, ...meaning].map(({ key }) => key))];
  const vectors = await loadVectors(table, keys, timeoutMs);
  const first = fuse(found, cosines(vectors, vector), weight);
  const nearer = withFeedback(vector, first, vectors);
  return { meaning, fused: fuse(found, cosines(vectors, nearer), weight) };
}

/** Of the best papers so many say what else the query may mean, and so much. */
const FEEDBACK_PAPERS = 3;
const FEEDBACK_SHARE = 0.25;

/**
 * The query moved towards the best papers that it found (Rocchio's relevance feedback without a judge;
 * Rocchio, 1971). Of length 1.
 */
function withFeedback(
  query: Float32Array,
  ranked: Scored[],
  vectors: Map<number, Float32Array>,
): Float32Array {
  const best = ranked.slice(0, FEEDBACK_PAPERS).flatMap(({ key }) => vectors.get(key) ?? []);
  const moved = Float32Array.from(query);
  for (const vector of best) {
    for (let k = 0; k < moved.length; k++) {
      moved[k] = (moved[k] as number) + (FEEDBACK_SHARE / best.length) * (vector[k] as number);
    }
  }
  return scaleToUnit(moved);
}

function cosines(vectors: Map<number, Float32Array>, query: Float32Array): Scored[] {
  return [...vectors].map(([key, vector]) => {
    let score = 0;
    for (let k = 0; k < query.length; k++) score += (query[k] as number) * (vector[k] as number);
    return { key, score };
  });
}

async function withConditions(
  table: Table,
  found: Scored[],
  text: TextConditions,
  timeoutMs: number,
): Promise<Scored[]> {
  if (text.must.length + text.mustNot.length === 0) return found;
  const keys = found.map(({ key }) => key);
  const kept = await withText(table, keys, text, timeoutMs);
  return found.filter(({ key }) => kept.has(key));
}

const LATE = Symbol('late');

function deadline(ms: number): { reached: Promise<typeof LATE>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  return { reached, stop: () => clearTimeout(timer) };
}
