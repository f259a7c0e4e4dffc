// What a paper's page and its API object show.
import type { Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Edition } from '../days/edition-store.ts';
import type { Paper } from '../papers/paper-row.ts';
import { loadPapers } from '../papers/paper-store.ts';
import { listVoters, type Voters } from '../votes/voters.ts';
import type { FeedItem } from './feed-item.ts';
import { hydrate } from './hydrate.ts';
import { dayListSkeleton } from './skeleton.ts';

/** More than any day has had; the paper's place is looked for among so many. */
const MAX_LIST = 2_000;
const SHOWN_VOTERS = 12;

export type PaperPage = {
  item: FeedItem;
  /** The days whose lists hold the paper, oldest first. */
  days: Day[];
  /** Its place on the first of those lists, counted from 1, and its neighbours there. */
  place: { day: Day; rank: number; before?: Paper; after?: Paper } | undefined;
  editions: Edition[];
  voters: Voters;
};

/** `isHtml` loads what only the page shows: renderings, neighbours, editions and voters. */
export async function loadPaperPage(
  db: Db,
  paper: Paper,
  { isHtml, today }: { isHtml: boolean; today: Day },
): Promise<PaperPage | undefined> {
  const days = await daysOf(db, paper.key);
  const [item] = await hydrate(
    db,
    [{ paperKey: paper.key, ...(days[0] ? { day: days[0] } : {}) }],
    {
      isHtml,
    },
  );
  if (!item) return undefined;
  if (!isHtml) {
    const voters = { shown: [], publicCount: 0, privateCount: 0 };
    return { item, days, place: undefined, editions: [], voters };
  }
  return {
    item,
    days,
    place: days[0] ? await placeOf(db, paper.key, days[0], today) : undefined,
    editions: await editionsOf(db, paper.key),
    voters: await listVoters(db, paper.key, { limit: SHOWN_VOTERS }),
  };
}

async function daysOf(db: Db, key: number): Promise<Day[]> {
  const rows = await db
    .selectFrom('day_entries')
    .select('day')
    .where('paper_key', '=', key)
    .where('unlisted_at', 'is', null)
    .orderBy('day')
    .limit(20)
    .execute();
  return rows.map((row) => row.day as Day);
}

async function placeOf(db: Db, key: number, day: Day, today: Day): Promise<PaperPage['place']> {
  const page = { limit: MAX_LIST, offset: 0 };
  const { items } = await dayListSkeleton(db, day, { today, page });
  const index = items.findIndex((item) => item.paperKey === key);
  if (index < 0) return undefined;
  const beside = [items[index - 1], items[index + 1]];
  const papers = await loadPapers(
    db,
    beside.flatMap((item) => (item ? [item.paperKey] : [])),
  );
  const before = papers.get(beside[0]?.paperKey ?? 0);
  const after = papers.get(beside[1]?.paperKey ?? 0);
  return {
    day,
    rank: index + 1,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
  };
}

async function editionsOf(db: Db, key: number): Promise<Edition[]> {
  const rows = await db
    .selectFrom('edition_items')
    .innerJoin('editions', 'editions.slug', 'edition_items.slug')
    .select(['editions.slug', 'editions.day', 'editions.title', 'editions.byline'])
    .distinct()
    .where('edition_items.paper_key', '=', key)
    .orderBy('editions.slug')
    .limit(20)
    .execute();
  return rows.map((row) => ({ ...row, day: row.day as Day, byline: row.byline ?? undefined }));
}
