// Measures of one query's ranking, as trec_eval computes them (https://github.com/usnistgov/trec_eval).

/**
 * What judges said: a grade a document. A grade of 0 or less means that it is not relevant, and so does
 * none; a relevant document counts as missed also when the corpus lacks it.
 */
export type Judgements = ReadonlyMap<string, number>;

/**
 * ndcg_cut.N: gains are the grades, discounts log2(rank + 1), the ideal is over all judged documents. 0
 * when none is relevant.
 */
export function ndcgAt(depth: number, ranking: readonly string[], judgements: Judgements): number {
  const gain = (grade: number | undefined, at: number) =>
    Math.max(0, grade ?? 0) / Math.log2(at + 2);
  let found = 0;
  for (const [at, id] of ranking.slice(0, depth).entries()) found += gain(judgements.get(id), at);
  const best = [...judgements.values()].sort((a, b) => b - a).slice(0, depth);
  const ideal = best.reduce((sum, grade, at) => sum + gain(grade, at), 0);
  return ideal > 0 ? found / ideal : 0;
}

/** recall.N: the share of the relevant documents among the first N; 0 when none is relevant. */
export function recallAt(
  depth: number,
  ranking: readonly string[],
  judgements: Judgements,
): number {
  const relevant = [...judgements.values()].filter((grade) => grade > 0).length;
  const found = ranking.slice(0, depth).filter((id) => (judgements.get(id) ?? 0) > 0).length;
  return relevant > 0 ? found / relevant : 0;
}

/** recip_rank, cut at N: one over the rank of the first relevant document, 0 when it comes later. */
export function reciprocalRankAt(
  depth: number,
  ranking: readonly string[],
  judgements: Judgements,
): number {
  const at = ranking.slice(0, depth).findIndex((id) => (judgements.get(id) ?? 0) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}
