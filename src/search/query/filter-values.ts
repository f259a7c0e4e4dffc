// The values behind the prefixes of a query. What is not one gives undefined: it is searched as words.
import { type Day, isDay } from '../../base/calendar.ts';
import { authorKey } from '../../papers/author-name.ts';
import type { LinkKind } from '../../papers/paper.ts';

export type DateRange = { after: Day | undefined; before: Day | undefined };
export type CountRange = { min: number | undefined; max: number | undefined };

/** Longer than any name or category; what is longer is prose. */
const MAX_NAME = 200;
const MAX_CATEGORY = 40;

/** Years 1000 to 2999; a month or a day may be left out and stands for its first. */
const DATE = /^([12]\d{3})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const YEARS = /^([12]\d{3})?(\.\.|-)?([12]\d{3})?$/;
const COMPARED = /^(>=|<=|>|<)?(\d{1,9})$/;
const COUNTS = /^(\d{1,9})?\.\.(\d{1,9})?$/;
const CATEGORY = /^([a-z]+(?:-[a-z]+)*)(?:\.(\*|[a-z]+(?:-[a-z]+)*))?$/i;
const LINK_KINDS = new Map<string, LinkKind>([
  ['code', 'code'],
  ['project', 'project'],
  ['model', 'model'],
  ['models', 'model'],
  ['dataset', 'dataset'],
  ['datasets', 'dataset'],
  ['space', 'space'],
  ['spaces', 'space'],
]);

/** A name, or a part of one, as `authorKey` writes it. */
export function findAuthor(value: string): string | undefined {
  return value.length <= MAX_NAME && /[\p{L}\p{N}]/u.test(value) ? authorKey(value) : undefined;
}

/** A category, or an archive for all of its categories, in arXiv's spelling. */
export function findCategory(value: string): string | undefined {
  const match = value.length <= MAX_CATEGORY ? CATEGORY.exec(value) : null;
  if (!match) return undefined;
  const archive = (match[1] as string).toLowerCase();
  const subject = match[2];
  if (subject === undefined || subject === '*') return archive;
  // arXiv's two-letter classes are in capitals, its longer ones (physics.chem-ph) are not.
  return `${archive}.${subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()}`;
}

export function findLinkKind(value: string): LinkKind | undefined {
  return LINK_KINDS.get(value.toLowerCase());
}

/** The first day of `2024`, `2024-05` or `2024-05-06`. */
export function findFirstDay(value: string): Day | undefined {
  const match = DATE.exec(value);
  if (!match) return undefined;
  const [, year, month = '01', day = '01'] = match;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** `2024`, `2020..2023`, `2020-2023`, `2020..` or `..2023`; the last year counts whole. */
export function findYears(value: string): DateRange | undefined {
  const match = YEARS.exec(value);
  if (!match) return undefined;
  const [, first, separator, second] = match;
  // One year alone is the first and the last; two need a sign between them.
  if (!first && !second) return undefined;
  if (first && second && !separator) return undefined;
  const last = separator ? second : first;
  return {
    after: first ? findFirstDay(first) : undefined,
    before: last ? findFirstDay(String(Number(last) + 1)) : undefined,
  };
}

/** `10` and `>=10` are at least ten, `>10`, `<10`, `<=10`, `10..20`, `10..`, `..20`. */
export function findCounts(value: string): CountRange | undefined {
  const compared = COMPARED.exec(value);
  if (compared) {
    const count = Number(compared[2]);
    switch (compared[1]) {
      case '>':
        return { min: count + 1, max: undefined };
      case '<':
        return { min: undefined, max: count - 1 };
      case '<=':
        return { min: undefined, max: count };
      default:
        return { min: count, max: undefined };
    }
  }
  const match = COUNTS.exec(value);
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined;
  return {
    min: match[1] === undefined ? undefined : Number(match[1]),
    max: match[2] === undefined ? undefined : Number(match[2]),
  };
}
