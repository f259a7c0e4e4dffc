import { askVector } from './index/ask-table.ts';
import type { OpenIndex } from './index/index-reader.ts';
import { probesFor } from './index/papers-table.ts';

/** Nearer than this two papers are one under two names. */
const SAME_FROM = 0.995;

/** Keys of the papers nearest in meaning to a paper, without itself and without its doubles. */
export async function findSimilar(
  { entry, table }: OpenIndex,
  paperKey: number,
  limit: number,
  timeoutMs: number,
): Promise<number[]> {
  const [row] = await table
    .query()
    .where(`key = ${paperKey}`)
    .select(['vector'])
    .limit(1)
    .toArray({ timeoutMs });
  const vector = row?.vector ? Float32Array.from(row.vector as Iterable<number>) : undefined;
  if (!vector?.some((value) => value !== 0)) return [];
  const near = await askVector(table, {
    vector,
    where: undefined,
    limit: limit + 5,
    timeoutMs,
    probes: probesFor(entry.trained_rows, false),
  });
  return near
    .filter(({ key, score }) => key !== paperKey && score < SAME_FROM)
    .slice(0, limit)
    .map(({ key }) => key);
}
