// arXiv's announcement feeds, RSS or Atom: what is announced today in one category or several.
// https://info.arxiv.org/help/rss_specifications.html
import { type Day, isDay } from '../../base/calendar.ts';
import { messageOf } from '../../base/errors.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { findPaperId } from '../../papers/paper-id.ts';
import { SourceFailure } from '../outside-request.ts';
import { recordOfLine } from '../paper-lines.ts';
import { childrenOf, childText, readXml, type XmlElement } from '../xml.ts';

export type AnnounceType = 'new' | 'cross' | 'replace' | 'replace-cross';

export type FeedEntry = {
  record: PaperRecord;
  raw: string;
  type: AnnounceType;
  day: Day;
};

/** An entry that could not be read; what it says of itself, where it does. */
export type RejectedEntry = {
  reason: string;
  text: string;
  announced?: { id: string; type: AnnounceType; day: Day };
};

export type Feed = {
  /** The newest day that the feed speaks of; undefined where it has no date. */
  day: Day | undefined;
  entries: FeedEntry[];
  rejected: RejectedEntry[];
};

const TYPES: readonly AnnounceType[] = ['new', 'cross', 'replace', 'replace-cross'];
/** `arXiv:2508.13426v1 Announce Type: cross \nAbstract: …` */
const SUMMARY = /^\s*arXiv:(\S+)\s+Announce Type:\s*(\S+)\s*(?:Abstract:\s*)?/i;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export async function parseFeed(chunks: AsyncIterable<Uint8Array>): Promise<Feed> {
  const feed: Feed = { day: undefined, entries: [], rejected: [] };
  const seen = new Set<string>();
  let isFeed = false;
  const names = ['item', 'entry', 'title', 'pubDate', 'lastBuildDate', 'updated'];
  for await (const element of readXml(chunks, names)) {
    // The feed's own title and dates stand before its entries.
    isFeed = true;
    if (element.name === 'item' || element.name === 'entry') {
      const announced = announcedBy(element);
      try {
        const entry = entryOf(element, announced);
        // Two categories' feeds in one may hold a paper twice.
        if (!seen.has(entry.record.id)) feed.entries.push(entry);
        seen.add(entry.record.id);
      } catch (error) {
        const rejected = { reason: messageOf(error), text: JSON.stringify(element) };
        const { id, type, day } = announced;
        const isKnown = id !== undefined && type !== undefined && day !== undefined;
        feed.rejected.push(isKnown ? { ...rejected, announced: { id, type, day } } : rejected);
      }
    } else if (element.name !== 'title') {
      feed.day ??= dayWritten(element.text);
    }
  }
  if (!isFeed) throw new SourceFailure('malformed', 'The answer is no feed.');
  const newest = feed.entries
    .map((entry) => entry.day)
    .sort()
    .at(-1);
  if (newest) feed.day = newest;
  return feed;
}

type Announced = {
  /** With its version. */
  name: string;
  id: string | undefined;
  type: AnnounceType | undefined;
  day: Day | undefined;
};

function announcedBy(element: XmlElement): Announced {
  const head = SUMMARY.exec(summaryOf(element));
  const identity = childText(element, 'guid') ?? childText(element, 'id') ?? '';
  const name = head?.[1] ?? identity.replace(/^oai:arXiv\.org:/i, '');
  const type = childText(element, 'announce_type') ?? head?.[2];
  const date = childText(element, 'pubDate') ?? childText(element, 'published') ?? '';
  return {
    name,
    id: findPaperId(name)?.id,
    type: TYPES.find((known) => known === type),
    day: dayWritten(date),
  };
}

function summaryOf(element: XmlElement): string {
  return childText(element, 'description') ?? childText(element, 'summary') ?? '';
}

function entryOf(element: XmlElement, { name, type, day }: Announced): FeedEntry {
  if (!type) throw new Error('it has no announce type that is known');
  if (!day) throw new Error('it has no date');
  const summary = summaryOf(element);
  const categories = childrenOf(element, 'category').map(
    (category) => category.attributes.term ?? category.text.trim(),
  );
  const line = {
    id: name,
    title: childText(element, 'title'),
    abstract: summary.replace(SUMMARY, ''),
    authors: childText(element, 'creator'),
    categories,
    license: childText(element, 'rights'),
  };
  return { record: recordOfLine(line), raw: JSON.stringify({ ...line, type, day }), type, day };
}

/** The day as written, in the feed's own time zone: `Wed, 20 Aug 2025 00:00:00 -0400` or ISO 8601. */
function dayWritten(text: string): Day | undefined {
  const iso = text.trim().slice(0, 10);
  if (isDay(iso)) return iso;
  const match = /(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})/.exec(text);
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1;
  if (!match || month === 0) return undefined;
  const day = `${match[3]}-${String(month).padStart(2, '0')}-${(match[1] as string).padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}
