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
  /** Those of `votes` that weigh in rankings. */
  ranked_votes: Generated<number>;
  comments_locked_at: string | null;
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
  /** Who put it there, where that was a person of this instance. */
  person_id: string | null;
  pinned_at: string | null;
  /** An editor or moderator took it off the list. */
  unlisted_at: string | null;
  /** The editor's line: why read this. */
  introduction: string | null;
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

/** What better-auth keeps of a person, and what we do. See src/people/. */
export interface PeopleTable {
  id: string;
  /** How others call them. */
  name: string;
  email: string;
  email_verified: number;
  image: string | null;
  created_at: string;
  updated_at: string;
  /** The name in addresses and mentions. */
  handle: string;
  role: string;
  affiliation: string | null;
  about: string | null;
  /** JSON: string[] */
  links: Generated<string>;
  orcid: string | null;
  has_public_votes: Generated<number>;
  invited_by: string | null;
  /** 1: comments need no approval. */
  is_trusted: Generated<number>;
  /** Suspended or banned until then; may not write. */
  barred_until: string | null;
  /** `suspend` or `ban` */
  barred_by: string | null;
}

export interface SessionsTable {
  id: string;
  expires_at: string;
  token: string;
  created_at: string;
  updated_at: string;
  ip_address: string | null;
  user_agent: string | null;
  person_id: string;
}

export interface AccountsTable {
  id: string;
  account_id: string;
  provider_id: string;
  person_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: string | null;
  refresh_token_expires_at: string | null;
  scope: string | null;
  password: string | null;
  created_at: string;
  updated_at: string;
}

export interface VerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: string;
  created_at: string;
  updated_at: string;
}

export interface PasskeysTable {
  id: string;
  name: string | null;
  public_key: string;
  person_id: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: number;
  transports: string | null;
  created_at: string | null;
  aaguid: string | null;
}

export interface ApiTokensTable {
  id: string;
  config_id: string;
  name: string | null;
  start: string | null;
  person_id: string;
  prefix: string | null;
  /** Hashed. */
  key: string;
  refill_interval: number | null;
  refill_amount: number | null;
  last_refill_at: string | null;
  enabled: number | null;
  rate_limit_enabled: number | null;
  rate_limit_time_window: number | null;
  rate_limit_max: number | null;
  request_count: number | null;
  remaining: number | null;
  last_request: string | null;
  expires_at: string | null;
  created_at: string;
  updated_at: string;
  permissions: string | null;
  metadata: string | null;
}

export interface InvitationsTable {
  id: string;
  code_hash: string;
  created_by: string | null;
  note: string | null;
  created_at: string;
  expires_at: string;
  /** Who asked for a sign-in link with it. */
  claimed_email: string | null;
  used_by: string | null;
  used_at: string | null;
  revoked_at: string | null;
}

export interface VotesTable {
  person_id: string;
  paper_key: number;
  voted_at: string;
  /** 0: the account was new, and the vote does not count in rankings yet. */
  weighs: number;
}

export interface SubmissionsTable {
  id: string;
  person_id: string;
  /** As it was pasted. */
  reference: string;
  paper_key: number | null;
  /** The identity that is being fetched. */
  paper_id: string | null;
  day: string | null;
  comment: string;
  /** JSON: { projectPage?, githubRepo? } */
  links: string;
  /** JSON: string[] */
  media: string;
  state: 'waiting' | 'listed' | 'refused';
  problem: string | null;
  created_at: string;
  changed_at: string;
}

export interface CommentsTable {
  /** 24 hexadecimal digits that sort by time. */
  id: string;
  paper_key: number;
  parent_id: string | null;
  /** Null: the account is gone. */
  author_id: string | null;
  /** Markdown as it was written; empty when deleted. */
  raw: string;
  html: string;
  html_version: string;
  created_at: string;
  edited_at: string | null;
  edits: Generated<number>;
  state: 'visible' | 'pending' | 'hidden' | 'deleted';
  hidden_by: string | null;
  hidden_reason: string | null;
  /** People who reacted to it, approvingly. */
  liked: Generated<number>;
}

export interface CommentVersionsTable {
  comment_id: string;
  number: number;
  raw: string;
  written_at: string;
  editor_id: string | null;
}

export interface ReactionsTable {
  comment_id: string;
  person_id: string;
  reaction: string;
  reacted_at: string;
}

export interface ReportsTable {
  id: Generated<number>;
  target_kind: string;
  target_id: string;
  reported_by: string | null;
  reason: string;
  note: string;
  created_at: string;
  state: 'open' | 'upheld' | 'dismissed';
  handled_by: string | null;
  handled_at: string | null;
}

export interface SanctionsTable {
  id: Generated<number>;
  person_id: string;
  kind: 'warn' | 'suspend' | 'ban';
  until: string | null;
  reason: string;
  created_by: string | null;
  created_at: string;
  lifted_at: string | null;
}

/** Of accounts that were deleted while they were suspended or banned. */
export interface BarredAddressesTable {
  address_hash: string;
  until: string;
}

export interface ModerationLogTable {
  id: Generated<number>;
  acted_at: string;
  actor_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  subject_id: string | null;
  reason: string;
  /** JSON: what undoing needs. */
  details: string;
  undoes: number | null;
  undone_at: string | null;
}

/** What changed rights; kept when the people are gone. */
export interface AuditLogTable {
  id: Generated<number>;
  acted_at: string;
  actor_id: string | null;
  action: string;
  subject_id: string | null;
  /** JSON */
  details: string;
}

export interface RateLimitsTable {
  key: string;
  points: number;
  /** Milliseconds since 1970. */
  expires_at: number | null;
}

/** Wishes for mail: a digest that goes to an address, with or without an account. */
export interface SubscriptionsTable {
  id: string;
  /** Null: a visitor's. */
  person_id: string | null;
  /** As it is written to; its domain in lower case. */
  email: string;
  name: string | null;
  cadence: 'weekdays' | 'weekly' | 'monthly';
  /** JSON: { topic: string; isPaused: boolean }[], topics as `topicKey` writes them */
  topics: string;
  max_papers: number;
  /** 0 to 23, in the time zone. */
  hour: number;
  time_zone: string;
  /** BCP 47: how dates are written. */
  language: string;
  state: 'unconfirmed' | 'active' | 'paused' | 'ended';
  ended_by: 'reader' | 'one-click' | 'mail' | 'bounce' | 'complaint' | null;
  created_at: string;
  confirmed_at: string | null;
  changed_at: string;
  /** When the next issue is due; null unless active. */
  next_at: string | null;
  /** The last day that an issue covered. */
  covered_until: string | null;
}

/** A chat or a program elsewhere that is told of papers. */
export interface ChannelsTable {
  id: string;
  /** Null: the instance's own. */
  person_id: string | null;
  name: string;
  kind: 'slack' | 'discord' | 'telegram' | 'webhook';
  /** JSON: address and secrets, by kind. Never to be shown whole. */
  target: string;
  /** `day`: the top of a day at an hour; `votes`: a paper when it has so many votes. */
  trigger: 'day' | 'votes';
  papers: number;
  votes: number;
  hour: number;
  time_zone: string;
  /** JSON: string[], topics as `topicKey` writes them; empty for every paper. */
  topics: string;
  state: 'active' | 'paused';
  problem: string | null;
  created_at: string;
  changed_at: string;
  /** What crossed its number of votes before this instant is not told. */
  since_at: string;
  /** When the next day's post is due. */
  next_at: string | null;
  /** `day`: the first day that no post covered; `votes`: up to which instant crossings were looked at. */
  covered_until: string | null;
  /** A post is on its way, and no other leaves before. */
  busy_until: string | null;
}

/** Papers that a channel has been given, each once, whatever the occasion. */
export interface ChannelPapersTable {
  channel_id: string;
  paper_key: number;
}

export interface ChannelPostsTable {
  id: string;
  channel_id: string;
  /** What it is about, once a channel: `day 2025-10-29`, `votes 2510.12345`, `alert …`, `test …`. */
  occasion: string;
  /** JSON: string[], paper ids */
  papers: string;
  state: 'waiting' | 'posted' | 'failed' | 'empty';
  attempts: number;
  /** How often a person had it sent again. */
  replays: number;
  run_at: string;
  lease_until: string | null;
  /** The body of the last attempt, cut when it is very long. */
  sent: string | null;
  /** The HTTP status of the last attempt. */
  status: number | null;
  problem: string | null;
  created_at: string;
  posted_at: string | null;
}

/** A search or an author that a person wants to be told of. */
export interface AlertsTable {
  id: string;
  person_id: string;
  name: string;
  /** As `topicKey` writes it. */
  topic: string;
  /** Whether its papers are mailed as soon as they are found. */
  mails_at_once: number;
  /** The digest that its papers go into. */
  subscription_id: string | null;
  channel_id: string | null;
  created_at: string;
  changed_at: string;
  paused_at: string | null;
  looked_at: string | null;
  /** Every change of papers up to this number has been looked at. */
  position: Generated<number>;
  /** It tells of papers of this day and later; null: of all that count as new. */
  first_day: string | null;
  /** JSON: number[], keys of papers of those days that it found when it was made, and never tells of */
  seen: Generated<string>;
}

/** Papers that an alert has found, each once. */
export interface AlertMatchesTable {
  alert_id: string;
  paper_key: number;
  /** The day whose paper it is. */
  day: string;
  matched_at: string;
}

/** One issue to one recipient. */
export interface DeliveriesTable {
  id: string;
  /** `weekdays 2025-10-29`, `weekly 2025-W44`, `monthly 2025-10`, `alert <instant>`. */
  issue: string;
  /** The id of the subscription or the alert. */
  recipient: string;
  subscription_id: string | null;
  alert_id: string | null;
  email: string;
  /** The days that it covers, the end excluded. */
  first_day: string;
  end_day: string;
  /**
   * `sending`: handed to the mail server, which has not answered yet. `dropped`: its subscription or alert
   * ended or was paused before its turn came.
   */
  state: 'waiting' | 'sending' | 'sent' | 'empty' | 'failed' | 'suppressed' | 'dropped';
  /** Handed over once without an answer, because the process was killed or the line broke: it may arrive twice. */
  is_uncertain: number;
  /** Refusals that were for this message; those of a server that is down do not count. */
  attempts: number;
  /** Not before. Of one in hand: when another process may take it. */
  run_at: string;
  /** The beginning of the minute in which its recipient's domain has room for it. */
  slot_at: string | null;
  /** Set while a process has it in hand; the value tells whose it is. */
  lease_until: string | null;
  /** JSON: string[], the ids of the papers in it; fixed from its first handing over, as the subject is. */
  papers: string;
  subject: string | null;
  problem: string | null;
  created_at: string;
  sent_at: string | null;
}

/** What is heard of mail that was sent. */
export interface MailEventsTable {
  id: Generated<number>;
  kind: 'hard bounce' | 'soft bounce' | 'complaint' | 'unsubscribe';
  /** In lower case. */
  email: string;
  delivery_id: string | null;
  source: string;
  /** What the source calls the event, so that it counts once. */
  source_id: string | null;
  detail: string;
  happened_at: string;
}

/** While the mail server takes nothing from anyone, no issue is sent. */
export interface SendingPausesTable {
  name: string;
  /** How many times in a row. */
  failures: number;
  problem: string;
  began_at: string;
  until: string;
}

/** Addresses that get no issues any more. */
export interface SuppressionsTable {
  /** In lower case; `sha256:` and its hash when whoever had the account is gone. */
  email: string;
  reason: 'hard bounce' | 'soft bounces' | 'complaint' | 'by hand';
  detail: string;
  created_at: string;
  /** Since when mail may go there again; bounces of before count no more. */
  lifted_at: string | null;
}

/** Private feeds: who has the address may read. */
export interface FeedTokensTable {
  id: string;
  person_id: string;
  name: string;
  /** The path and query of the feed that it gives. */
  feed: string;
  token_hash: string;
  created_at: string;
  used_at: string | null;
  revoked_at: string | null;
}

/** When a paper first had more votes than ever, here and elsewhere together. */
export interface VotePeaksTable {
  paper_key: number;
  votes: number;
  reached_at: string;
}

export interface SavedSettingsTable {
  /** As in the environment: `BROADSHEET_NAME`. */
  name: string;
  /** May be a password. */
  value: string;
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
  jobs: JobsTable;
  schedule_ticks: ScheduleTicksTable;
  request_turns: RequestTurnsTable;
  sources: SourcesTable;
  harvests: HarvestsTable;
  feed_polls: FeedPollsTable;
  announcements: AnnouncementsTable;
  lookups: LookupsTable;
  leases: LeasesTable;
  people: PeopleTable;
  sessions: SessionsTable;
  accounts: AccountsTable;
  verifications: VerificationsTable;
  passkeys: PasskeysTable;
  api_tokens: ApiTokensTable;
  invitations: InvitationsTable;
  votes: VotesTable;
  submissions: SubmissionsTable;
  comments: CommentsTable;
  comment_versions: CommentVersionsTable;
  reactions: ReactionsTable;
  reports: ReportsTable;
  sanctions: SanctionsTable;
  barred_addresses: BarredAddressesTable;
  moderation_log: ModerationLogTable;
  audit_log: AuditLogTable;
  rate_limits: RateLimitsTable;
  subscriptions: SubscriptionsTable;
  channels: ChannelsTable;
  channel_posts: ChannelPostsTable;
  channel_papers: ChannelPapersTable;
  alerts: AlertsTable;
  alert_matches: AlertMatchesTable;
  deliveries: DeliveriesTable;
  mail_events: MailEventsTable;
  sending_pauses: SendingPausesTable;
  suppressions: SuppressionsTable;
  feed_tokens: FeedTokensTable;
  vote_peaks: VotePeaksTable;
  saved_settings: SavedSettingsTable;
}

export type TableName = keyof Schema;

/** Every table in an order in which rows can be put in: what is referred to comes first. */
export const TABLES: readonly TableName[] = [
  'counters',
  'people',
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
  'sessions',
  'accounts',
  'verifications',
  'passkeys',
  'api_tokens',
  'invitations',
  'votes',
  'submissions',
  'comments',
  'comment_versions',
  'reactions',
  'reports',
  'sanctions',
  'barred_addresses',
  'moderation_log',
  'audit_log',
  'rate_limits',
  'subscriptions',
  'channels',
  'channel_posts',
  'channel_papers',
  'alerts',
  'alert_matches',
  'deliveries',
  'mail_events',
  'sending_pauses',
  'suppressions',
  'feed_tokens',
  'vote_peaks',
  'saved_settings',
];
