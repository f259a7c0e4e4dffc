// The tables as the newest migration leaves them. Instants and days are ISO text on both engines,
// JSON is text, so that a row means the same everywhere and moves between engines unchanged.
import type { Generated } from 'kysely';

export interface CountersTable {
  name: string;
  value: number;
}

interface PaperCommunityColumns {
  /** The votes of people here that weigh in rankings; never more than `votes`, which are shown. */
  ranked_votes: Generated<number>;
}

interface EntryCommunityColumns {
  pinned_at: string | null;
  /** When an editor took the entry off its list. */
  unlisted_at: string | null;
  /** The editor's line: why one should read it. */
  introduction: string | null;
  person_id: string | null;
}

export interface PapersTable extends PaperCommunityColumns {
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

export interface DayEntriesTable extends EntryCommunityColumns {
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

/** See src/queue/job.ts for the terms. */
export interface JobsTable {
  id: Generated<number>;
  kind: string;
  /** JSON */
  payload: string;
  dedup_key: string | null;
  /** Higher runs first. */
  priority: number;
  state: 'waiting' | 'running' | 'dead';
  run_at: string;
  attempts: Generated<number>;
  max_attempts: number;
  /** 1: it was enqueued again while it ran, and runs once more after. */
  runs_again: Generated<number>;
  worker: string | null;
  leased_until: string | null;
  /** Why the last attempt failed. */
  problem: string | null;
  created_at: string;
  changed_at: string;
}

export interface ScheduleTicksTable {
  line: string;
  tick: string;
  fired_at: string;
}

/** Whose turn it is to ask an outside service, over all processes. */
export interface RequestTurnsTable {
  service: string;
  holder: string | null;
  held_until: string;
  next_at: string;
}

export interface SourcesTable {
  name: string;
  last_run_at: string | null;
  last_success_at: string | null;
  problem: string | null;
  problem_at: string | null;
  requests: Generated<number>;
  records: Generated<number>;
  rejects: Generated<number>;
}

/** How far the reading of a source got. */
export interface HarvestsTable {
  id: string;
  /** JSON: what the source needs to go on. */
  checkpoint: string;
  /** Everything up to this instant, as the source counts time, has been read. */
  reached: string | null;
  changed_at: string;
}

/** Readings of an announcement feed; a day without a row was never polled. */
export interface FeedPollsTable {
  day: string;
  category: string;
  first_at: string;
  last_at: string;
  polls: number;
  /** New papers and cross-lists in the last reading. */
  entries: number;
}

/** What is known to have been announced, whether or not the paper is here. */
export interface AnnouncementsTable {
  day: string;
  category: string;
  paper_id: string;
  kind: 'new' | 'cross';
  /** When a feed said so first. */
  feed_at: string | null;
  /** When a harvest said so first. */
  harvest_at: string | null;
  /** The day on which it is marked because it came after the first reading of its own day's feed. */
  late_on: string | null;
}

/** Identities that are, or were, looked for at their registry. */
export interface LookupsTable {
  id: string;
  outcome: 'wanted' | 'found' | 'absent';
  tries: number;
  tried_at: string | null;
  /** Not asked for again before. */
  next_at: string;
}

/** See src/queue/lease.ts. */
export interface LeasesTable {
  name: string;
  holder: string;
  held_until: string;
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
  jobs: JobsTable;
  schedule_ticks: ScheduleTicksTable;
  request_turns: RequestTurnsTable;
  sources: SourcesTable;
  harvests: HarvestsTable;
  feed_polls: FeedPollsTable;
  announcements: AnnouncementsTable;
  lookups: LookupsTable;
  leases: LeasesTable;
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
  'jobs',
  'schedule_ticks',
  'request_turns',
  'sources',
  'harvests',
  'feed_polls',
  'announcements',
  'lookups',
  'leases',
];
