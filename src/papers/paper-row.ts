import type { Insertable, Selectable } from 'kysely';
import type { Day, Instant } from '../base/calendar.ts';
import type { PapersTable } from '../database/schema.ts';
import type { Author, PaperExtras, PaperLink, RecordSource } from './paper.ts';

/** A paper as it is kept. Text is raw TeX; `key` is 0 until the database has given one. */
export type Paper = {
  key: number;
  id: string;
  title: string;
  abstract: string;
  titleKey: string;
  firstAuthorKey: string | undefined;
  authorCount: number | undefined;
  authors: Author[];
  categories: string[];
  primaryCategory: string | undefined;
  doi: string | undefined;
  journalRef: string | undefined;
  comment: string | undefined;
  licence: string | undefined;
  version: number | undefined;
  submittedAt: Instant | undefined;
  updatedAt: Instant | undefined;
  announcedOn: Day | undefined;
  publishedAt: Instant;
  withdrawnAt: Instant | undefined;
  links: PaperLink[];
  extras: PaperExtras;
  votes: number;
  comments: number;
  recordSource: RecordSource;
  createdAt: Instant;
  changedAt: Instant;
  change: number;
};

export type PaperRow = Selectable<PapersTable>;

export function paperFromRow(row: PaperRow): Paper {
  return {
    key: row.key,
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    titleKey: row.title_key,
    firstAuthorKey: row.first_author_key ?? undefined,
    authorCount: row.author_count ?? undefined,
    authors: JSON.parse(row.authors) as Author[],
    categories: JSON.parse(row.categories) as string[],
    primaryCategory: row.primary_category ?? undefined,
    doi: row.doi ?? undefined,
    journalRef: row.journal_ref ?? undefined,
    comment: row.comment ?? undefined,
    licence: row.licence ?? undefined,
    version: row.version ?? undefined,
    submittedAt: (row.submitted_at as Instant | null) ?? undefined,
    updatedAt: (row.updated_at as Instant | null) ?? undefined,
    announcedOn: (row.announced_on as Day | null) ?? undefined,
    publishedAt: row.published_at as Instant,
    withdrawnAt: (row.withdrawn_at as Instant | null) ?? undefined,
    links: JSON.parse(row.links) as PaperLink[],
    extras: JSON.parse(row.extras) as PaperExtras,
    votes: row.votes,
    comments: row.comments,
    recordSource: row.record_source as RecordSource,
    createdAt: row.created_at as Instant,
    changedAt: row.changed_at as Instant,
    change: row.change,
  };
}

/** Without the key, which the database gives, and the counts, which votes and comments keep. */
export function rowFromPaper(
  paper: Paper,
): Omit<Insertable<PapersTable>, 'key' | 'votes' | 'comments'> {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    title_key: paper.titleKey,
    first_author_key: paper.firstAuthorKey ?? null,
    author_count: paper.authorCount ?? null,
    authors: JSON.stringify(paper.authors),
    categories: JSON.stringify(paper.categories),
    primary_category: paper.primaryCategory ?? null,
    doi: paper.doi ?? null,
    journal_ref: paper.journalRef ?? null,
    comment: paper.comment ?? null,
    licence: paper.licence ?? null,
    version: paper.version ?? null,
    submitted_at: paper.submittedAt ?? null,
    updated_at: paper.updatedAt ?? null,
    announced_on: paper.announcedOn ?? null,
    published_at: paper.publishedAt,
    withdrawn_at: paper.withdrawnAt ?? null,
    links: JSON.stringify(paper.links),
    extras: JSON.stringify(paper.extras),
    record_source: paper.recordSource,
    created_at: paper.createdAt,
    changed_at: paper.changedAt,
    change: paper.change,
  };
}
