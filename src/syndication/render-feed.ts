import type { FeedDocument, FeedFormat } from './feed-document.ts';
import { renderAtom } from './render-atom.ts';
import { renderJsonFeed } from './render-json-feed.ts';
import { renderRss } from './render-rss.ts';

const RENDERERS: Record<FeedFormat, (feed: FeedDocument) => string> = {
  rss: renderRss,
  atom: renderAtom,
  json: renderJsonFeed,
};

export function renderFeed(feed: FeedDocument, format: FeedFormat): string {
  return RENDERERS[format](feed);
}
