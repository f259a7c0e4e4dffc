// The tables as the newest migration leaves them. Instants and days are ISO text on both engines,
// JSON is text, so that a row means the same everywhere and moves between engines unchanged.
import type { Generated } from 'kysely';

export interface CountersTable {
  name: string;
  value: number;
}

export interface PapersTable {
  /** Stands for the paper in every other table; the identity `id` may improve, this never changes. */
  key: Generated<number>;
  id: string;
  title: string;
  abstract: string;
  title_key: string;
  first_author_key: string | null;
  author_count: number | null;
  /** JSON: Author[] */
  authors: string;
  /** JSON: string[] */
  categories: string;
  primary_category: string | null;
  doi: string | null;
  journal_ref: string | null;
  comment: string | null;
  licence: string | null;
  version: number | null;
  submitted_at: string | null;
  updated_at: string | null;
  announced_on: string | null;
  /** First version, or the announcement where that is all one knows: what lists sort by. */
  published_at: string;
  withdrawn_at: string | null;
  /** JSON: PaperLink[] */
  links: string;
  /** JSON: PaperExtras */
  extras: string;
  /** Votes and comments by people of this instance. */
  votes: Generated<number>;
  comments: Generated<number>;
  record_source: string;
  created_at: string;
  changed_at: string;
  /** The change number of the last change; derived data follows it. */
  change: number;
}

export interface PaperAuthorsTable {
  author_key: string;
  published_at: string;
  paper_key: number;
}

export interface PaperCategoriesTable {
  category: string;
  published_at: string;
  paper_key: number;
}

export interface PaperElsewhereTable {
  paper_key: number;
  /** The service that counted. */
  origin: string;
  votes: number;
  comments: number;
}

export interface PaperRecordsTable {
  paper_key: number;
  source: string;
  /** The last record of that source as it came. */
  record: string;
  seen_at: string;
}

export interface PaperRedirectsTable {
  /** An identity that the paper had, or that a merged paper had. */
  id: string;
  paper_key: number;
  reason: string;
  created_at: string;
}

export interface PaperRenderingsTable {
  paper_key: number;
  /** Fingerprint of renderer and source text; a rendering with another one is stale. */
  fingerprint: string;
  title_html: string;
  abstract_html: string;
}

export interface DayEntriesTable {
  day: string;
  paper_key: number;
  origin: string;
  listed_at: string | null;
  published_at: string;
  submitter: string | null;
  /** JSON: submittedBy, thumbnail, mediaUrls, isAuthorParticipating, organization */
  details: string;
  changed_at: string;
}

export interface EditionsTable {
  slug: string;
  day: string;
  title: string;
  byline: string | null;
  created_at: string;
}

export interface EditionItemsTable {
  slug: string;
  position: number;
  paper_key: number;
  comments: number;
}

export interface ImportsTable {
  /** What is being imported: the kind of source and the file's fingerprint. */
  id: string;
  /** Records dealt with so far, in the order of the input. */
  position: number;
  /** JSON: ImportReport */
  report: string;
  started_at: string;
  changed_at: string;
}

export interface Schema {
  counters: CountersTable;
  papers: PapersTable;
  paper_authors: PaperAuthorsTable;
  paper_categories: PaperCategoriesTable;
  paper_elsewhere: PaperElsewhereTable;
  paper_records: PaperRecordsTable;
  paper_redirects: PaperRedirectsTable;
  paper_renderings: PaperRenderingsTable;
  day_entries: DayEntriesTable;
  editions: EditionsTable;
  edition_items: EditionItemsTable;
  imports: ImportsTable;
}

export type TableName = keyof Schema;

/** Every table in an order in which rows can be put in: what is referred to comes first. */
export const TABLES: readonly TableName[] = [
  'counters',
  'papers',
  'paper_authors',
  'paper_categories',
  'paper_elsewhere',
  'paper_records',
  'paper_redirects',
  'paper_renderings',
  'day_entries',
  'editions',
  'edition_items',
  'imports',
];
