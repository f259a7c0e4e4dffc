// RSS 2.0, https://www.rssboard.org/rss-specification, with what the RSS Advisory Board's profile advises.

import type { Instant } from '../base/calendar.ts';
import { words } from '../language/words.ts';
import type { FeedDocument, FeedEntry } from './feed-document.ts';
import { FEED_TYPES } from './feed-document.ts';
import { element, renderXml, type XmlElement } from './xml-element.ts';

/** How long a reader may wait before it asks again. */
const TTL_MINUTES = 30;

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

export function renderRss(feed: FeedDocument): string {
  return renderXml(
    element(
      'rss',
      { version: '2.0', ...NAMESPACES },
      element(
        'channel',
        {},
        element('title', {}, feed.title),
        element('link', {}, feed.pageUrl),
        element('description', {}, feed.description),
        element('language', {}, words.tag),
        element('lastBuildDate', {}, dateOf(feed.updated)),
        element('generator', {}, 'Broadsheet'),
        element('docs', {}, 'https://www.rssboard.org/rss-specification'),
        element('ttl', {}, String(TTL_MINUTES)),
        element('atom:link', { rel: 'self', type: FEED_TYPES.rss, href: feed.selfUrl }),
        feed.nextUrl === undefined
          ? undefined
          : element('atom:link', { rel: 'next', type: FEED_TYPES.rss, href: feed.nextUrl }),
        feed.entries.map((entry) => itemOf(entry, feed)),
      ),
    ),
  );
}

/** The description is for readers that take no HTML or no formulas. */
function itemOf(entry: FeedEntry, feed: FeedDocument): XmlElement {
  const authors = entry.authors.length > 0 ? entry.authors : [feed.publisher];
  return element(
    'item',
    {},
    element('title', {}, entry.title),
    element('link', {}, entry.url),
    element('guid', { isPermaLink: 'false' }, entry.id),
    element('pubDate', {}, dateOf(entry.published)),
    authors.map(({ name }) => element('dc:creator', {}, name)),
    entry.categories.map((category) => element('category', {}, category)),
    element('description', {}, entry.text),
    element('content:encoded', {}, entry.html),
  );
}

/** `Wed, 29 Oct 2025 00:00:00 GMT`, as RFC 822 has it with four digits of the year. */
function dateOf(at: Instant): string {
  return new Date(at).toUTCString();
}
