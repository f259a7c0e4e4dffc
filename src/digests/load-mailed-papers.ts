import type { Db } from '../database/database.ts';
import type { FeedItem, SkeletonItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import type { IssueCache } from './issue-cache.ts';
import type { MailedPaper } from './mailed-paper.ts';

/** A mail names three authors; more are kept to tell which of them a reader waits for. */
const MAX_AUTHORS = 100;

/** By key; papers that are gone are missing. Four queries for all that the cache lacks. */
export async function loadMailedPapers(
  { db, cache: { papers } }: { db: Db; cache: IssueCache },
  items: SkeletonItem[],
): Promise<Map<number, MailedPaper>> {
  const found = new Map<number, MailedPaper>();
  const missing: SkeletonItem[] = [];
  for (const item of items) {
    const known = papers.get(keyOf(item));
    if (known) found.set(item.paperKey, known);
    else missing.push(item);
  }
  if (missing.length === 0) return found;
  const loaded = await hydrate(db, missing, { isHtml: false });
  const former = await loadFormerIds(
    db,
    loaded.map(({ paper }) => paper.key),
  );
  const days = new Map(missing.map((item) => [item.paperKey, item]));
  for (const item of loaded) {
    const { key } = item.paper;
    const mailed = { item: trim(item), formerIds: former.get(key) ?? [] };
    papers.set(keyOf(days.get(key) as SkeletonItem), mailed);
    found.set(key, mailed);
  }
  return found;
}

function keyOf({ paperKey, day }: SkeletonItem): string {
  return `${day ?? ''} ${paperKey}`;
}

/** Without what no mail shows: some papers have thousands of authors. */
function trim(item: FeedItem): FeedItem {
  const { paper } = item;
  const authorCount = Math.max(paper.authorCount ?? 0, paper.authors.length) || undefined;
  const authors = paper.authors.slice(0, MAX_AUTHORS).map(({ name, given, family, suffix }) => ({
    name,
    ...(given === undefined ? {} : { given }),
    ...(family === undefined ? {} : { family }),
    ...(suffix === undefined ? {} : { suffix }),
  }));
  return { ...item, paper: { ...paper, authors, authorCount, extras: {} } };
}

async function loadFormerIds(db: Db, keys: number[]): Promise<Map<number, string[]>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('paper_redirects')
    .select(['id', 'paper_key'])
    .where('paper_key', 'in', keys)
    .execute();
  const former = new Map<number, string[]>();
  for (const { id, paper_key: key } of rows) former.set(key, [...(former.get(key) ?? []), id]);
  return former;
}

/** The keys of papers by their ids, former ones too, in the given order; those that are gone are left out. */
export async function findGivenPapers(db: Db, ids: string[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const own = await db.selectFrom('papers').select(['id', 'key']).where('id', 'in', ids).execute();
  const former = await db
    .selectFrom('paper_redirects')
    .select(['id', 'paper_key as key'])
    .where('id', 'in', ids)
    .execute();
  const keys = new Map([...former, ...own].map(({ id, key }) => [id, key]));
  return [...new Set(ids.flatMap((id) => keys.get(id) ?? []))];
}
