// Reads today's announcement feed of each category, one request a category, because the proof of
// completeness counts by category.
import type { Day } from '../../base/calendar.ts';
import type { Tx } from '../../database/database.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { markDemoEdition } from '../../papers/paper-store.ts';
import { enqueue } from '../../queue/job.ts';
import { type Announcement, recordFeed, recordUnchangedFeed } from '../announcements.ts';
import { findCheckpoint, saveCheckpoint } from '../harvest-store.ts';
import { emptyReport, type ImportReport, saveUnits } from '../import-records.ts';
import type { Answer } from '../outside-request.ts';
import type { Source, SourceContext } from '../source.ts';
import { FETCH_PAPERS } from '../source-jobs.ts';
import { type Feed, type FeedEntry, parseFeed } from './feed.ts';

/** What the last answer said, for asking whether there is anything new. */
type Checkpoint = { etag?: string; lastModified?: string; day?: Day };

/**
 * Identities are given out in the order of announcement, so a cross-list numbered far below a
 * feed's lowest new paper is an older paper. A day's papers of all fields are about 1,500.
 */
const SAME_DAY_RANGE = 3_000;

export const arxivFeeds: Source<{ categories: string[] }> = {
  name: 'arxiv-rss',
  async run(context, { categories }) {
    let report = emptyReport();
    for (const category of categories) {
      report = await pollCategory(context, category, report);
      context.onPage?.(report);
    }
    return report;
  },
};

async function pollCategory(
  context: SourceContext,
  category: string,
  report: ImportReport,
): Promise<ImportReport> {
  const { database, client, config } = context;
  const checkpointId = `arxiv-rss ${category}`;
  const before = (await findCheckpoint<Checkpoint>(database.read, checkpointId)) ?? {};
  const answer = await client.ask(
    `${config.arxiv.rssUrl}/${encodeURIComponent(category)}`,
    readFeed,
    { headers: conditionsOf(before), signal: context.signal },
  );
  const at = context.now();
  const { feed } = answer;
  if (!feed) {
    const { day } = before;
    if (day) {
      await database.transact((tx) => recordUnchangedFeed(tx, { day, category, at }));
    }
    return report;
  }
  for (const rejected of feed.rejected) context.rejects.add(1, rejected);
  return database.transact(async (tx) => {
    const after = await saveFeed(tx, context, category, feed, report);
    await saveCheckpoint(tx, checkpointId, {
      ...answer.conditions,
      ...(feed.day ? { day: feed.day } : {}),
    });
    return after;
  });
}

function conditionsOf({ etag, lastModified, day }: Checkpoint): Record<string, string> {
  // Without a day an unchanged answer could not be told of.
  if (!day) return {};
  return {
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
}

async function readFeed({ status, headers, body }: Answer) {
  if (status === 304) return { feed: undefined, conditions: {} };
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  const conditions: Checkpoint = {
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
  };
  return { feed: await parseFeed(body), conditions };
}

async function saveFeed(
  tx: Tx,
  context: SourceContext,
  category: string,
  feed: Feed,
  report: ImportReport,
): Promise<ImportReport> {
  const known = await knownPapers(
    tx,
    feed.entries.map((entry) => entry.record.id),
  );
  const isOfItsDay = sameDayTest(feed.entries);
  const records = feed.entries
    .filter((entry) => known.has(entry.record.id) || isOfItsDay(entry))
    .map((entry) => {
      const record = recordOf(entry, known.get(entry.record.id));
      return {
        record: isOfItsDay(entry) ? { ...record, announcedOn: entry.day } : record,
        raw: entry.raw,
      };
    });
  const after = await saveUnits(tx, [{ records, rejected: feed.rejected }], report);
  for (const [day, announced] of announcedByDay(feed)) {
    await recordFeed(tx, {
      day,
      category,
      at: context.now(),
      announced,
      holidays: context.config.arxiv.holidays,
    });
  }
  if (records.length > 0) await markDemoEdition(tx, false);
  const isAnyLeftOut = feed.rejected.length > 0 || records.length < feed.entries.length;
  if (isAnyLeftOut) await enqueue(tx, context.database.engine, FETCH_PAPERS);
  return after;
}

/** New papers and cross-lists; a replacement announces no paper. An empty feed is a day with none. */
function announcedByDay(feed: Feed): Map<Day, Announcement[]> {
  const days = new Map<Day, Announcement[]>(feed.day ? [[feed.day, []]] : []);
  const told = [
    ...feed.entries.map(({ record, type, day }) => ({ id: record.id, type, day })),
    ...feed.rejected.flatMap(({ announced }) => (announced ? [announced] : [])),
  ];
  for (const { id, type, day } of told) {
    if (type !== 'new' && type !== 'cross') continue;
    const list = days.get(day) ?? [];
    list.push({ id, kind: type });
    days.set(day, list);
  }
  return days;
}

/** Whether an entry is a paper that was first announced on the entry's day. */
function sameDayTest(entries: FeedEntry[]): (entry: FeedEntry) => boolean {
  const lowest = entries
    .filter(({ type }) => type === 'new')
    .map(({ record }) => sequenceOf(record.id))
    .sort((a, b) => a - b)[0];
  return ({ type, record }) => {
    if (type === 'new') return true;
    if (type !== 'cross' || lowest === undefined || (record.version ?? 1) > 1) return false;
    return sequenceOf(record.id) > lowest - SAME_DAY_RANGE;
  };
}

/** `2510.01234` as 251001234; identities of before 2007 are below all of these. */
function sequenceOf(id: string): number {
  const [month, number] = id.split('.');
  return number ? Number(month) * 100_000 + Number(number) : 0;
}

type KnownPaper = { id: string; title: string; submitted_at: string | null };

/**
 * A feed says less of a paper than a harvest or a look-up, and says it a little differently. Where one of
 * these was here before, the feed tells of the announcement only; a replacement brings a new version.
 */
function recordOf({ record, type }: FeedEntry, known: KnownPaper | undefined): PaperRecord {
  const isNewVersion = type === 'replace' || type === 'replace-cross';
  if (!known?.submitted_at || isNewVersion) return record;
  return { id: record.id, source: record.source, title: known.title };
}

async function knownPapers(tx: Tx, ids: string[]): Promise<Map<string, KnownPaper>> {
  if (ids.length === 0) return new Map();
  const papers = await tx
    .selectFrom('papers')
    .select(['id', 'title', 'submitted_at'])
    .where('id', 'in', ids)
    .execute();
  const former = await tx
    .selectFrom('paper_redirects')
    .innerJoin('papers', 'papers.key', 'paper_redirects.paper_key')
    .select(['paper_redirects.id', 'papers.title', 'papers.submitted_at'])
    .where('paper_redirects.id', 'in', ids)
    .execute();
  return new Map([...papers, ...former].map((row) => [row.id, row]));
}
