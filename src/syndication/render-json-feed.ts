// JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/
import { words } from '../language/words.ts';
import type { FeedAuthor, FeedDocument, FeedEntry } from './feed-document.ts';
import { xmlText } from './xml-element.ts';

export function renderJsonFeed(feed: FeedDocument): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    description: feed.description,
    ...(feed.nextUrl === undefined ? {} : { next_url: feed.nextUrl }),
    language: words.tag,
    authors: [authorOf(feed.publisher)],
    items: feed.entries.map(itemOf),
  };
  // The same characters as in the other formats; half a pair would be no text.
  return `${JSON.stringify(document, (_, value) => (typeof value === 'string' ? xmlText(value) : value))}\n`;
}

function itemOf(entry: FeedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    ...(entry.externalUrl === undefined ? {} : { external_url: entry.externalUrl }),
    title: entry.title,
    content_html: entry.html,
    content_text: entry.text,
    date_published: entry.published,
    date_modified: entry.updated,
    ...(entry.authors.length > 0 ? { authors: entry.authors.map(authorOf) } : {}),
    ...(entry.categories.length > 0 ? { tags: entry.categories } : {}),
  };
}

function authorOf({ name, url }: FeedAuthor) {
  return url === undefined ? { name } : { name, url };
}
