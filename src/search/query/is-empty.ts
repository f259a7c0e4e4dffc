import { hasContent, whereOf } from '../index/ask-table.ts';
import type { SearchQuery } from './parse-query.ts';

/** Whether nothing is asked that could be looked for: no words but stop words, and no filter. */
export function isEmpty(query: SearchQuery): boolean {
  const { authors, titles, phrases, words } = query;
  const hasText = [words, ...phrases, ...titles.map(({ text }) => text)].some(hasContent);
  // A name may be a stop word: Kaiming He, Bo An.
  return !hasText && authors.length === 0 && whereOf(query) === undefined;
}
