// Which words of a text a reader asked for.
import type { SearchQuery } from '../query/parse-query.ts';
import { findWords, isStopWord, wordStem } from './words.ts';

export type TextPart = { type: 'text' | 'highlight'; text: string };

export type Highlighter = {
  /** Plain text in parts; their texts, put together, are the text. */
  parts(text: string): TextPart[];
  /**
   * HTML of `renderTexHtml` with `<mark>` around words of its text: never within tags, entities or
   * MathML, and never across a tag. Without the marks it is the HTML as given.
   */
  html(html: string): string;
};

/** Words that are marked where they stand next to each other; a word alone is the shortest of them. */
type Pattern = string[];
type Range = { start: number; end: number };

/** What holds the words of one compound together: `non-scaling`, `GPT-4.5`, `Adam's`. */
const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:[-‐‑–.'’_][\p{L}\p{N}\p{M}]+)*/gu;
const POSSESSIVE = /['’]s$/i;
const ENTITY = /&#?\w{1,10};/g;

/**
 * Marks the words outside quotes wherever they stand, without stop words; what is quoted, and compounds
 * such as `non-scaling`, only whole. Words are the same without case and accents and by their stem.
 */
export function createHighlighter(query: SearchQuery): Highlighter {
  const patterns = patternsOf(query);
  const find = (text: string, isHtml: boolean) =>
    patterns.size > 0 ? findRanges(isHtml ? blankEntities(text) : text, patterns) : [];
  return {
    parts: (text) => cutText(text, find(text, false)),
    html: (html) => (patterns.size > 0 ? markHtml(html, (text) => find(text, true)) : html),
  };
}

/** By the first word's stem. */
type Patterns = Map<string, Pattern[]>;

function patternsOf({ looseWords, phrases, titles }: SearchQuery): Patterns {
  const patterns: Patterns = new Map();
  const seen = new Set<string>();
  const add = (words: string[]) => {
    const pattern = words.map(wordStem).filter((stem) => stem !== '');
    const [first] = pattern;
    const key = pattern.join(' ');
    if (first === undefined || seen.has(key)) return;
    seen.add(key);
    const others = patterns.get(first);
    if (others) others.push(pattern);
    else patterns.set(first, [pattern]);
  };
  for (const phrase of phrases) add(wordsOf(phrase));
  for (const { text, isPhrase } of titles) if (isPhrase) add(wordsOf(text));
  for (const compound of looseWords.match(COMPOUND) ?? []) {
    const words = wordsOf(compound.replace(POSSESSIVE, ''));
    if (words.length > 1 || !words.every(isStopWord)) add(words);
  }
  return patterns;
}

function wordsOf(text: string): string[] {
  const bounds = findWords(text);
  const words: string[] = [];
  for (let at = 0; at < bounds.length; at += 2) words.push(text.slice(bounds[at], bounds[at + 1]));
  return words;
}

/** The bit in which ASCII's small letters differ from its capitals. */
const LOWER_CASE = 32;

/** In order, without overlap. */
function findRanges(text: string, patterns: Patterns): Range[] {
  const bounds = findWords(text);
  const count = bounds.length / 2;
  const stemAt = (index: number) => wordStem(text.slice(bounds[2 * index], bounds[2 * index + 1]));
  const initials = new Set([...patterns.keys()].map((stem) => stem.charCodeAt(0)));
  // Stemming takes longest, and leaves the first letter as it is.
  const mayBegin = (index: number) => {
    const code = text.charCodeAt(bounds[2 * index] as number);
    return code >= 128 || initials.has(code) || initials.has(code | LOWER_CASE);
  };
  const ranges: Range[] = [];
  for (let index = 0; index < count; index += 1) {
    if (!mayBegin(index)) continue;
    let length = 0;
    for (const pattern of patterns.get(stemAt(index)) ?? []) {
      if (pattern.length <= length || index + pattern.length > count) continue;
      if (pattern.every((stem, offset) => stemAt(index + offset) === stem)) length = pattern.length;
    }
    if (length === 0) continue;
    const start = bounds[2 * index] as number;
    const end = bounds[2 * (index + length) - 1] as number;
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

function cutText(text: string, ranges: Range[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start > at) parts.push({ type: 'text', text: text.slice(at, start) });
    parts.push({ type: 'highlight', text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) parts.push({ type: 'text', text: text.slice(at) });
  return parts;
}

function markHtml(html: string, find: (text: string) => Range[]): string {
  let out = '';
  for (let at = 0; at < html.length; ) {
    const tag = html.indexOf('<', at);
    const text = html.slice(at, tag < 0 ? html.length : tag);
    for (const part of cutText(text, find(text))) {
      out += part.type === 'highlight' ? `<mark>${part.text}</mark>` : part.text;
    }
    if (tag < 0) break;
    at = endOfMarkup(html, tag);
    out += html.slice(tag, at);
  }
  return out;
}

/** Behind the tag that begins there, or behind the whole formula. */
function endOfMarkup(html: string, start: number): number {
  const closer = html.startsWith('<math', start) ? '</math>' : '>';
  const end = html.indexOf(closer, start);
  return end < 0 ? html.length : end + closer.length;
}

/** The same length, with entities as spaces, so that no word is found in one. */
function blankEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (entity) => ' '.repeat(entity.length));
}
