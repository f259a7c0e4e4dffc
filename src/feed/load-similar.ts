import type { Db } from '../database/database.ts';
import type { Paper } from '../papers/paper-row.ts';
import type { Search } from '../search/search.ts';
import type { FeedItem } from './feed-item.ts';
import { type HydrateOptions, hydrate } from './hydrate.ts';
import { withoutWithdrawn } from './rules.ts';

/** So many more are asked for, because doubles are left out. */
const SPARE = 5;

/** The papers nearest in meaning, nearest first, without the paper itself and without doubles of a title. */
export async function loadSimilar(
  db: Db,
  search: Pick<Search, 'similar'>,
  paper: Paper,
  options: HydrateOptions & { limit: number },
): Promise<FeedItem[]> {
  const keys = await search.similar(paper.key, options.limit + SPARE);
  const items = await hydrate(
    db,
    keys.map((paperKey) => ({ paperKey })),
    options,
  );
  const seen = new Set([paper.titleKey]);
  const distinct = withoutWithdrawn(items).filter((item) => {
    const isNew = !seen.has(item.paper.titleKey);
    seen.add(item.paper.titleKey);
    return isNew;
  });
  return distinct.slice(0, options.limit);
}
