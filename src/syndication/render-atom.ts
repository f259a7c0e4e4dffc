// Atom: https://www.rfc-editor.org/rfc/rfc4287
import { words } from '../language/words.ts';
import type { FeedAuthor, FeedDocument, FeedEntry } from './feed-document.ts';
import { FEED_TYPES } from './feed-document.ts';
import { element, renderXml, type XmlElement } from './xml-element.ts';

export function renderAtom(feed: FeedDocument): string {
  return renderXml(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': words.tag },
      element('id', {}, feed.id),
      element('title', {}, feed.title),
      element('subtitle', {}, feed.description),
      element('updated', {}, feed.updated),
      personOf('author', feed.publisher),
      element('generator', {}, 'Broadsheet'),
      element('link', { rel: 'self', type: FEED_TYPES.atom, href: feed.selfUrl }),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.pageUrl }),
      // Paged feeds: https://www.rfc-editor.org/rfc/rfc5005
      feed.nextUrl === undefined
        ? undefined
        : element('link', { rel: 'next', type: FEED_TYPES.atom, href: feed.nextUrl }),
      feed.entries.map(entryOf),
    ),
  );
}

function entryOf(entry: FeedEntry): XmlElement {
  return element(
    'entry',
    {},
    element('id', {}, entry.id),
    element('title', {}, entry.title),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    entry.externalUrl === undefined
      ? undefined
      : element('link', { rel: 'related', href: entry.externalUrl }),
    element('published', {}, entry.published),
    element('updated', {}, entry.updated),
    entry.authors.map((author) => personOf('author', author)),
    entry.categories.map((term) => element('category', { term })),
    element('summary', { type: 'text' }, entry.text),
    element('content', { type: 'html' }, entry.html),
  );
}

function personOf(name: 'author', { name: called, url }: FeedAuthor): XmlElement {
  return element(
    name,
    {},
    element('name', {}, called),
    url === undefined ? undefined : element('uri', {}, url),
  );
}
