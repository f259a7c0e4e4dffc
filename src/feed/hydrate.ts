// Loads everything that a list shows in a fixed number of queries, however long it is.
import type { Db } from '../database/database.ts';
import { type Entry, entryFromRow } from '../days/entry-store.ts';
import { loadPapers } from '../papers/paper-store.ts';
import { loadRenderings, renderingOf } from '../papers/renderings.ts';
import type { CountsElsewhere, FeedItem, SkeletonItem } from './feed-item.ts';

export type HydrateOptions = {
  /** Whether the list is shown as HTML. */
  isHtml: boolean;
};

/** In the order of the skeleton; a paper that is gone meanwhile is left out. */
export async function hydrate(
  db: Db,
  items: SkeletonItem[],
  { isHtml }: HydrateOptions,
): Promise<FeedItem[]> {
  const keys = [...new Set(items.map((item) => item.paperKey))];
  if (keys.length === 0) return [];
  const papers = await loadPapers(db, keys);
  const elsewhere = await loadElsewhere(db, keys);
  const isListed = items.some((item) => item.day !== undefined);
  const entries = isListed ? await loadEntries(db, items) : new Map<string, Entry>();
  const renderings = isHtml ? await loadRenderings(db, keys) : undefined;
  return items.flatMap((item) => {
    const paper = papers.get(item.paperKey);
    if (!paper) return [];
    const entry = entries.get(`${item.day} ${item.paperKey}`);
    const counts = elsewhere.get(item.paperKey) ?? [];
    return [
      {
        paper,
        entry,
        votes: paper.votes + countedElsewhere(counts, entry, 'votes'),
        comments: paper.comments + countedElsewhere(counts, entry, 'comments'),
        elsewhere: counts,
        rendering: renderings && renderingOf(paper, renderings),
      },
    ];
  });
}

/** A list counts what its own source counted; without a list the highest of all counts. */
function countedElsewhere(
  counts: CountsElsewhere[],
  entry: Entry | undefined,
  what: 'votes' | 'comments',
): number {
  const relevant = entry ? counts.filter((count) => count.origin === entry.origin) : counts;
  return relevant.reduce((most, count) => Math.max(most, count[what]), 0);
}

async function loadElsewhere(db: Db, keys: number[]): Promise<Map<number, CountsElsewhere[]>> {
  const rows = await db
    .selectFrom('paper_elsewhere')
    .selectAll()
    .where('paper_key', 'in', keys)
    .orderBy('origin')
    .execute();
  const counts = new Map<number, CountsElsewhere[]>();
  for (const { paper_key, origin, votes, comments } of rows) {
    const list = counts.get(paper_key) ?? [];
    list.push({ origin, votes, comments });
    counts.set(paper_key, list);
  }
  return counts;
}

async function loadEntries(db: Db, items: SkeletonItem[]): Promise<Map<string, Entry>> {
  const days = [...new Set(items.flatMap((item) => (item.day ? [item.day] : [])))];
  const rows = await db
    .selectFrom('day_entries')
    .leftJoin('people', 'people.id', 'day_entries.person_id')
    .selectAll('day_entries')
    .select(['people.handle', 'people.name'])
    .where(
      'paper_key',
      'in',
      items.map((item) => item.paperKey),
    )
    .where('day', 'in', days)
    .execute();
  return new Map(rows.map((row) => [`${row.day} ${row.paper_key}`, entryFromRow(row)]));
}
