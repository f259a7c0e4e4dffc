// What the index holds of a paper, and how its columns are analysed.
import { createHash } from 'node:crypto';
import { renderTexText } from '../../base/tex/tex.ts';
import { authorKey } from '../../papers/author-name.ts';
import type { Paper } from '../../papers/paper-row.ts';

/** Changes with what this file makes of a paper and with the analysers: an index of another is made anew. */
export const ANALYSER = 'english-4';

export type IndexRow = {
  key: number;
  id: string;
  /** The paper's change number when this row was made. */
  change: number;
  /** Of everything that is searched; votes are not. */
  fingerprint: string;
  /** Plain text. */
  title: string;
  /** The title again, for an index that does not stem. */
  spelling: string;
  /** Title and abstract. */
  text: string;
  /** Names as printed, and as they are looked for. */
  authors: string;
  author_keys: string;
  /** Beginnings of the title's words, and of the authors' names, for suggestions. */
  title_prefixes: string;
  author_prefixes: string;
  /** `cs.LG` and, for the whole archive, `cs.*`. */
  categories: string[];
  /** Kinds of the paper's links. */
  has: string[];
  /** Of publication, in days since 1970. */
  day: number;
  year: number;
  votes: number;
  /** Null until the embedder has answered. */
  vector: Float32Array | null;
};

/** What is embedded of a paper. */
export function textOf(row: Pick<IndexRow, 'text'>): string {
  return row.text;
}

export type IndexedText = { title: string; abstract: string };

/** A row without vector; `votes` are those that lists show. */
export function rowOfPaper(paper: Paper, votes: number): IndexRow {
  const names = paper.authors.map((author) => author.name);
  const row = {
    ...rowOfText({ title: renderTexText(paper.title), abstract: renderTexText(paper.abstract) }),
    key: paper.key,
    id: paper.id,
    change: paper.change,
    authors: names.join(NAME_BREAK),
    author_keys: names.map(authorKey).join(NAME_BREAK),
    author_prefixes: prefixesOf(names.join(' ')),
    categories: withArchives(paper.categories),
    has: [...new Set(paper.links.map((link) => link.kind))],
    day: dayNumber(paper.publishedAt),
    year: yearOf(dayNumber(paper.publishedAt)),
    votes,
  };
  return { ...row, fingerprint: fingerprintOf(row) };
}

/** The part that any text has. */
export function rowOfText({ title, abstract }: IndexedText): IndexRow {
  return {
    key: 0,
    id: '',
    change: 0,
    fingerprint: '',
    title,
    spelling: title,
    text: abstract === '' ? title : `${title}\n${abstract}`,
    authors: '',
    author_keys: '',
    title_prefixes: prefixesOf(title),
    author_prefixes: '',
    categories: [],
    has: [],
    day: 0,
    year: 0,
    votes: 0,
    vector: null,
  };
}

/** A word that no name holds, so that no phrase reaches from one name into the next. */
export const NAME_BREAK = ' 0 ';

const DAY_MS = 86_400_000;

/** Days since 1970 of an instant or a day. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(date) / DAY_MS);
}

/** The year of a day that `dayNumber` gave. */
export function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

function withArchives(categories: string[]): string[] {
  const archives = categories.map((category) => `${category.split('.')[0]}.*`);
  return [...new Set([...categories, ...archives])];
}

const MIN_PREFIX = 2;
const MAX_PREFIX = 8;
const MAX_PREFIXED_WORDS = 60;

/** The beginnings of 2 to 8 letters of every word, for an index that takes them as they are. */
function prefixesOf(text: string): string {
  const prefixes = new Set<string>();
  for (const word of foldedWords(text).slice(0, MAX_PREFIXED_WORDS)) {
    for (let length = Math.min(MIN_PREFIX, word.length); length <= MAX_PREFIX; length++) {
      prefixes.add(word.slice(0, length));
      if (length >= word.length) break;
    }
  }
  return [...prefixes].join(' ');
}

/** What is looked for in a column of prefixes: the beginning of every word typed that has one there. */
export function typedPrefixes(text: string): string[] {
  const words = foldedWords(text).filter((word) => word.length >= MIN_PREFIX);
  return [...new Set(words.map((word) => word.slice(0, MAX_PREFIX)))];
}

export function foldedWords(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function fingerprintOf(row: IndexRow): string {
  const { change: _, fingerprint: __, votes: ___, vector: ____, ...searched } = row;
  return createHash('sha1').update(JSON.stringify(searched)).digest('base64url');
}
