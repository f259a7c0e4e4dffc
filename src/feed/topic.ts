// What somebody wants to be told of: the papers of digests, alerts, channels and feeds.
import { AppError } from '../base/errors.ts';
import { authorKey } from '../papers/author-name.ts';
import { MATCHED_BY, type MatchedBy } from '../search/search.ts';
import { findCategory } from '../sources/arxiv/categories.ts';

export type Topic =
  | { kind: 'trending' }
  /** The lists of the days. */
  | { kind: 'list' }
  | { kind: 'category'; category: string }
  | { kind: 'author'; author: string }
  | { kind: 'search'; query: string; by: MatchedBy };

const MAX_QUERY = 300;
const MAX_AUTHOR = 200;

/** One text for each topic, which `parseTopic` reads: what tables and addresses hold. */
export function topicKey(topic: Topic): string {
  switch (topic.kind) {
    case 'category':
      return `category:${topic.category}`;
    case 'author':
      return `author:${topic.author}`;
    case 'search':
      return `search:${topic.by}:${topic.query}`;
    default:
      return topic.kind;
  }
}

/** Throws `invalid`. An author may be given by name or by key, a category in any case. */
export function parseTopic(text: string): Topic {
  if (text === 'trending' || text === 'list') return { kind: text };
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text.trim()) ?? [];
  const value = rest.replace(/\s+/g, ' ').trim();
  const category = kind === 'category' ? findCategory(value) : undefined;
  if (category) return { kind: 'category', category };
  if (kind === 'author' && value !== '' && value.length <= MAX_AUTHOR) {
    return { kind, author: authorKey(value) };
  }
  const [, by = '', query = ''] = /^([a-z]+):(.*)$/s.exec(value) ?? [];
  const known = MATCHED_BY.find((way) => way === by);
  if (kind === 'search' && known && query.trim() !== '' && query.length <= MAX_QUERY) {
    return { kind, by: known, query: query.trim() };
  }
  throw new AppError(
    'invalid',
    `"${text.slice(0, 80)}" is no topic: name trending, list, a category such as category:cs.LG, an author such as author:ada-lovelace, or a search such as search:either:layer normalization.`,
  );
}
