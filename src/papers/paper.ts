// The paper as this program knows it, and the record in which a source tells of one.
import type { Day, Instant } from '../base/calendar.ts';

/** A JSON object as a source wrote it; kept and passed on, never interpreted. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An author in the order and spelling of the paper. */
export type Author = {
  /** As printed. */
  name: string;
  given?: string;
  family?: string;
  suffix?: string;
  affiliations?: string[];
  /** What the source's own account system says of this author (Hugging Face: `_id`, `user`, `status`, `hidden`). */
  elsewhere?: JsonObject;
};

export type LinkKind = 'code' | 'project' | 'model' | 'dataset' | 'space' | 'other';
export type PaperLink = {
  kind: LinkKind;
  url: string;
  /** Who gave the link: the submitter or an editor here before a source's own field, before the text. */
  from: 'submitter' | 'source' | 'abstract' | 'comment';
};

/** Repositories that cite a paper, as the source lists them. */
export type LinkedRepositories = {
  models: JsonObject[];
  totalModels: number;
  datasets: JsonObject[];
  totalDatasets: number;
  spaces: JsonObject[];
  totalSpaces: number;
};

/** Facts a source adds that nothing here is decided by; names as in Hugging Face's API. */
export type PaperExtras = {
  discussionId?: string;
  githubStars?: number;
  githubRepoAddedBy?: string;
  organization?: JsonObject;
  mediaUrls?: string[];
  aiKeywords?: string[];
  linked?: LinkedRepositories;
};

/**
 * Which kind of source a record comes from, the more trusted for a paper's metadata first:
 * a record never overwrites what a more trusted one said, it only fills gaps.
 */
export const RECORD_SOURCES = ['arxiv', 'publisher', 'daily-papers', 'page'] as const;
export type RecordSource = (typeof RECORD_SOURCES)[number];

/** What one source says of one paper; a field left out is not known to that source. */
export type PaperRecord = {
  /** Canonical identity, as `parsePaperId` writes it: `2502.01441`, `hep-th/9901001`, `doi:10.…`, `page:<slug>`. */
  id: string;
  source: RecordSource;
  /** Raw TeX, as the abstract. */
  title: string;
  abstract?: string;
  authors?: Author[];
  /** Where the source gives no names. */
  authorCount?: number;
  categories?: string[];
  primaryCategory?: string;
  doi?: string;
  journalRef?: string;
  comment?: string;
  licence?: string;
  /** The arXiv version that the record describes, counting from 1. */
  version?: number;
  /** First version. A source that knows the day only gives midnight UTC. */
  submittedAt?: Instant;
  /** Latest version. */
  updatedAt?: Instant;
  /** The day the paper was announced by its source. */
  announcedOn?: Day;
  withdrawnAt?: Instant;
  links?: PaperLink[];
  extras?: PaperExtras;
  /** Votes and comments counted at another service, by the service's name. */
  elsewhere?: { origin: string; votes?: number; comments?: number };
};
