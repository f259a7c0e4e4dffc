import type { App } from '../app.ts';
import type { FeedChoice } from '../syndication/feed-address.ts';
import type { FeedDocument } from '../syndication/feed-document.ts';
import { type FeedIds, openFeedIds } from '../syndication/feed-ids.ts';
import { loadFeed } from '../syndication/load-feed.ts';

export type FeedLoader = (
  choice: FeedChoice,
  options: { selfUrl: string; readerId?: string },
) => Promise<FeedDocument>;

export function createFeedLoader(app: App, publicUrl: () => string): FeedLoader {
  const { database, search, config } = app;
  const { name, timeZone, categories } = config;
  let ids: FeedIds | undefined;
  return async (choice, { selfUrl, readerId }) => {
    ids ??= await openFeedIds(database);
    const instance = { name, timeZone, categories, url: publicUrl(), today: app.today() };
    const parts = { db: database.read, search, ids, ...instance };
    return loadFeed(parts, { choice, selfUrl, readerId });
  };
}
