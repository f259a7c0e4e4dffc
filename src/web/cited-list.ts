// The papers of a list of ours: what an export of the list holds.
import type { App } from '../app.ts';
import type { Day } from '../base/calendar.ts';
import { editionPlaces, findEdition } from '../days/edition-store.ts';
import type { SkeletonItem } from '../feed/feed-item.ts';
import {
  announcedSkeleton,
  dayListSkeleton,
  listedSkeleton,
  type PageOf,
  taggedSkeleton,
  trendingSkeleton,
} from '../feed/skeleton.ts';
import type { Paper } from '../papers/paper-row.ts';
import { loadPapers } from '../papers/paper-store.ts';
import { withFilters } from '../search/filters.ts';
import { findPaperDirectly } from '../search/find-directly.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import type { ListAddress } from './list-address.ts';
import type { SearchAddress } from './search-address.ts';

export type CitedPapers = {
  papers: Paper[];
  /** The list has more papers. */
  hasMore: boolean;
  /** Another answer may come in a moment: the search could not answer as it does. */
  isPassing: boolean;
};

/** The first `limit` papers of the list, in its order. Empty where there are none, or no such list. */
export async function loadCitedPapers(
  app: App,
  { list }: ListAddress,
  limit: number,
): Promise<CitedPapers> {
  const found = await skeletonOf(app, list, { limit, offset: 0 });
  const keys = found.items.map(({ paperKey }) => paperKey);
  const papers = await loadPapers(app.database.read, keys);
  return {
    papers: keys.flatMap((key) => {
      const paper = papers.get(key);
      return paper && (!found.isUnchosen || !paper.withdrawnAt) ? [paper] : [];
    }),
    hasMore: found.hasMore,
    isPassing: found.isPassing ?? false,
  };
}

type Found = {
  items: SkeletonItem[];
  hasMore: boolean;
  /** Nobody put the papers there, so that withdrawn ones leave. */
  isUnchosen: boolean;
  isPassing?: boolean;
};

async function skeletonOf(app: App, list: ListAddress['list'], page: PageOf): Promise<Found> {
  const db = app.database.read;
  const today = app.today();
  const { limit } = page;
  switch (list.kind) {
    case 'day':
      return daySkeleton(app, list, page);
    case 'period':
      return { ...(await listedSkeleton(db, list.period, page)), isUnchosen: false };
    case 'trending':
      return { ...(await trendingSkeleton(db, today, page)), isUnchosen: true };
    case 'author':
      return { ...(await taggedSkeleton(db, { author: list.key }, { limit })), isUnchosen: true };
    case 'category': {
      const { category } = list;
      return { ...(await taggedSkeleton(db, { category }, { limit })), isUnchosen: true };
    }
    case 'edition': {
      const edition = await findEdition(db, list.slug);
      const places = edition ? await editionPlaces(db, edition.slug) : [];
      return {
        items: places.slice(0, limit),
        hasMore: places.length > limit,
        isUnchosen: false,
      };
    }
    case 'search':
      return searchSkeleton(app, list.address, page);
  }
}

/** A day without a list has what was announced, as its page has. */
async function daySkeleton(
  app: App,
  { day, view }: { day: Day; view: 'list' | 'new' },
  page: PageOf,
): Promise<Found> {
  const db = app.database.read;
  const today = app.today();
  if (day > today) return { items: [], hasMore: false, isUnchosen: false };
  if (view === 'list') {
    const listed = await dayListSkeleton(db, day, { today, page });
    if (listed.items.length > 0) return { ...listed, isUnchosen: false };
  }
  const announced = await announcedSkeleton(db, day, app.config.categories, page);
  return { ...announced, isUnchosen: true };
}

async function searchSkeleton(
  app: App,
  { q, sort, filters }: SearchAddress,
  { limit }: PageOf,
): Promise<Found> {
  const named = await findPaperDirectly(app.database.read, q);
  if (named && 'key' in named) {
    return { items: [{ paperKey: named.key }], hasMore: false, isUnchosen: false };
  }
  const query = withFilters(parseQuery(q), filters);
  const found = await app.search.search(query, { sort, limit, offset: 0, isForPage: false });
  return {
    items: found.keys.map((paperKey) => ({ paperKey })),
    hasMore: found.isCut || found.total > limit,
    isUnchosen: true,
    isPassing: found.trouble !== undefined,
  };
}
