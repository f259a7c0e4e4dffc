// A list of feeds that readers take in at once: http://opml.org/spec2.opml
import { element, renderXml } from './xml-element.ts';

export type OpmlFeed = { title: string; feedUrl: string; pageUrl: string };
export type OpmlGroup = { title: string; feeds: OpmlFeed[] };

export function renderOpml(title: string, groups: OpmlGroup[]): string {
  return renderXml(
    element(
      'opml',
      { version: '2.0' },
      element('head', {}, element('title', {}, title)),
      element(
        'body',
        {},
        groups.map((group) =>
          element('outline', { text: group.title, title: group.title }, group.feeds.map(outlineOf)),
        ),
      ),
    ),
  );
}

/** `rss` is what the specification calls a feed of any format. */
function outlineOf({ title, feedUrl, pageUrl }: OpmlFeed) {
  return element('outline', {
    type: 'rss',
    text: title,
    title,
    xmlUrl: feedUrl,
    htmlUrl: pageUrl,
  });
}
