import type { Day, Instant } from '../base/calendar.ts';
import type { Cursor } from '../base/cursor.ts';
import type { Db } from '../database/database.ts';
import type { Search } from '../search/search.ts';
import type { FeedEntry } from './feed-document.ts';
import type { FeedIds } from './feed-ids.ts';

/** What feeds are made from. */
export type FeedParts = {
  db: Db;
  search: Pick<Search, 'match'>;
  ids: FeedIds;
  /** Of the instance: its name, its public address, and the day on its wall. */
  name: string;
  url: string;
  today: Day;
  timeZone: string;
  categories: string[];
};

/** What one feed holds, before it has an address and a format. */
export type FeedContent = {
  title: string;
  description: string;
  /** Path of the page that shows the same, where the feed's address does not say it. */
  page?: string;
  entries: FeedEntry[];
  /** Behind the last entry, where there are older ones. */
  next?: Cursor | undefined;
};

/** A paper in a feed, and when it came into it: where that is not known, when it was published. */
export type DatedPaper = { paperKey: number; day?: Day; at?: Instant };
