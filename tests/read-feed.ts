// Reads a feed as readers do, by a parser that is not ours, after checking it against what RFC 4287, RSS 2.0
// and JSON Feed 1.1 require.
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';
import type { FeedFormat } from '../src/syndication/feed-document.ts';

export type ReadItem = {
  id: string;
  title: string;
  url: string;
  date: string;
  authors: string[];
  categories: string[];
  html: string;
  text: string;
};
export type ReadFeed = { title: string; self: string; next: string | undefined; items: ReadItem[] };

export type Node = {
  name: string;
  attributes: Record<string, string>;
  nodes: Node[];
  text: string;
};

/** Throws for anything that is not well-formed, unknown prefixes included. */
export function readXml(xml: string): Node {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: '', attributes: {}, nodes: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.entries(tag.attributes).map(([name, { value }]) => [name, value]);
    const node = {
      name: tag.name,
      attributes: Object.fromEntries(attributes),
      nodes: [],
      text: '',
    };
    open.at(-1)?.nodes.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const onText = (text: string) => {
    (open.at(-1) as Node).text += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(xml).close();
  return root.nodes[0] as Node;
}

export const all = (node: Node, name: string) => node.nodes.filter((one) => one.name === name);

function only(node: Node, name: string): Node {
  const found = all(node, name);
  expect(found, `${name} in ${node.name}`).toHaveLength(1);
  return found[0] as Node;
}

export function readFeed(text: string, format: FeedFormat): ReadFeed {
  const feed = { rss: readRss, atom: readAtom, json: readJson }[format](text);
  const ids = feed.items.map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const item of feed.items) {
    expect(item.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(item.url).toMatch(/^https:\/\/papers\.example\.org\//);
    expect(item.html).not.toMatch(/(?:href|src)="\//);
    expect(item.title).not.toBe('');
    expect(item.authors.length).toBeGreaterThan(0);
  }
  return feed;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const RFC_822 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function readAtom(text: string): ReadFeed {
  const root = readXml(text);
  expect([root.name, root.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
  expect(only(root, 'id').text).toMatch(/^urn:uuid:/);
  expect(only(root, 'updated').text).toMatch(RFC_3339);
  expect(only(only(root, 'author'), 'name').text).not.toBe('');
  const links = (node: Node, rel: string) =>
    all(node, 'link').filter((link) => link.attributes.rel === rel);
  expect(links(root, 'self')).toHaveLength(1);
  expect(links(root, 'alternate')).toHaveLength(1);
  const parsed = parseAtomFeed(text);
  const entries = all(root, 'entry');
  expect(parsed.entries ?? []).toHaveLength(entries.length);
  const items = entries.map((entry, index) => {
    const title = only(entry, 'title').text;
    expect(parsed.entries?.[index]?.id).toBe(only(entry, 'id').text);
    expect(parsed.entries?.[index]?.title?.value).toBe(title.trim());
    expect(only(entry, 'updated').text).toMatch(RFC_3339);
    expect(only(entry, 'published').text).toMatch(RFC_3339);
    expect(links(entry, 'alternate')).toHaveLength(1);
    expect(only(entry, 'content').attributes.type).toBe('html');
    const authors = all(entry, 'author').length > 0 ? all(entry, 'author') : all(root, 'author');
    return {
      id: only(entry, 'id').text,
      title,
      url: links(entry, 'alternate')[0]?.attributes.href as string,
      date: only(entry, 'published').text,
      authors: authors.map((author) => only(author, 'name').text),
      categories: all(entry, 'category').map((category) => category.attributes.term as string),
      html: only(entry, 'content').text,
      text: only(entry, 'summary').text,
    };
  });
  return {
    title: only(root, 'title').text,
    self: links(root, 'self')[0]?.attributes.href as string,
    next: links(root, 'next')[0]?.attributes.href,
    items,
  };
}

function readRss(text: string): ReadFeed {
  const root = readXml(text);
  expect([root.name, root.attributes.version]).toEqual(['rss', '2.0']);
  const channel = only(root, 'channel');
  for (const name of ['title', 'link', 'description', 'ttl', 'language']) {
    expect(only(channel, name).text).not.toBe('');
  }
  expect(only(channel, 'lastBuildDate').text).toMatch(RFC_822);
  const links = (rel: string) =>
    all(channel, 'atom:link').filter((link) => link.attributes.rel === rel);
  const parsed = parseRssFeed(text);
  const found = all(channel, 'item');
  expect(parsed.items ?? []).toHaveLength(found.length);
  const items = found.map((item, index) => {
    const guid = only(item, 'guid');
    expect(guid.attributes.isPermaLink).toBe('false');
    expect(only(item, 'pubDate').text).toMatch(RFC_822);
    expect(parsed.items?.[index]?.guid?.value).toBe(guid.text);
    expect(parsed.items?.[index]?.dc?.creators).toEqual(
      all(item, 'dc:creator').map((creator) => creator.text),
    );
    return {
      id: guid.text,
      title: only(item, 'title').text,
      url: only(item, 'link').text,
      date: new Date(only(item, 'pubDate').text).toISOString(),
      authors: all(item, 'dc:creator').map((creator) => creator.text),
      categories: all(item, 'category').map((category) => category.text),
      html: only(item, 'content:encoded').text,
      text: only(item, 'description').text,
    };
  });
  return {
    title: only(channel, 'title').text,
    self: links('self')[0]?.attributes.href as string,
    next: links('next')[0]?.attributes.href,
    items,
  };
}

type Person = { name: string };
type JsonItem = {
  id: string;
  title: string;
  url: string;
  date_published: string;
  date_modified: string;
  authors?: Person[];
  tags?: string[];
  content_html: string;
  content_text: string;
};

function readJson(text: string): ReadFeed {
  const feed = JSON.parse(text) as {
    version: string;
    title: string;
    feed_url: string;
    next_url?: string;
    authors: Person[];
    items: JsonItem[];
  };
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(Array.isArray(feed.items)).toBe(true);
  const parsed = parseJsonFeed(text);
  expect((parsed.items ?? []).map((item) => item.id)).toEqual(feed.items.map((item) => item.id));
  const items = feed.items.map((item) => {
    expect(item.date_published).toMatch(RFC_3339);
    expect(item.date_modified).toMatch(RFC_3339);
    expect([typeof item.content_html, typeof item.content_text]).toEqual(['string', 'string']);
    return {
      id: item.id,
      title: item.title,
      url: item.url,
      date: item.date_published,
      authors: (item.authors ?? feed.authors).map(({ name }) => name),
      categories: item.tags ?? [],
      html: item.content_html,
      text: item.content_text,
    };
  });
  return { title: feed.title, self: feed.feed_url, next: feed.next_url, items };
}
