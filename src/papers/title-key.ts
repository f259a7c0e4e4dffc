// What makes two records the same work: their titles and first authors, normalised.
import { createHash } from 'node:crypto';
import { renderTexText } from '../base/tex/tex.ts';
import { authorKey } from './author-name.ts';
import type { Author } from './paper.ts';

/** 16 hexadecimal digits of the title's letters and digits, without case, accents, TeX or spaces. */
export function titleKey(title: string): string {
  const plain = /[\\${}^_~]/.test(title) ? renderTexText(title) : title;
  const normalised = foldLetters(plain);
  return createHash('sha1')
    .update(normalised === '' ? title.trim() : normalised)
    .digest('hex')
    .slice(0, 16);
}

function foldLetters(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is the quick way
  if (/^[\x00-\x7f]*$/.test(lower)) return lower.replace(/[^a-z0-9]+/g, '');
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Undefined where no author is named. */
export function firstAuthorKey(authors: Author[]): string | undefined {
  const first = authors[0];
  return first ? authorKey(first.name) : undefined;
}

/** Jaccard similarity of the sets of words of two texts, 0 to 1; 0 when either is empty. */
export function resemblance(a: string, b: string): number {
  const ours = wordSet(a);
  const theirs = wordSet(b);
  if (ours.size === 0 || theirs.size === 0) return 0;
  let shared = 0;
  for (const word of ours) if (theirs.has(word)) shared++;
  return shared / (ours.size + theirs.size - shared);
}

function wordSet(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
