// Papers that have had a number of votes. They come into such a feed once, when they first had as many,
// and stay in, whatever happens to the votes.
import { sql } from 'kysely';
import type { Day, Period } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { crossingFromRow, crossings } from '../votes/note-peaks.ts';
import type { DatedPaper } from './feed-parts.ts';

/** Which papers: of any list until a day, of the lists of a period, of a category or an author, or all. */
export type CrossedWithin =
  | { listedUntil: Day }
  | { period: Period }
  | { category: string }
  | { author: string }
  | undefined;

/** The last to cross first. */
export async function listCrossed(
  db: Db,
  votes: number,
  { within, limit }: { within: CrossedWithin; limit: number },
): Promise<DatedPaper[]> {
  const rows = await crossings(db, votes)
    .where(belongsTo(within))
    .orderBy('vote_peaks.reached_at', 'desc')
    .orderBy('vote_peaks.paper_key', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { paperKey, crossedAt } = crossingFromRow(row);
    return { paperKey, at: crossedAt };
  });
}

/** Of the papers, those that have ever had so many votes; all of them where no number is given. */
export async function withVotes<Item extends { paperKey: number }>(
  db: Db,
  items: Item[],
  votes: number | undefined,
): Promise<Item[]> {
  if (votes === undefined || items.length === 0) return items;
  const rows = await db
    .selectFrom('vote_peaks')
    .select('paper_key')
    .distinct()
    .where('votes', '>=', votes)
    .where(
      'paper_key',
      'in',
      items.map((item) => item.paperKey),
    )
    .execute();
  const crossed = new Set(rows.map((row) => row.paper_key));
  return items.filter((item) => crossed.has(item.paperKey));
}

function belongsTo(within: CrossedWithin) {
  if (within !== undefined && ('listedUntil' in within || 'period' in within)) {
    const [first, beforeEnd] =
      'period' in within
        ? [within.period.first as string, sql<boolean>`day_entries.day < ${within.period.end}`]
        : ['', sql<boolean>`day_entries.day <= ${within.listedUntil}`];
    return sql<boolean>`exists (
      select 1 from day_entries
      where day_entries.paper_key = vote_peaks.paper_key
        and day_entries.unlisted_at is null and day_entries.day >= ${first} and ${beforeEnd}
    )`;
  }
  const isTagged =
    within === undefined
      ? sql`1 = 1`
      : 'category' in within
        ? sql`exists (
            select 1 from paper_categories
            where paper_categories.category = ${within.category}
              and paper_categories.published_at = papers.published_at
              and paper_categories.paper_key = papers.key
          )`
        : sql`exists (
            select 1 from paper_authors
            where paper_authors.author_key = ${within.author}
              and paper_authors.published_at = papers.published_at
              and paper_authors.paper_key = papers.key
          )`;
  return sql<boolean>`exists (
    select 1 from papers
    where papers.key = vote_peaks.paper_key and papers.withdrawn_at is null and ${isTagged}
  )`;
}
