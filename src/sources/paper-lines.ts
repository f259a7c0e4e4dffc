// Papers as JSON lines: what `broadsheet export` writes, and the forms in which collections of arXiv
// metadata are passed around. These are read without a schema library, because they are large.
import { z } from 'zod';
import { type Day, type Instant, isDay, toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { authorOfName, parseAuthorList } from '../papers/author-name.ts';
import {
  type Author,
  type PaperExtras,
  type PaperRecord,
  RECORD_SOURCES,
  type RecordSource,
} from '../papers/paper.ts';
import { isArxivId, parsePaperId } from '../papers/paper-id.ts';
import type { PaperRow } from '../papers/paper-row.ts';
import { isCategory } from './arxiv/categories.ts';

/** A number of an arXiv id that passed through a spreadsheet or a float. */
const NUMERIC_ID = /^(\d{3,4})\.(\d{1,16})$/;
/** From January 2015 on the number has five digits, before it four. */
const FIVE_DIGITS_FROM = 1501;
export const MAX_TITLE = 2_000;
export const MAX_ABSTRACT = 50_000;
const MAX_AUTHORS = 10_000;

type Line = Record<string, unknown>;

/** The record in one line of a file of papers. Throws `invalid` with what is wrong in it. */
export function parsePaperLine(json: unknown): PaperRecord {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new AppError('invalid', 'this is not a JSON object');
  }
  const line = json as Line;
  if ('title_key' in line && 'record_source' in line) return recordOfRow(line as Line & PaperRow);
  return recordOfLine(line);
}

/**
 * Gives back the digits that an arXiv id lost when it was read as a number: leading and trailing
 * zeros, and the noise of a binary fraction (`1801.0714699999999` is 1801.07147).
 */
export function repairArxivId(id: string): string {
  const match = NUMERIC_ID.exec(id);
  if (!match || id.length > 20) return id;
  const month = (match[1] as string).padStart(4, '0');
  const digits = Number(month) >= FIVE_DIGITS_FROM ? 5 : 4;
  let number = match[2] as string;
  if (number.length > digits) {
    // Five digits of an older month are somebody else's identifier, not a damaged one.
    if (number.length < 10) return id;
    number = Number(`0.${number}`).toFixed(digits).slice(2);
  }
  return `${month}.${number.padEnd(digits, '0')}`;
}

/** The record in an object with the names that arXiv's own formats use, and their usual variants. */
export function recordOfLine(line: Line): PaperRecord {
  const id = identityOf(line);
  const title = textOf(line, 'title', MAX_TITLE);
  if (!title) throw new AppError('invalid', 'it has no title');
  const abstract = textOf(line, 'abstract', MAX_ABSTRACT) ?? textOf(line, 'summary', MAX_ABSTRACT);
  const record: PaperRecord = {
    id: id.id,
    source: isArxivId(id.id) ? 'arxiv' : 'publisher',
    title,
    ...(abstract ? { abstract } : {}),
  };
  const authors = authorsOf(line.authors ?? line.author);
  if (authors.length > 0) record.authors = authors;
  const authorCount = line.authorCount ?? line.author_count;
  if (authors.length === 0 && Number.isSafeInteger(authorCount)) {
    record.authorCount = authorCount as number;
  }
  const primary = line.primary_category ?? line.primaryCategory;
  const categories = categoriesOf(line.categories, primary);
  if (categories.length > 0) {
    record.categories = categories;
    record.primaryCategory = categories.includes(primary as string)
      ? (primary as string)
      : (categories[0] as string);
  }
  const doi = textOf(line, 'doi', 300);
  if (doi)
    record.doi = doi
      .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
      .split(/\s+/)[0] as string;
  const journalRef = textOf(line, 'journal_ref', 2_000) ?? textOf(line, 'journalRef', 2_000);
  if (journalRef) record.journalRef = journalRef;
  const comment = textOf(line, 'comments', 5_000) ?? textOf(line, 'comment', 5_000);
  if (comment) record.comment = comment;
  const licence = textOf(line, 'license', 300) ?? textOf(line, 'licence', 300);
  if (licence) record.licence = licence;
  const version = id.version ?? line.version;
  if (Number.isSafeInteger(version) && (version as number) > 0) record.version = version as number;
  setDates(record, line);
  return record;
}

function identityOf(line: Line): { id: string; version?: number } {
  const id = line.id ?? line.arxiv_id ?? line.arxivId;
  if (typeof id === 'string' && id !== '') return parsePaperId(repairArxivId(id.trim()));
  if (typeof id === 'number') return parsePaperId(repairArxivId(String(id)));
  if (typeof line.doi === 'string') return parsePaperId(line.doi);
  throw new AppError('invalid', 'it has neither id nor doi');
}

/**
 * A daily crawl says on which days it saw a paper `listed`, and its `published` is the first of
 * them; elsewhere `published` is the day of the first version.
 */
function setDates(record: PaperRecord, line: Line): void {
  if (Array.isArray(line.listed)) {
    const days = line.listed
      .filter((day): day is Day => typeof day === 'string' && isDay(day))
      .sort();
    if (days[0]) record.announcedOn = days[0];
  }
  const announced = line.announcedOn ?? line.announced_on;
  if (typeof announced === 'string' && isDay(announced)) record.announcedOn = announced;
  const submitted =
    line.submittedAt ?? line.submitted_at ?? (record.announcedOn ? undefined : line.published);
  const submittedAt = instantOf(submitted);
  if (submittedAt) record.submittedAt = submittedAt;
  const updatedAt = instantOf(line.updatedAt ?? line.updated_at ?? line.updated);
  if (updatedAt) record.updatedAt = updatedAt;
  const withdrawnAt = instantOf(line.withdrawnAt ?? line.withdrawn_at);
  if (withdrawnAt) record.withdrawnAt = withdrawnAt;
}

function authorsOf(value: unknown): Author[] {
  if (typeof value === 'string') return parseAuthorList(value);
  if (!Array.isArray(value)) return [];
  const authors: Author[] = [];
  for (const item of value.slice(0, MAX_AUTHORS)) {
    const name = typeof item === 'string' ? item : (item as { name?: unknown } | null)?.name;
    const author = typeof name === 'string' ? authorOfName(name) : undefined;
    if (!author) continue;
    const affiliations = (item as { affiliations?: unknown }).affiliations;
    if (Array.isArray(affiliations) && affiliations.every((a) => typeof a === 'string')) {
      author.affiliations = affiliations;
    }
    authors.push(author);
  }
  return authors;
}

/** arXiv's own categories only; crawls mix in the classes that authors name (`68T45`, `I.2.10`). */
function categoriesOf(value: unknown, primary: unknown): string[] {
  const given =
    typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  const all = typeof primary === 'string' ? [primary, ...given] : given;
  return [...new Set(all.filter((c): c is string => typeof c === 'string' && isCategory(c)))];
}

function textOf(line: Line, name: string, max: number): string | undefined {
  const value = line[name];
  if (typeof value !== 'string') return undefined;
  if (value.length > max)
    throw new AppError('invalid', `its ${name} is longer than ${max} characters`);
  const clean = name === 'title' ? oneLine(cleanText(value)) : cleanText(value);
  return clean === '' ? undefined : clean;
}

function instantOf(value: unknown): Instant | undefined {
  return typeof value === 'string' && value !== '' ? toInstant(value) : undefined;
}

const EXPORTED_LINKS = z.array(
  z.object({
    kind: z.enum(['code', 'project', 'model', 'dataset', 'space', 'other']),
    url: z.httpUrl(),
    from: z.enum(['source', 'abstract', 'comment']),
  }),
);
const OBJECTS = z.array(z.record(z.string(), z.json()));
const EXPORTED_EXTRAS = z.object({
  discussionId: z.string().optional(),
  githubStars: z.number().optional(),
  githubRepoAddedBy: z.string().optional(),
  organization: z.record(z.string(), z.json()).optional(),
  mediaUrls: z.array(z.string()).optional(),
  aiKeywords: z.array(z.string()).optional(),
  linked: z
    .object({
      models: OBJECTS,
      totalModels: z.number(),
      datasets: OBJECTS,
      totalDatasets: z.number(),
      spaces: OBJECTS,
      totalSpaces: z.number(),
    })
    .optional(),
});

/** A line of an export's `papers.jsonl`, which is a row of the table. */
function recordOfRow(row: Line & PaperRow): PaperRecord {
  const parse = (name: keyof PaperRow) => {
    try {
      return JSON.parse(String(row[name]));
    } catch {
      throw new AppError('invalid', `its ${name} is not JSON`);
    }
  };
  const record = recordOfLine({
    ...row,
    authors: parse('authors'),
    categories: parse('categories'),
    withdrawn_at: row.withdrawn_at,
  });
  if (RECORD_SOURCES.includes(row.record_source as RecordSource)) {
    record.source = row.record_source as RecordSource;
  }
  const links = EXPORTED_LINKS.safeParse(parse('links'));
  if (links.success) record.links = links.data.filter((link) => link.from === 'source');
  const extras = EXPORTED_EXTRAS.safeParse(parse('extras'));
  if (extras.success) record.extras = extras.data as PaperExtras;
  return record;
}
