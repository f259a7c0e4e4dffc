// The stages of every list that is read: skeleton → hydrate → rules → present. A skeleton is ordered
// keys, hydrate loads all of them in a fixed number of queries, rules drop what the list may not
// show, and present is the business of web/ and api/.
import type { Day } from '../base/calendar.ts';
import type { Entry } from '../days/entry-store.ts';
import type { Paper } from '../papers/paper-row.ts';
import type { Rendering } from '../papers/renderings.ts';

export type SkeletonItem = {
  paperKey: number;
  /** The list the item stands on, where it stands on one. */
  day?: Day;
};

export type CountsElsewhere = { origin: string; votes: number; comments: number };

export type FeedItem = {
  paper: Paper;
  /** The paper's place on the list that is shown. */
  entry: Entry | undefined;
  /** Votes here plus those elsewhere that the list's source brought. */
  votes: number;
  comments: number;
  elsewhere: CountsElsewhere[];
  /** Absent where the list is not for HTML. */
  rendering: Rendering | undefined;
};

/** One page of a list. */
export type FeedPage = {
  items: FeedItem[];
  hasMore: boolean;
};
