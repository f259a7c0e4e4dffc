// What a reader types into the search box. `grammar.ts` tells readers the same.
import type { Day } from '../../base/calendar.ts';
import { renderTexText } from '../../base/tex/tex.ts';
import { oneLine } from '../../base/text.ts';
import type { LinkKind } from '../../papers/paper.ts';
import {
  type CountRange,
  findAuthor,
  findCategory,
  findCounts,
  findFirstDay,
  findLinkKind,
  findYears,
} from './filter-values.ts';

/** Whole titles and sentences of abstracts are pasted; what is behind is cut off. */
export const MAX_QUERY_LENGTH = 2_000;
/** Of phrases, of authors and so on. More are searched as words, and more exclusions are dropped. */
export const MAX_CLAUSES = 32;
/** Longer than this is a passage that was pasted: its quotes and hyphens are its author's, not operators. */
export const MAX_OPERATED_WORDS = 50;

export type SearchQuery = {
  /** As given, on one line, cut to MAX_QUERY_LENGTH; for showing it again. */
  text: string;
  /**
   * What is looked for by words and by meaning, in order, with the text of phrases and `title:`; TeX as
   * plain text; without operators. Empty when only filters were given. Not escaped for any engine.
   */
  words: string;
  /** Those of `words` that stood outside quotes. */
  looseWords: string;
  /** Each must stand in title or abstract, word by word. */
  phrases: string[];
  /** Papers with one of these, word by word, in title or abstract are left out. */
  excluded: string[];
  /** Each must be part of an author's name, in whole words; written as `authorKey` does, `fei-fei-li`. */
  authors: string[];
  /** Papers with one of these among the authors are left out. */
  excludedAuthors: string[];
  /** Each must stand in the title: a phrase word by word, else all its words in any order. */
  titles: { text: string; isPhrase: boolean }[];
  /** `cs.LG` is that category, `cs` every category of that archive too. Any of them is enough. */
  categories: string[];
  /** Papers in one of these are left out; as `categories`. */
  excludedCategories: string[];
  /** Published on this day or later. */
  after: Day | undefined;
  /** Published earlier than this day. */
  before: Day | undefined;
  /** The paper must have a link of each kind. */
  has: LinkKind[];
  /** Both ends are included. */
  votes: CountRange;
};

/** Invisible signs that pasted text brings along: soft hyphens, joiners of lines, direction overrides. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g;
/** Control characters, and halves of surrogate pairs. */
const CONTROL = /[\p{Cc}\p{Cs}]/gu;
const TEX = /[\\${}]/;
const FORMULA = /\$[^$]+\$/g;
const QUOTE = /["“”„‟«»＂]/;
const QUOTES = /["“”„‟«»＂]/g;
/** Letters and digits, and signs beyond ASCII, such as emoji: what can be looked for. */
const SEARCHABLE = /[\p{L}\p{N}]|[^\p{ASCII}\p{P}\p{Z}\p{M}\p{C}]/u;
/** Brackets, and Lucene's `+`, may stand before an operator. */
const HEAD = /[([{+]*(-?)(?:([a-z]+):)?/iy;
const JOINER = /(?:(AND ?NOT)|AND|OR)(?= )/y;
const TOKEN = /\S+/y;
const CLOSERS = /[)\]},;]{1,8}$/;

type Prefix = 'author' | 'title' | 'category' | 'year' | 'after' | 'before' | 'has' | 'votes';
const PREFIXES = new Map<string, Prefix>([
  ['author', 'author'],
  ['au', 'author'],
  ['title', 'title'],
  ['ti', 'title'],
  ['cat', 'category'],
  ['category', 'category'],
  ['year', 'year'],
  ['after', 'after'],
  ['before', 'before'],
  ['has', 'has'],
  ['votes', 'votes'],
]);

/**
 * Takes any text in linear time and never throws: what is no operator is searched as words. Operators
 * stand at the start of a token, in any case. A quote that nothing closes counts as not written. `AND`
 * and `OR` between words are dropped, `AND NOT` and `ANDNOT` exclude; a `NOT` alone is a word, as
 * titles have it.
 */
export function parseQuery(text: string): SearchQuery {
  const shown = cleanQuery(text);
  const draft = new QueryDraft();
  const plain = plainQuery(shown);
  const isPassage = countPlainWords(plain) > MAX_OPERATED_WORDS;
  const lastQuote = findLastQuote(plain);
  let at = 0;
  let isExcluding = false;
  while (at < plain.length) {
    if (plain[at] === ' ') {
      at += 1;
      continue;
    }
    const joiner = at > 0 && !isPassage ? matchAt(JOINER, plain, at) : null;
    if (joiner) {
      isExcluding ||= joiner[1] !== undefined;
      at += joiner[0].length;
      continue;
    }
    const clause = readClause(plain, at, lastQuote, isPassage);
    draft.add(isExcluding ? { ...clause, isExcluded: true } : clause);
    isExcluding = false;
    at = clause.end;
  }
  return draft.finish(shown);
}

function cleanQuery(text: string): string {
  const line = oneLine(text.replace(INVISIBLE, '').replace(CONTROL, ' ').normalize('NFC'));
  if (line.length <= MAX_QUERY_LENGTH) return line;
  return line.slice(0, MAX_QUERY_LENGTH).replace(CONTROL, '').trimEnd();
}

function plainQuery(shown: string): string {
  if (!TEX.test(shown)) return shown;
  // `$a -b$` subtracts, it does not exclude.
  const source = shown.replace(FORMULA, (formula) => formula.replaceAll(' -', ' − '));
  return cleanQuery(renderTexText(source));
}

/** Those that are written as in running text, without anything that could be an operator. */
const PLAIN_WORD = /(?<=^| )[\p{L}\p{N}][^\s:]*(?= |$)/gu;

function countPlainWords(text: string): number {
  return text.match(PLAIN_WORD)?.length ?? 0;
}

function findLastQuote(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (QUOTE.test(text[at] as string)) return at;
  return -1;
}

type Clause = {
  /** As typed, with everything. */
  token: string;
  prefix: Prefix | undefined;
  value: string;
  isQuoted: boolean;
  isExcluded: boolean;
  end: number;
};

/** What begins at a character that is no space. */
function readClause(text: string, at: number, lastQuote: number, isPassage: boolean): Clause {
  const head = matchAt(HEAD, text, at) as RegExpExecArray;
  const prefix = PREFIXES.get((head[2] ?? '').toLowerCase());
  const isExcluded = head[1] === '-';
  let start = at + head[0].length;
  // Behind an unknown prefix there is no quote either: it may be an address.
  const mayBeQuoted = prefix !== undefined || (head[2] === undefined && !isPassage);
  if (mayBeQuoted && start < lastQuote && QUOTE.test(text[start] as string)) {
    let end = start + 1;
    while (!QUOTE.test(text[end] as string)) end += 1;
    const token = text.slice(at, end + 1);
    const value = text.slice(start + 1, end).trim();
    return { token, prefix, value, isQuoted: true, isExcluded, end: end + 1 };
  }
  const token = (matchAt(TOKEN, text, at) as RegExpExecArray)[0];
  const end = at + token.length;
  if (head[2] !== undefined && prefix === undefined) start -= head[2].length + 1;
  const value = text.slice(start, end).replace(QUOTES, '').replace(CLOSERS, '');
  // A number, a list item or a command's option is not excluded.
  const excludes = isExcluded && (prefix !== undefined || (!isPassage && /^\p{L}/u.test(value)));
  return { token, prefix, value, isQuoted: false, isExcluded: excludes, end };
}

class QueryDraft {
  readonly #words: string[] = [];
  readonly #looseWords: string[] = [];
  readonly #phrases: string[] = [];
  readonly #excluded: string[] = [];
  readonly #authors: string[] = [];
  readonly #excludedAuthors: string[] = [];
  readonly #titles: SearchQuery['titles'] = [];
  readonly #categories: string[] = [];
  readonly #excludedCategories: string[] = [];
  readonly #has: LinkKind[] = [];
  readonly #votes: CountRange = { min: undefined, max: undefined };
  #after: Day | undefined;
  #before: Day | undefined;

  add(clause: Clause): void {
    if (!this.#addFilter(clause)) this.#addWords(clause.token);
  }

  finish(text: string): SearchQuery {
    return {
      text,
      words: this.#words.join(' '),
      looseWords: this.#looseWords.join(' '),
      phrases: this.#phrases,
      excluded: this.#excluded,
      authors: this.#authors,
      excludedAuthors: this.#excludedAuthors,
      titles: this.#titles,
      categories: this.#categories,
      excludedCategories: this.#excludedCategories,
      after: this.#after,
      before: this.#before,
      has: this.#has,
      votes: this.#votes,
    };
  }

  /** False where the clause is no operator, and so means its words. */
  #addFilter({ prefix, value, isQuoted, isExcluded }: Clause): boolean {
    switch (prefix) {
      case undefined:
        if (isExcluded) return addExclusion(this.#excluded, findSearchable(value)) || isQuoted;
        return isQuoted && this.#addPhrase(value);
      case 'title':
        if (isExcluded) return addExclusion(this.#excluded, findSearchable(value));
        return this.#addTitle(value, isQuoted);
      case 'author':
        return isExcluded
          ? addExclusion(this.#excludedAuthors, findAuthor(value))
          : addOnce(this.#authors, findAuthor(value));
      case 'category':
        return isExcluded
          ? addExclusion(this.#excludedCategories, findCategory(value))
          : addOnce(this.#categories, findCategory(value));
      default:
        return !isExcluded && this.#narrow(prefix, value);
    }
  }

  #narrow(prefix: 'year' | 'after' | 'before' | 'has' | 'votes', value: string): boolean {
    switch (prefix) {
      case 'year': {
        const years = findYears(value);
        return years !== undefined && this.#narrowDays(years.after, years.before);
      }
      case 'after':
        return this.#narrowDays(findFirstDay(value), undefined);
      case 'before':
        return this.#narrowDays(undefined, findFirstDay(value));
      case 'has':
        return addOnce(this.#has, findLinkKind(value));
      case 'votes':
        return this.#narrowVotes(findCounts(value));
    }
  }

  #narrowDays(after: Day | undefined, before: Day | undefined): boolean {
    if (after && (!this.#after || after > this.#after)) this.#after = after;
    if (before && (!this.#before || before < this.#before)) this.#before = before;
    return after !== undefined || before !== undefined;
  }

  #narrowVotes(range: CountRange | undefined): boolean {
    if (!range) return false;
    const votes = this.#votes;
    if (range.min !== undefined) votes.min = Math.max(range.min, votes.min ?? range.min);
    if (range.max !== undefined) votes.max = Math.min(range.max, votes.max ?? range.max);
    return true;
  }

  #addPhrase(value: string): boolean {
    // Empty quotes ask for nothing.
    if (!isSearchable(value)) return true;
    if (!addOnce(this.#phrases, value)) return false;
    this.#words.push(value);
    return true;
  }

  #addTitle(text: string, isPhrase: boolean): boolean {
    if (!isSearchable(text) || this.#titles.length >= MAX_CLAUSES) return false;
    this.#titles.push({ text, isPhrase });
    this.#words.push(text);
    if (!isPhrase) this.#looseWords.push(text);
    return true;
  }

  #addWords(token: string): void {
    const plain = token.replace(QUOTES, ' ').trim();
    if (!isSearchable(plain)) return;
    this.#words.push(plain);
    this.#looseWords.push(plain);
  }
}

function isSearchable(text: string): boolean {
  return SEARCHABLE.test(text);
}

function findSearchable(text: string): string | undefined {
  return isSearchable(text) ? text : undefined;
}

/** As words, an exclusion that there is no room for would mean its opposite. */
function addExclusion<Value>(list: Value[], value: Value | undefined): boolean {
  addOnce(list, value);
  return value !== undefined;
}

/** False where there is no value, or no room for it. */
function addOnce<Value>(list: Value[], value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (list.includes(value)) return true;
  if (list.length >= MAX_CLAUSES) return false;
  list.push(value);
  return true;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
