// What an alert would have told of, and from where on it looks.
import { addDays, type Day } from '../base/calendar.ts';
import type { Database, Db } from '../database/database.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import type { Topic } from '../feed/topic.ts';
import { papersOfDays, topicSkeleton } from '../feed/topic-skeleton.ts';
import type { Search } from '../search/search.ts';
import { type Beginning, firstDayOf } from './alert-store.ts';
import { matchTopic } from './match-topics.ts';

export const PREVIEWED_DAYS = 30;
const SHOWN = 10;

export type Preview = {
  /** Papers of the last thirty days, up to `MAX_PREVIEWED`. */
  count: number;
  /** The best of them. */
  items: FeedItem[];
};

/** More are not counted. */
export const MAX_PREVIEWED = 1_000;

/** Throws `unavailable` while the search index is being made. */
export async function previewAlert(
  { db, search }: { db: Db; search: Pick<Search, 'match'> },
  topic: Topic,
  today: Day,
): Promise<Preview> {
  const end = addDays(today, 1);
  const days = { first: addDays(end, -PREVIEWED_DAYS), end };
  const skeleton = await topicSkeleton({ db, search }, topic, days, MAX_PREVIEWED);
  const items = await hydrate(db, skeleton.slice(0, SHOWN), { isHtml: true });
  return { count: skeleton.length, items };
}

/** For an alert that begins now. */
export async function beginningOf(
  { database, search }: { database: Database; search: Pick<Search, 'openMatcher'> },
  topic: Topic,
  { today, signal }: { today: Day; signal: AbortSignal },
): Promise<Beginning> {
  const position = await database.currentChange();
  const firstDay = firstDayOf(today);
  // Announcements of a zone where it is tomorrow already.
  const days = { first: firstDay, end: addDays(today, 2) };
  const papers = await papersOfDays(database.read, days);
  const among = papers.map(({ paperKey }) => paperKey);
  const { keys } = await matchTopic({ db: database.read, search, signal }, topic, among);
  return { position, firstDay, seen: keys };
}
