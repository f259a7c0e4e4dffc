// A feed out of its address.
import {
  type Day,
  monthOf,
  now,
  parseMonth,
  parseWeek,
  startOfDay,
  weekOf,
} from '../base/calendar.ts';
import { type Cursor, renderCursor } from '../base/cursor.ts';
import { AppError } from '../base/errors.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { editionPlaces, findEdition } from '../days/edition-store.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { dayMonthYear } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { findPaperId, pathOfPaper } from '../papers/paper-id.ts';
import { findPaper } from '../papers/paper-store.ts';
import { findPersonByHandle } from '../people/person.ts';
import { type FeedChoice, type FeedSubject, pathOfSubject } from './feed-address.ts';
import type { FeedDocument } from './feed-document.ts';
import type { DatedPaper, FeedContent, FeedParts } from './feed-parts.ts';
import { pageOfSubject } from './feed-subject.ts';
import {
  findAlertedPapers,
  findListedPapers,
  findMatchingPapers,
  findTaggedPapers,
  findTopPapers,
  findTrendingPapers,
  findVotedPapers,
} from './find-papers.ts';
import { loadCommentEntries } from './load-comments.ts';
import { loadDayEntries } from './load-days.ts';
import { loadPaperEntries } from './paper-entry.ts';
import { withVotes } from './threshold.ts';

/** When a feed that has no items was last changed. */
const NEVER = startOfDay('1991-08-14' as Day);

export type FeedRequest = {
  choice: FeedChoice;
  /** The address that was asked for, which may be a private one. */
  selfUrl: string;
  /** Whose private feed it is: they may read what is theirs. */
  readerId: string | undefined;
};

/** Throws `not-found` for a feed of what there is not: a person, an edition, a paper. */
export async function loadFeed(
  parts: FeedParts,
  { choice, selfUrl, readerId }: FeedRequest,
): Promise<FeedDocument> {
  const content = await loadContent(parts, choice, readerId);
  const { name, url, ids } = parts;
  const { minVotes } = choice;
  const { document, fromVotes } = words.feeds;
  const title = minVotes === undefined ? content.title : fromVotes(content.title, minVotes);
  return {
    id: ids.of('feed', idOf(choice.subject), minVotes ?? 0),
    title: document.title(title, name),
    description: content.description,
    pageUrl: url + (content.page ?? pageOfSubject(choice.subject)),
    selfUrl,
    nextUrl: content.next && withCursor(selfUrl, content.next),
    updated:
      content.entries
        .map((entry) => entry.updated)
        .sort()
        .at(-1) ?? NEVER,
    publisher: { name, url },
    entries: content.entries,
  };
}

function idOf(subject: FeedSubject): string {
  const path = pathOfSubject(subject);
  return subject.kind === 'search' ? `${path} ${subject.by} ${subject.query}` : path;
}

function withCursor(url: string, next: Cursor): string {
  const address = new URL(url);
  address.searchParams.set('after', renderCursor(next));
  return address.href;
}

function loadContent(
  parts: FeedParts,
  choice: FeedChoice,
  readerId: string | undefined,
): Promise<FeedContent> {
  const { subject } = choice;
  switch (subject.kind) {
    case 'day':
    case 'trending':
    case 'days':
      return loadGeneral(parts, subject.kind, choice);
    case 'week':
    case 'month':
      return loadTop(parts, subject.kind, choice);
    case 'category':
    case 'author':
      return loadTagged(parts, subject, choice);
    case 'search':
      return loadSearch(parts, subject, choice);
    case 'votes':
    case 'comments':
      return loadOfPerson(parts, subject, choice, readerId);
    case 'edition':
      return loadEdition(parts, subject.slug, choice);
    case 'discussion':
      return loadDiscussion(parts, subject.paperId, choice);
    case 'alert':
      return loadAlert(parts, subject.alertId, choice, readerId);
  }
}

async function loadGeneral(
  parts: FeedParts,
  kind: 'day' | 'trending' | 'days',
  choice: FeedChoice,
): Promise<FeedContent> {
  const texts = { title: words.feeds.subjects[kind], description: words.feeds.document[kind] };
  switch (kind) {
    case 'day':
      return {
        ...texts,
        entries: await loadPaperEntries(parts, kind, await findListedPapers(parts, choice)),
      };
    case 'trending':
      return {
        ...texts,
        entries: await loadPaperEntries(parts, kind, await findTrendingPapers(parts, choice)),
      };
    case 'days':
      return {
        ...texts,
        entries: await loadDayEntries(parts, choice),
      };
  }
}

async function loadTop(
  parts: FeedParts,
  kind: 'week' | 'month',
  choice: FeedChoice,
): Promise<FeedContent> {
  const newest = (await newestListedDay(parts.db, parts.today)) ?? parts.today;
  const period = kind === 'week' ? parseWeek(weekOf(newest)) : parseMonth(monthOf(newest));
  return {
    title: words.feeds.subjects[kind],
    description: words.feeds.document[kind],
    entries: await loadPaperEntries(parts, kind, await findTopPapers(parts, period, choice)),
  };
}

async function loadTagged(
  parts: FeedParts,
  subject: { kind: 'category'; category: string } | { kind: 'author'; author: string },
  choice: FeedChoice,
): Promise<FeedContent> {
  const { papers, next } = await findTaggedPapers(parts, subject, choice);
  const entries = await loadPaperEntries(
    parts,
    subject.kind,
    await withoutWithdrawn(parts, papers),
  );
  if (subject.kind === 'category') {
    const { category } = subject;
    const description = words.feeds.document.category(category);
    return { title: category, description, entries, next };
  }
  const name = nameAmong(entries, parts.url + pageOfSubject(subject)) ?? subject.author;
  const description = words.feeds.document.author(name);
  return { title: name, description, entries, next };
}

/** As the papers print it. */
function nameAmong(entries: FeedContent['entries'], url: string): string | undefined {
  return entries.flatMap((entry) => entry.authors).find((author) => author.url === url)?.name;
}

async function loadSearch(
  parts: FeedParts,
  subject: Extract<FeedSubject, { kind: 'search' }>,
  choice: FeedChoice,
): Promise<FeedContent> {
  const { query, by } = subject;
  const { document } = words.feeds;
  return {
    title: document.searchTitle(query),
    description: document.search(query, by),
    entries: await loadPaperEntries(
      parts,
      'search',
      await findMatchingPapers(parts, subject, choice),
    ),
  };
}

async function loadOfPerson(
  parts: FeedParts,
  { kind, handle }: { kind: 'votes' | 'comments'; handle: string },
  choice: FeedChoice,
  readerId: string | undefined,
): Promise<FeedContent> {
  const person = await findPersonByHandle(parts.db, handle, now());
  if (!person) throw new AppError('not-found', 'There is nobody of that name here.');
  const { document } = words.feeds;
  if (kind === 'comments') {
    return {
      title: document.commentsTitle(person.name),
      description: document.comments(person.name),
      entries: await loadCommentEntries(parts, { personId: person.id }, choice),
    };
  }
  if (!person.hasPublicVotes && person.id !== readerId) {
    throw new AppError('not-found', 'Their votes are not public, so there is no feed of them.');
  }
  const papers = await findVotedPapers(parts, person.id, choice);
  return {
    title: document.votesTitle(person.name),
    description: document.votes(person.name),
    entries: await loadPaperEntries(parts, kind, papers),
  };
}

async function loadEdition(
  parts: FeedParts,
  slug: string,
  { minVotes, limit }: FeedChoice,
): Promise<FeedContent> {
  const edition = await findEdition(parts.db, slug);
  if (!edition) throw new AppError('not-found', 'There is no such edition here.');
  const at = startOfDay(edition.day);
  const places = await withVotes(parts.db, await editionPlaces(parts.db, slug), minVotes);
  const papers = places.slice(0, limit).map(({ paperKey }): DatedPaper => ({ paperKey, at }));
  return {
    title: edition.title,
    description: words.feeds.document.edition(dayMonthYear(edition.day)),
    entries: await loadPaperEntries(parts, 'edition', papers),
  };
}

async function loadDiscussion(
  parts: FeedParts,
  text: string,
  choice: FeedChoice,
): Promise<FeedContent> {
  const id = findPaperId(text)?.id;
  const found = id && (await findPaper(parts.db, id));
  if (!found) throw new AppError('not-found', 'There is no such paper here.');
  const { paper } = found;
  const { document } = words.feeds;
  return {
    title: document.discussionTitle(renderTexText(paper.title)),
    description: document.discussion,
    page: pathOfPaper(paper.id),
    entries: await loadCommentEntries(parts, { paperKey: paper.key }, choice),
  };
}

async function loadAlert(
  parts: FeedParts,
  alertId: string,
  choice: FeedChoice,
  readerId: string | undefined,
): Promise<FeedContent> {
  const alert =
    readerId &&
    (await parts.db
      .selectFrom('alerts')
      .select('name')
      .where('id', '=', alertId)
      .where('person_id', '=', readerId)
      .executeTakeFirst());
  if (!alert) {
    throw new AppError('not-found', 'Alerts have private feeds only: make one at /settings/feeds.');
  }
  return {
    title: alert.name,
    description: words.feeds.document.alert(alert.name),
    entries: await loadPaperEntries(
      parts,
      'alert',
      await findAlertedPapers(parts, alertId, choice),
    ),
  };
}

/** Nobody chose the papers of these lists. */
async function withoutWithdrawn({ db }: FeedParts, papers: DatedPaper[]): Promise<DatedPaper[]> {
  if (papers.length === 0) return [];
  const rows = await db
    .selectFrom('papers')
    .select('key')
    .where('withdrawn_at', 'is not', null)
    .where(
      'key',
      'in',
      papers.map((paper) => paper.paperKey),
    )
    .execute();
  const withdrawn = new Set(rows.map((row) => row.key));
  return papers.filter((paper) => !withdrawn.has(paper.paperKey));
}
