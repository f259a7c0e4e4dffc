import type { FeedItem } from '../feed/feed-item.ts';

/** A paper as issues need it, loaded once for all readers. */
export type MailedPaper = {
  item: FeedItem;
  /** Identities that the paper had, or papers that became one with it. */
  formerIds: string[];
};
