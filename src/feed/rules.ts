// What a list may not show. On a day's list a withdrawn paper stays, marked, because people put it
// there and talked about it; lists that nobody chose leave it out.
import type { FeedItem } from './feed-item.ts';

export function withoutWithdrawn(items: FeedItem[]): FeedItem[] {
  return items.filter((item) => item.paper.withdrawnAt === undefined);
}
