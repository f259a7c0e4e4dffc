// A query that is nearly a title means that paper.

import { renderTexText } from '../base/tex/tex.ts';
import type { Db } from '../database/database.ts';
import { resemblance } from '../papers/title-key.ts';

/** Among the first so many of a list. */
const LOOKED_AT = 20;
/** Of all words of both, so many are shared (Jaccard). */
const NEARLY = 0.75;
const MIN_WORDS = 3;

/** The list with the paper first whose title the query nearly is, if there is one near its top. */
export async function withNearTitleFirst<Item extends { key: number }>(
  db: Db,
  list: Item[],
  words: string,
): Promise<Item[]> {
  const looked = list.slice(0, LOOKED_AT).map(({ key }) => key);
  if (looked.length === 0) return list;
  const rows = await db
    .selectFrom('papers')
    .select(['key', 'title'])
    .where('key', 'in', looked)
    .execute();
  // In few words one that differs is another subject.
  const least = words.split(' ').length < MIN_WORDS ? 1 : NEARLY;
  let best = { key: -1, likeness: 0 };
  for (const { key, title } of rows) {
    const likeness = resemblance(renderTexText(title), words);
    if (likeness >= least && likeness > best.likeness) best = { key, likeness };
  }
  const first = list.find(({ key }) => key === best.key);
  return first ? [first, ...list.filter((item) => item !== first)] : list;
}
