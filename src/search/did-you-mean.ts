// A word that nobody writes, and one that many write and that differs in a letter or two.
import type { Table } from '@lancedb/lancedb';
import { hasContent } from './index/ask-table.ts';
import { foldedWords } from './index/index-row.ts';
import { loadLance } from './index/lance.ts';

/** More words than this are a sentence, in which one unknown word does no harm. */
const MAX_WORDS = 8;
const MIN_LENGTH = 4;
/** A word in at least so many papers is no mistake. */
const KNOWN_FROM = 3;
/** What is proposed stands in at least so many papers. */
const PROPOSED_FROM = 5;
const LOOKED_AT = 50;
/** From this length on two letters may be wrong, below one. */
const TWO_MISTAKES_FROM = 8;

/** The query with its misspelt words put right, or undefined when there are none. */
export async function didYouMean(
  table: Table,
  words: string,
  timeoutMs: number,
): Promise<string | undefined> {
  const all = words.split(' ').filter((word) => word !== '');
  if (all.length > MAX_WORDS) return undefined;
  const corrected = await Promise.all(
    all.map(async (word) => (await correct(table, word, timeoutMs)) ?? word),
  );
  const proposal = corrected.join(' ');
  return proposal === all.join(' ') ? undefined : proposal;
}

async function correct(table: Table, word: string, timeoutMs: number): Promise<string | undefined> {
  const [folded, ...rest] = foldedWords(word);
  if (!folded || rest.length > 0 || folded.length < MIN_LENGTH) return undefined;
  if (!/^[a-z]+$/.test(folded) || !hasContent(folded)) return undefined;
  const { lancedb } = await loadLance();
  const find = async (column: string, text: string, limit: number, fuzziness = 0) => {
    const options = fuzziness > 0 ? { fuzziness, prefixLength: 1 } : {};
    const rows = await table
      .query()
      .fullTextSearch(new lancedb.MatchQuery(text, column, options))
      .select([column, '_score'])
      .limit(limit)
      .toArray({ timeoutMs });
    return rows.map((row) => row[column] as string);
  };
  if ((await find('text', folded, KNOWN_FROM)).length >= KNOWN_FROM) return undefined;
  const mistakes = folded.length >= TWO_MISTAKES_FROM ? 2 : 1;
  const counts = new Map<string, number>();
  for (const title of await find('spelling', folded, LOOKED_AT, mistakes)) {
    for (const near of new Set(foldedWords(title))) {
      if (near[0] !== folded[0] || distance(near, folded, mistakes) > mistakes) continue;
      counts.set(near, (counts.get(near) ?? 0) + 1);
    }
  }
  const best = [...counts].sort(
    ([a, inA], [b, inB]) =>
      distance(a, folded, mistakes) - distance(b, folded, mistakes) || inB - inA,
  )[0]?.[0];
  if (best === undefined || best === folded) return undefined;
  const known = await find('text', best, PROPOSED_FROM);
  return known.length >= PROPOSED_FROM ? best : undefined;
}

/** Letters to put in, leave out, change or swap with their neighbour; more than `max` is `max` + 1. */
export function distance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] as number, max + 1);
}
