// The order by relevance: what search shows first, and what `broadsheet eval` measures.
import type { Table } from '@lancedb/lancedb';
import { scaleToUnit } from '../embeddings/unit-length.ts';
import { FUSED_DEPTH, fuse, weightFor } from './fuse.ts';
import {
  askVector,
  askWords,
  countContentWords,
  type Hit,
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
  /** Of the meaning in a query of usual length, 0 to 1. */
  weight: number;
  /** How many candidates each side brings. */
  depth?: number;
  timeoutMs: number;
};

export type Ranking = {
  words: Hit[];
  /** The nearest in meaning. */
  meaning: Hit[];
  fused: Hit[];
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
    return { words: found, meaning: [], fused: fuseHits(found, [], [], 0), trouble };
  } finally {
    limit.stop();
    stopping.abort();
  }
}

async function rankBoth(
  table: Table,
  asked: RankAsked,
  words: Promise<Hit[]>,
  signal: AbortSignal,
): Promise<Pick<Ranking, 'meaning' | 'fused'> | undefined> {
  const { where, timeoutMs, probes, text, depth = FUSED_DEPTH } = asked;
  const weight = weightFor(countContentWords(asked.words), asked.weight);
  const vector = await asked.embed(signal);
  if (!vector || signal.aborted) return undefined;
  const near = await askVector(table, { vector, where, limit: depth, timeoutMs, probes });
  const meaning = await withConditions(table, near, text, timeoutMs);
  const found = await words;
  const first = fuseHits(found, meaning, meaning, weight);
  return {
    meaning,
    fused: await rerank(table, { vector, words: found, first, weight, timeoutMs }),
  };
}

/** So many of the best are compared again with their vectors, as many as anyone looks at. */
const RERANKED = 100;

/**
 * Gives the best their exact cosine, which those lack that only the words have found, and compares them
 * with the query moved by feedback. The others stay behind them.
 */
async function rerank(
  table: Table,
  {
    vector,
    words,
    first,
    weight,
    timeoutMs,
  }: { vector: Float32Array; words: Hit[]; first: Hit[]; weight: number; timeoutMs: number },
): Promise<Hit[]> {
  const best = first.slice(0, RERANKED);
  const vectors = await loadVectors(table, best, timeoutMs);
  const keys = new Set(best.map(({ key }) => key));
  const found = words.filter(({ key }) => keys.has(key));
  const again = fuse(found, cosines(vectors, vector), weight);
  const nearer = cosines(vectors, withFeedback(vector, again, vectors));
  return [...fuseHits(found, best, nearer, weight), ...first.slice(RERANKED)];
}

function fuseHits(words: Hit[], others: Hit[], meaning: Scored[], weight: number): Hit[] {
  const rows = new Map([...words, ...others].map(({ key, row }) => [key, row]));
  return fuse(words, meaning, weight).map((one) => ({ ...one, row: rows.get(one.key) as bigint }));
}

/** Of the best papers so many say what else the query may mean, and so much. */
const FEEDBACK_PAPERS = 3;
const FEEDBACK_SHARE = 0.5;

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

/** Of vectors of length 1, by key. */
export function cosines(vectors: Map<number, Float32Array>, query: Float32Array): Scored[] {
  return [...vectors].map(([key, vector]) => {
    let score = 0;
    for (let k = 0; k < query.length; k++) score += (query[k] as number) * (vector[k] as number);
    return { key, score };
  });
}

async function withConditions(
  table: Table,
  found: Hit[],
  text: TextConditions,
  timeoutMs: number,
): Promise<Hit[]> {
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
