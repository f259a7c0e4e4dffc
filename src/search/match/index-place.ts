// One question about many papers, asked of the index that is there.
import type { Table } from '@lancedb/lancedb';
import { askVector, hasContent } from '../index/ask-table.ts';
import type { SearchQuery } from '../query/parse-query.ts';
import type { MatchedBy, MatchPlace } from './ask-matches.ts';

export function indexPlace(table: Table, among: number[], timeoutMs: number): MatchPlace {
  const size = among.length;
  return {
    table,
    among: keysIn(among),
    size,
    timeoutMs,
    compare: (vector, where) =>
      askVector(table, { vector, where, limit: size, timeoutMs, probes: 'all' }),
  };
}

/** Whether the index can tell of every paper of the place if it matches. */
export async function knowsAll(
  { table, among, size }: MatchPlace,
  query: SearchQuery,
  by: MatchedBy,
): Promise<boolean> {
  const comparesMeaning = by !== 'words' && hasContent(query.words);
  const condition = comparesMeaning ? `${among} AND vector IS NOT NULL` : among;
  if ((await table.countRows(condition)) < size) return false;
  // Rows since the last compaction are not found by phrases, nor by names, which are asked for as such.
  const { phrases, titles, authors, excluded, excludedAuthors } = query;
  const asPhrases = [...phrases, ...titles, ...authors, ...excluded, ...excludedAuthors];
  if (asPhrases.length === 0) return true;
  return ((await table.indexStats('text_idx'))?.numUnindexedRows ?? 0) === 0;
}

/** SQL for papers of these keys. */
export function keysIn(keys: number[]): string {
  return `key IN (${keys.length > 0 ? keys.join(', ') : '-1'})`;
}
