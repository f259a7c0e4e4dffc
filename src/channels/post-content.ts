// What a post says, before any service's own format.

import type { Day } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { oneLine } from '../base/text.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/database.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import { withoutWithdrawn } from '../feed/rules.ts';
import { dayMonthYear } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { homeUrlOf, pathOfPaper } from '../papers/paper-id.ts';
import { findKeys } from './find-keys.ts';

export type PostPaper = {
  id: string;
  /** All texts are plain, in one line, and of any length. */
  title: string;
  authors: string[];
  abstract: string;
  /** The editor's line. */
  introduction: string | undefined;
  votes: number;
  comments: number;
  categories: string[];
  publishedAt: string;
  url: string;
  /** At its registry. */
  homeUrl: string | undefined;
  codeUrl: string | undefined;
};

export type PostContent = {
  heading: string;
  /** The page that shows the same. */
  url: string;
  /** Of the instance. */
  from: { name: string; url: string };
  papers: PostPaper[];
};

/** A post for trying whether a channel works. */
export const TEST = 'test';

/** Undefined when there is nothing left to tell: papers may be gone or withdrawn meanwhile. */
export async function composePost(
  { db, config }: { db: Db; config: Pick<Config, 'name' | 'url'> },
  { occasion, papers: ids }: { occasion: string; papers: string[] },
): Promise<PostContent | undefined> {
  const base = config.url ?? 'http://localhost';
  const from = { name: oneLine(config.name), url: `${base}/papers` };
  const [kind = '', about = ''] = occasion.split(' ');
  const { posts } = words.channels;
  if (kind === TEST) {
    return { heading: posts.test(from.name), url: from.url, from, papers: [] };
  }
  const day = kind === 'day' ? (about as Day) : undefined;
  const keys = await findKeys(db, ids);
  const found = ids.flatMap((id) => keys.get(id) ?? []);
  const skeleton = [...new Set(found)].map((paperKey) => ({ paperKey, ...(day ? { day } : {}) }));
  const items = withoutWithdrawn(await hydrate(db, skeleton, { isHtml: false }));
  const papers = items.map((item) => present(item, base));
  const [first] = papers;
  if (!first) return undefined;
  if (day) {
    const heading = posts.ofDay(dayMonthYear(day));
    return { heading, url: `${base}/papers/date/${day}`, from, papers };
  }
  if (kind === 'alert') {
    return { heading: await alertHeading(db, about), url: from.url, from, papers };
  }
  if (papers.length > 1) {
    return { heading: posts.ofMany(papers.length), url: from.url, from, papers };
  }
  return {
    heading: posts.ofVotes(first.votes),
    url: first.url,
    from,
    papers,
  };
}

async function alertHeading(db: Db, id: string): Promise<string> {
  const alert = await db
    .selectFrom('alerts')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst();
  const { ofAlert, ofLostAlert } = words.channels.posts;
  return alert ? ofAlert(oneLine(alert.name)) : ofLostAlert;
}

function present({ paper, entry, votes, comments }: FeedItem, base: string): PostPaper {
  const text = (raw: string) => oneLine(renderTexText(raw));
  return {
    id: paper.id,
    title: text(paper.title),
    authors: paper.authors.map(({ name }) => oneLine(name)),
    abstract: text(paper.abstract),
    introduction: entry?.introduction ? oneLine(entry.introduction) : undefined,
    votes,
    comments,
    categories: paper.categories,
    publishedAt: paper.publishedAt,
    url: `${base}${pathOfPaper(paper.id)}`,
    homeUrl: homeUrlOf(paper.id),
    codeUrl: paper.links.find(({ kind }) => kind === 'code')?.url,
  };
}
