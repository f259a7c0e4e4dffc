// The order by relevance: what search shows first, and what `broadsheet eval` measures.
import type { Table } from '@lancedb/lancedb';
import { FUSED_DEPTH, fuse } from './fuse.ts';
import {
  askVector,
  askWords,
  type Scored,
  type TextConditions,
  withText,
} from './index/ask-table.ts';

export type RankAsked = {
  words: string;
  text: TextConditions;
  where: string | undefined;
  /** The query's vector; undefined when there is none. */
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
  const meaning = weight > 0 ? rankByMeaning(table, asked, words, stopping.signal) : undefined;
  meaning?.catch(() => {});
  try {
    const found = await words;
    const near = await Promise.race([meaning, limit.reached]);
    if (near === LATE || near === undefined) {
      const trouble = near === LATE ? 'late' : weight > 0 ? 'no vector' : undefined;
      return { words: found, meaning: [], fused: fuse(found, [], 0), trouble };
    }
    const fused = fuse(found, [...near.nearest, ...near.others], weight);
    return { words: found, meaning: near.nearest, fused, trouble: undefined };
  } finally {
    limit.stop();
    stopping.abort();
  }
}

type Near = {
  nearest: Scored[];
  /** Of what only the words have found. */
  others: Scored[];
};

async function rankByMeaning(
  table: Table,
  asked: RankAsked,
  words: Promise<Scored[]>,
  signal: AbortSignal,
): Promise<Near | undefined> {
  const vector = await asked.embed(signal);
  if (!vector || signal.aborted) return undefined;
  const { where, timeoutMs, probes, text, depth = FUSED_DEPTH } = asked;
  const options = { vector, timeoutMs, limit: depth };
  const near = await askVector(table, { ...options, where, probes });
  const nearest = await withConditions(table, near, text, timeoutMs);
  const known = new Set(near.map(({ key }) => key));
  const missing = (await words).map(({ key }) => key).filter((key) => !known.has(key));
  if (missing.length === 0) return { nearest, others: [] };
  const others = await askVector(table, {
    ...options,
    where: `key IN (${missing.join(', ')})`,
    probes: 'all',
  });
  return { nearest, others };
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
