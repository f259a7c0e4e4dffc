import { ndcgAt, recallAt, reciprocalRankAt } from './metrics.ts';
import type { TestQuery, TestSet } from './read-test-set.ts';
import { ReferenceBm25 } from './reference-bm25.ts';

export type Ranked = { id: string; score: number };

/** What is measured: by words, by meaning, and both fused as readers see it; best first, no id twice. */
export type EvaluatedEngine = {
  rank(
    query: string,
    depth: number,
  ): Promise<{ words: Ranked[]; meaning: Ranked[]; fused: Ranked[]; deep: Ranked[] }>;
};

/** `deep` is fused out of more candidates than readers get: what the depth of the product loses. */
export type RunName = 'reference' | 'words' | 'meaning' | 'fused' | 'deep';

/** A value a query, in the order of the queries. */
export type Measures = { ndcg10: number[]; recall100: number[]; mrr10: number[] };

export type Run = { name: RunName; rankings: (readonly Ranked[])[]; measures: Measures };

export type Evaluation = {
  set: string;
  documents: number;
  queries: readonly TestQuery[];
  runs: Run[];
};

/** How many results a query is measured by at least: recall needs them. */
export const MIN_DEPTH = 100;

/**
 * Asks the engine every judged query, and beside it the reference. Means are over all judged queries,
 * as those of `trec_eval -c`: a query that finds nothing, or has no relevant document, counts as 0.
 */
export async function evaluate(
  set: TestSet,
  engine: EvaluatedEngine,
  options: { depth: number; onQuery?: (done: number) => void },
): Promise<Evaluation> {
  const depth = Math.max(options.depth, MIN_DEPTH);
  const reference = await indexReference(set);
  const runs = (['reference', 'words', 'meaning', 'fused', 'deep'] as const).map(startRun);
  for (const [at, query] of set.queries.entries()) {
    const found = {
      reference: reference.rank(query.text, depth),
      ...(await engine.rank(query.text, depth)),
    };
    for (const run of runs) takeRanking(run, query, found[run.name].slice(0, depth));
    options.onQuery?.(at + 1);
  }
  return { set: set.name, documents: reference.documents, queries: set.queries, runs };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

async function indexReference(set: TestSet) {
  const index = new ReferenceBm25();
  const ids: string[] = [];
  for await (const { id, title, abstract } of set.documents()) {
    index.add(`${title} ${abstract}`);
    ids.push(id);
  }
  return {
    documents: ids.length,
    rank: (query: string, depth: number): Ranked[] =>
      index
        .search(query, depth)
        .map(({ document, score }) => ({ id: ids[document] as string, score })),
  };
}

function startRun(name: RunName): Run {
  return { name, rankings: [], measures: { ndcg10: [], recall100: [], mrr10: [] } };
}

function takeRanking(run: Run, query: TestQuery, ranking: readonly Ranked[]): void {
  const ids = ranking.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    throw new Error(`The ranking by ${run.name} for query ${query.id} names a document twice.`);
  }
  run.rankings.push(ranking);
  run.measures.ndcg10.push(ndcgAt(10, ids, query.judgements));
  run.measures.recall100.push(recallAt(100, ids, query.judgements));
  run.measures.mrr10.push(reciprocalRankAt(10, ids, query.judgements));
}
