// The files of trec_eval (https://github.com/usnistgov/trec_eval), so that anyone can check the measures.
import type { Run } from './evaluate.ts';
import type { TestQuery } from './read-test-set.ts';

/**
 * The lines of a run. trec_eval goes by the scores alone, as 32-bit numbers, and puts those that are
 * equal into an order of its own: a score that is not below the one before it is written a little lower.
 */
export function* renderTrecRun(run: Run, queries: readonly TestQuery[]): Generator<string> {
  for (const [at, query] of queries.entries()) {
    let above = Number.POSITIVE_INFINITY;
    for (const [rank, { id, score }] of (run.rankings[at] ?? []).entries()) {
      const step = Math.max(Math.abs(above) * 2 ** -23, 2 ** -126);
      above = rank === 0 ? Math.fround(score) : Math.fround(Math.min(score, above - step));
      yield `${query.id} Q0 ${id} ${rank + 1} ${above} ${run.name}\n`;
    }
  }
}

/** The lines of the judgements, the grades as they were given. */
export function* renderTrecQrels(queries: readonly TestQuery[]): Generator<string> {
  for (const { id, judgements } of queries) {
    for (const [document, grade] of judgements) yield `${id} 0 ${document} ${grade}\n`;
  }
}
