// What a feed holds, whatever it is written as.
import type { Instant } from '../base/calendar.ts';

/** Addresses in it are absolute. */
export type FeedDocument = {
  /** A URN that is this feed's for ever. */
  id: string;
  title: string;
  description: string;
  /** The page that shows the same. */
  pageUrl: string;
  /** The feed's own address, which differs by format. */
  selfUrl: string;
  /** Where older items are. */
  nextUrl: string | undefined;
  /** Of the newest change of an item. */
  updated: Instant;
  /** Who publishes it: the author of items without one. */
  publisher: FeedAuthor;
  entries: FeedEntry[];
};

export type FeedAuthor = { name: string; url?: string };

export type FeedEntry = {
  id: string;
  /** Plain text. */
  title: string;
  url: string;
  /** What it is about, elsewhere. */
  externalUrl?: string;
  published: Instant;
  updated: Instant;
  authors: FeedAuthor[];
  categories: string[];
  /** HTML that is safe to insert, with MathML. */
  html: string;
  /** The same for readers that show no HTML or no formulas. */
  text: string;
};

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export const FEED_TYPES: Record<FeedFormat, string> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};
