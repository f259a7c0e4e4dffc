// The lists of closed days, an item each. The papers stand in it as they did when the day closed: later
// votes change nothing in it.
import { type Day, endOfDay } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import type { Db } from '../database/database.ts';
import { dayMonthYear } from '../language/formats.ts';
import { words } from '../language/words.ts';
import type { Author } from '../papers/paper.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { FeedEntry } from './feed-document.ts';
import type { FeedParts } from './feed-parts.ts';
import type { Narrowing } from './find-papers.ts';
import { escapeHtml, linkTo } from './paper-entry.ts';

/** Of all days together; no list has come near. */
const MAX_PAPERS = 10_000;
const MAX_DAYS = 31;
/** What an item names of a day. */
const MAX_NAMED = 50;
const MAX_AUTHORS = 3;

type ListedPaper = {
  key: number;
  id: string;
  title: string;
  authors: Author[];
  isPinned: boolean;
  publishedAt: string;
  introduction: string | null;
  votes: number;
};

export async function loadDayEntries(
  parts: FeedParts,
  { minVotes, limit }: Narrowing,
): Promise<FeedEntry[]> {
  const days = await closedDays(parts, Math.min(limit, MAX_DAYS));
  const lists = await loadLists(parts, days);
  return days.flatMap((day) => {
    const papers = (lists.get(day) ?? [])
      .filter((paper) => minVotes === undefined || paper.votes >= minVotes)
      .sort(byRank);
    return papers.length > 0 ? [entryOf(parts, day, papers)] : [];
  });
}

async function closedDays({ db, today }: FeedParts, limit: number): Promise<Day[]> {
  const rows = await db
    .selectFrom('day_entries')
    .select('day')
    .distinct()
    .where('day', '<', today)
    .where('unlisted_at', 'is', null)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.day as Day);
}

async function loadLists(
  { db, timeZone }: FeedParts,
  days: Day[],
): Promise<Map<Day, ListedPaper[]>> {
  const lists = new Map<Day, ListedPaper[]>();
  if (days.length === 0) return lists;
  const rows = await db
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .select(['day_entries.day', 'day_entries.published_at', 'pinned_at', 'introduction'])
    .select(['papers.key', 'papers.id', 'papers.title', 'papers.authors'])
    .where('day_entries.day', 'in', days)
    .where('unlisted_at', 'is', null)
    .orderBy('day_entries.day', 'desc')
    .orderBy('papers.key')
    .limit(MAX_PAPERS)
    .execute();
  const peaks = await loadPeaks(db, [...new Set(rows.map((row) => row.key))]);
  for (const row of rows) {
    const day = row.day as Day;
    const closedAt = endOfDay(day, timeZone);
    const reached = (peaks.get(row.key) ?? []).filter((peak) => peak.at <= closedAt);
    const list = lists.get(day) ?? [];
    list.push({
      key: row.key,
      id: row.id,
      title: row.title,
      authors: JSON.parse(row.authors) as Author[],
      isPinned: row.pinned_at !== null,
      publishedAt: row.published_at,
      introduction: row.introduction,
      votes: Math.max(0, ...reached.map((peak) => peak.votes)),
    });
    lists.set(day, list);
  }
  return lists;
}

async function loadPeaks(
  db: Db,
  keys: number[],
): Promise<Map<number, { votes: number; at: string }[]>> {
  const peaks = new Map<number, { votes: number; at: string }[]>();
  if (keys.length === 0) return peaks;
  const rows = await db
    .selectFrom('vote_peaks')
    .selectAll()
    .where('paper_key', 'in', keys)
    .execute();
  for (const row of rows) {
    const list = peaks.get(row.paper_key) ?? [];
    list.push({ votes: row.votes, at: row.reached_at });
    peaks.set(row.paper_key, list);
  }
  return peaks;
}

/** As lists are ordered, with the most votes that each had when the day closed. */
function byRank(one: ListedPaper, other: ListedPaper): number {
  if (one.isPinned !== other.isPinned) return one.isPinned ? -1 : 1;
  if (one.votes !== other.votes) return other.votes - one.votes;
  if (one.publishedAt !== other.publishedAt) return one.publishedAt < other.publishedAt ? 1 : -1;
  return other.key - one.key;
}

function entryOf({ ids, url, timeZone }: FeedParts, day: Day, papers: ListedPaper[]): FeedEntry {
  const texts = words.feeds.document;
  const closedAt = endOfDay(day, timeZone);
  const page = `${url}/papers/date/${day}`;
  const named = papers.slice(0, MAX_NAMED);
  const more = papers.length - named.length;
  const lines = named.map((paper) => ({
    ...paper,
    title: renderTexText(paper.title),
    by: authorsInShort(paper.authors),
  }));
  const items = lines.map(({ id, title, by, introduction }) =>
    [
      `<li>${linkTo(url + pathOfPaper(id), title)}`,
      by && `<br>${escapeHtml(by)}`,
      introduction && `<br><em>${escapeHtml(introduction)}</em>`,
      '</li>',
    ]
      .filter(Boolean)
      .join(''),
  );
  const rest = more > 0 ? texts.more(more) : '';
  return {
    id: ids.of('days', day),
    title: texts.dayTitle(dayMonthYear(day)),
    url: page,
    published: closedAt,
    updated: closedAt,
    authors: [],
    categories: [],
    html: `<ol>${items.join('\n')}</ol>${rest && `\n<p>${linkTo(page, rest)}</p>`}`,
    text: [
      ...lines.map(({ title, by }, index) => `${index + 1}. ${title}${by && ` (${by})`}`),
      ...(rest ? [rest] : []),
    ].join('\n'),
  };
}

function authorsInShort(authors: Author[]): string {
  const names = authors.slice(0, MAX_AUTHORS).map(({ name }) => name);
  const named = names.join(', ');
  return authors.length > names.length ? words.feeds.document.andOthers(named) : named;
}
