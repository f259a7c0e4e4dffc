// The addresses of feeds: /feeds/<what>.rss, .atom or .json, narrowed by ?min_votes= and ?limit=.
import { type Cursor, parseCursor, renderCursor } from '../base/cursor.ts';
import { AppError } from '../base/errors.ts';
import { authorKey } from '../papers/author-name.ts';
import { MATCHED_BY, type MatchedBy } from '../search/search.ts';
import { findCategory } from '../sources/arxiv/categories.ts';
import { FEED_FORMATS, type FeedFormat } from './feed-document.ts';

export const GENERAL_FEEDS = ['day', 'days', 'trending', 'week', 'month'] as const;
type GeneralFeed = (typeof GENERAL_FEEDS)[number];

export type FeedSubject =
  | { kind: GeneralFeed }
  | { kind: 'category'; category: string }
  | { kind: 'author'; author: string }
  | { kind: 'votes' | 'comments'; handle: string }
  | { kind: 'edition'; slug: string }
  | { kind: 'search'; query: string; by: MatchedBy }
  | { kind: 'discussion'; paperId: string }
  /** Of the person whose private feed it is. */
  | { kind: 'alert'; alertId: string };

export type FeedChoice = {
  subject: FeedSubject;
  /** Only papers that have had so many votes, here and elsewhere together. */
  minVotes: number | undefined;
  /** As many items. */
  limit: number;
  /** Older items than these. */
  after: Cursor | undefined;
};

export const MAX_ITEMS = 200;
/** A category may announce hundreds in a day, and a reader may ask once a day. */
const ITEMS: Partial<Record<FeedSubject['kind'], number>> = {
  day: 100,
  category: 100,
  search: 100,
  days: 14,
  edition: MAX_ITEMS,
};
const USUAL_ITEMS = 50;
const MAX_VOTES = 1_000_000;
export const MAX_QUERY = 300;

/** A feed with nothing said of it but what it is of. */
export function choiceOf(subject: FeedSubject, minVotes?: number): FeedChoice {
  return { subject, minVotes, limit: ITEMS[subject.kind] ?? USUAL_ITEMS, after: undefined };
}

/** Of an address as it was asked for. Throws `not-found` for what no feed can be, and `invalid`. */
export function parseFeedAddress(
  pathname: string,
  query: URLSearchParams,
): { choice: FeedChoice; format: FeedFormat } {
  const [, path = '', ending = ''] = /^(.*)\.([a-z]+)$/.exec(pathname) ?? [];
  const format = FEED_FORMATS.find((one) => one === ending);
  if (!format) {
    throw new AppError('not-found', 'Feeds end in .rss, .atom or .json: see /feeds.');
  }
  return { choice: parseFeed(path, query), format };
}

/** Without the ending of a format: `/feeds/day`. */
export function parseFeed(path: string, query: URLSearchParams): FeedChoice {
  const subject = parseSubject(path.split('/').slice(2).map(decodeSegment), query);
  const after = query.get('after');
  return {
    subject,
    minVotes: parseNumber(query, 'min_votes', MAX_VOTES),
    limit: parseNumber(query, 'limit', MAX_ITEMS) ?? ITEMS[subject.kind] ?? USUAL_ITEMS,
    after: after ? parseCursor(after) : undefined,
  };
}

/** The feed's one address, which `parseFeed` reads; with a format that of its file. */
export function renderFeedPath(
  { subject, minVotes, limit, after }: FeedChoice,
  format?: FeedFormat,
): string {
  const query = new URLSearchParams();
  if (subject.kind === 'search') {
    query.set('q', subject.query);
    query.set('by', subject.by);
  }
  if (minVotes !== undefined) query.set('min_votes', String(minVotes));
  if (limit !== (ITEMS[subject.kind] ?? USUAL_ITEMS)) query.set('limit', String(limit));
  if (after) query.set('after', renderCursor(after));
  const ending = format ? `.${format}` : '';
  return `${pathOfSubject(subject)}${ending}${query.size > 0 ? `?${query}` : ''}`;
}

/** `/feeds/day`, without what narrows it. */
export function pathOfSubject(subject: FeedSubject): string {
  return `/feeds/${segmentsOf(subject).map(encodeURIComponent).join('/')}`;
}

function segmentsOf(subject: FeedSubject): string[] {
  switch (subject.kind) {
    case 'category':
      return ['categories', subject.category];
    case 'author':
      return ['authors', subject.author];
    case 'votes':
    case 'comments':
      return ['people', subject.handle, subject.kind];
    case 'edition':
      return ['editions', subject.slug];
    case 'discussion':
      return ['papers', ...subject.paperId.split('/'), 'comments'];
    case 'alert':
      return ['alerts', subject.alertId];
    default:
      return [subject.kind];
  }
}

function parseSubject(segments: string[], query: URLSearchParams): FeedSubject {
  const [first = '', second = '', third = ''] = segments;
  const general = GENERAL_FEEDS.find((kind) => kind === first);
  if (segments.length === 1 && general) return { kind: general };
  if (segments.length === 1 && first === 'search') return parseSearch(query);
  if (first === 'papers' && segments.length > 2 && segments.at(-1) === 'comments') {
    return { kind: 'discussion', paperId: segments.slice(1, -1).join('/') };
  }
  if (first === 'people' && segments.length === 3 && (third === 'votes' || third === 'comments')) {
    return { kind: third, handle: second };
  }
  if (segments.length === 2 && second !== '') {
    const category = first === 'categories' ? findCategory(second) : undefined;
    if (category) return { kind: 'category', category };
    const author = first === 'authors' ? authorKey(second) : '';
    if (author !== '') return { kind: 'author', author };
    if (first === 'editions') return { kind: 'edition', slug: second };
    if (first === 'alerts') return { kind: 'alert', alertId: second };
  }
  throw new AppError('not-found', 'There is no such feed: /feeds lists them.');
}

function parseSearch(query: URLSearchParams): FeedSubject {
  const text = (query.get('q') ?? '').replace(/\s+/g, ' ').trim();
  if (text === '' || text.length > MAX_QUERY) {
    throw new AppError('invalid', `Say what to search for as q, in 1 to ${MAX_QUERY} characters.`);
  }
  const asked = query.get('by') ?? 'either';
  const by = MATCHED_BY.find((way) => way === asked);
  if (!by) throw new AppError('invalid', `Write by as one of ${MATCHED_BY.join(', ')}.`);
  return { kind: 'search', query: text, by };
}

function parseNumber(query: URLSearchParams, name: string, max: number): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= 1 && number <= max) return number;
  throw new AppError('invalid', `Write ${name} as a whole number from 1 to ${max}.`);
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('not-found', 'There is no such feed: /feeds lists them.');
  }
}
