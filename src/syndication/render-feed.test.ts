import fc from 'fast-check';
import { expect, test } from 'vitest';
import { all, type Node, readFeed, readXml } from '../../tests/read-feed.ts';
import type { Instant } from '../base/calendar.ts';
import { FEED_FORMATS, type FeedDocument } from './feed-document.ts';
import { renderFeed } from './render-feed.ts';
import { renderOpml } from './render-opml.ts';
import { xmlText } from './xml-element.ts';

const AT = '2025-10-29T08:30:00.000Z' as Instant;

function documentOf(text: string, authors = [{ name: text }]): FeedDocument {
  const id = 'urn:uuid:47e73123-80dd-8e6e-bf3b-f8b9a1a14241';
  return {
    id,
    title: text,
    description: text,
    pageUrl: 'https://papers.example.org/papers',
    selfUrl: 'https://papers.example.org/feeds/day.atom',
    nextUrl: undefined,
    updated: AT,
    publisher: { name: 'Broadsheet' },
    entries: [
      {
        id,
        title: text,
        url: `https://papers.example.org/papers/${encodeURIComponent(xmlText(text))}`,
        published: AT,
        updated: AT,
        authors,
        categories: [text],
        html: text,
        text,
      },
    ],
  };
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Halves of pairs, and what XML forbids.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        ']]>',
        '<![CDATA[',
        '&amp;',
        '&',
        '<',
        '"',
        "'",
        '\r\n',
        '\t',
        '\0',
        '🦉',
        '$x_2$',
      ),
    )
    .map((parts) => parts.join('')),
);

test('whatever the texts hold, XML is well-formed and gives them back', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const expected = xmlText(text);
      const atom = readXml(renderFeed(documentOf(text), 'atom'));
      const entry = all(atom, 'entry')[0] as Node;
      for (const name of ['title', 'summary', 'content']) {
        expect(all(entry, name)[0]?.text).toBe(expected);
      }
      expect(all(entry, 'category')[0]?.attributes.term).toBe(expected);
      const channel = readXml(renderFeed(documentOf(text), 'rss')).nodes[0] as Node;
      const item = all(channel, 'item')[0] as Node;
      for (const name of ['title', 'description', 'content:encoded', 'dc:creator', 'category']) {
        expect(all(item, name)[0]?.text).toBe(expected);
      }
      const opml = readXml(
        renderOpml(text, [{ title: text, feeds: [{ title: text, feedUrl: text, pageUrl: text }] }]),
      );
      const outline = (all(opml, 'body')[0] as Node).nodes[0]?.nodes[0];
      expect(outline?.attributes).toEqual({
        type: 'rss',
        text: expected,
        title: expected,
        xmlUrl: expected,
        htmlUrl: expected,
      });
    }),
    { numRuns: 300 },
  );
});

test('whatever the texts hold, JSON gives them back as text that can be written down', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const json = renderFeed(documentOf(text), 'json');
      const { items } = JSON.parse(json) as { items: { title: string; content_html: string }[] };
      expect(items[0]?.title).toBe(xmlText(text));
      expect(Buffer.from(items[0]?.content_html ?? '').toString()).toBe(items[0]?.content_html);
    }),
  );
});

test('no character is lost but those that XML cannot write', () => {
  expect(xmlText('a\u0000b\u0008c\ufffed')).toBe('abcd');
  expect(xmlText('tab\t line\n 🦉 é ]]> \u007f')).toBe('tab\t line\n 🦉 é ]]> \u007f');
  expect(xmlText('half \ud83e of a pair')).toBe('half \ufffd of a pair');
});

test.each(FEED_FORMATS)('%s names the publisher where an item has no author', (format) => {
  const [item] = readFeed(renderFeed(documentOf('A title', []), format), format).items;
  expect(item?.authors).toEqual(['Broadsheet']);
});
