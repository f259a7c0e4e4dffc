// Reads the lists of arXiv's OAI-PMH service page by page and goes on where it stopped, be it by a
// kill, by a token that died at midnight UTC, or by the end of yesterday's list.
import { addDays, type Day, type Instant } from '../../base/calendar.ts';
import type { Db, Tx } from '../../database/database.ts';
import { markDemoEdition } from '../../papers/paper-store.ts';
import { markWithdrawn } from '../../papers/withdraw-papers.ts';
import { enqueue } from '../../queue/job.ts';
import { forgetDeleted, recordHarvest } from '../announcements.ts';
import { dropCheckpoint, findCheckpoint, saveCheckpoint } from '../harvest-store.ts';
import { emptyReport, type ImportReport, saveUnits } from '../import-records.ts';
import { wantPapers } from '../lookups.ts';
import { SourceFailure } from '../outside-request.ts';
import type { Source, SourceContext } from '../source.ts';
import { FETCH_PAPERS } from '../source-jobs.ts';
import {
  announcementDayAfter,
  announcementDayUpTo,
  arxivToday,
  NEW_WITHIN_DAYS,
} from './announcement-days.ts';
import {
  type OaiFormat,
  type OaiPage,
  type OaiRecord,
  oaiListUrl,
  oaiResumeUrl,
  parseOaiPage,
} from './oai.ts';

type Checkpoint = {
  from?: Day;
  /** The service's clock at the first page of the list that is being read. */
  startedAt?: Instant;
  token?: string;
  /** The newest datestamp so far, as long as datestamps only grew. */
  newest?: Day;
  isOrdered?: boolean;
};

export type HarvestOptions = {
  /** Sets of the service; none: everything. */
  sets: (string | undefined)[];
  format: OaiFormat;
  /** With either of these it is a harvest of its own, which the nightly one does not go on from. */
  from?: Day | undefined;
  until?: Day | undefined;
};

/** A first nightly harvest begins so many days before the last announcement. */
const FIRST_DAYS = 3;
/** A first version's datestamp is its announcement's, unless a bulk update touched it later. */
const PROMPT_WITHIN_DAYS = 7;
/** Tokens that die so often in one run do not die of midnight. */
const MAX_REFUSALS = 10;

/** The row in `harvests` that the nightly harvest of a set goes on from. */
export function harvestId(set: string | undefined, format: OaiFormat): string {
  return `arxiv-oai ${format} ${set ?? 'all'}`;
}

export const arxivHarvest: Source<HarvestOptions> = {
  name: 'arxiv-oai',
  async run(context, options) {
    let report = emptyReport();
    for (const set of options.sets) report = await harvestSet(context, set, options, report);
    return report;
  },
};

async function harvestSet(
  context: SourceContext,
  set: string | undefined,
  options: HarvestOptions,
  reportBefore: ImportReport,
): Promise<ImportReport> {
  const { database, client, config } = context;
  const { format, until } = options;
  const isNightly = options.from === undefined && until === undefined;
  const id = isNightly
    ? harvestId(set, format)
    : `${harvestId(set, format)} ${options.from ?? ''}..${until ?? ''}`;
  let checkpoint = (await findCheckpoint<Checkpoint>(database.read, id)) ?? {};
  if (isNightly) checkpoint.from ??= firstDay(context);
  else if (options.from) checkpoint.from ??= options.from;
  let report = reportBefore;
  let refusals = 0;
  for (;;) {
    const { token, from } = checkpoint;
    const url = token
      ? oaiResumeUrl(config.arxiv.oaiUrl, token)
      : oaiListUrl(config.arxiv.oaiUrl, { set, from, until, format });
    const page = await client.ask(url, ({ body }) => parseOaiPage(body), {
      signal: context.signal,
    });
    if (page.isTokenRefused) {
      if (++refusals >= MAX_REFUSALS || !token) {
        throw new SourceFailure(
          'refused',
          'The OAI-PMH service refuses its own resumption tokens.',
        );
      }
      checkpoint = { ...(restartDay(checkpoint) ? { from: restartDay(checkpoint) as Day } : {}) };
      continue;
    }
    if (token && page.resumptionToken === token) {
      throw new SourceFailure('malformed', 'The OAI-PMH service gives the same token again.');
    }
    const next = checkpointAfter(checkpoint, page);
    for (const rejected of page.rejected) context.rejects.add(1, rejected);
    report = await database.transact(async (tx) => {
      const after = await savePage(tx, context, page, report);
      if (next.token) await saveCheckpoint(tx, id, next);
      else if (isNightly) await endNightly(tx, id, next);
      else await dropCheckpoint(tx, id);
      return after;
    });
    context.onPage?.(report);
    if (!next.token) return report;
    checkpoint = next;
  }
}

function firstDay(context: SourceContext): Day {
  const last = announcementDayUpTo(arxivToday(context.now()), context.config.arxiv.holidays);
  return addDays(last, -FIRST_DAYS);
}

function checkpointAfter(before: Checkpoint, page: OaiPage): Checkpoint {
  const after: Checkpoint = {
    ...(before.from ? { from: before.from } : {}),
    startedAt: before.startedAt ?? page.respondedAt,
    isOrdered: before.isOrdered ?? true,
    ...(before.newest ? { newest: before.newest } : {}),
    ...(page.resumptionToken ? { token: page.resumptionToken } : {}),
  };
  for (const { datestamp } of page.records) {
    if (after.newest && datestamp < after.newest) after.isOrdered = false;
    else after.newest = datestamp;
  }
  return after;
}

/**
 * Where to begin again: at the newest datestamp, whose day may be incomplete, if the list came in
 * the order of datestamps (the protocol does not promise that), else where it began.
 */
function restartDay({ from, newest, isOrdered }: Checkpoint): Day | undefined {
  return isOrdered && newest ? newest : from;
}

/** The next harvest overlaps by a day: what changed while this one ran has this one's day. */
async function endNightly(tx: Tx, id: string, { startedAt }: Checkpoint): Promise<void> {
  const reached = startedAt as Instant;
  const from = addDays(reached.slice(0, 10) as Day, -1);
  await saveCheckpoint(tx, id, { from } satisfies Checkpoint, reached);
}

async function savePage(
  tx: Tx,
  context: SourceContext,
  page: OaiPage,
  report: ImportReport,
): Promise<ImportReport> {
  const { engine } = context.database;
  const { categories, arxiv } = context.config;
  const days = await announcedOn(
    tx,
    page.records.map(({ record }) => record.id),
  );
  const dayOf = (item: OaiRecord) => estimatedDay(item, arxiv.holidays);
  const records = page.records.map((item) => {
    const day = days.get(item.record.id) ? undefined : dayOf(item);
    return { record: day ? { ...item.record, announcedOn: day } : item.record, raw: item.raw };
  });
  const after = await saveUnits(tx, [{ records, rejected: page.rejected }], report);
  const announced = page.records.flatMap((item) => {
    const day = isNewlyAnnounced(item) ? (days.get(item.record.id) ?? dayOf(item)) : undefined;
    const followed = item.record.categories?.filter((c) => categories.includes(c)) ?? [];
    if (!day || followed.length === 0) return [];
    const { id, primaryCategory } = item.record;
    return [{ id, categories: followed, primaryCategory, day }];
  });
  await recordHarvest(tx, announced, { at: context.now(), holidays: arxiv.holidays });
  const deleted = page.deleted.map(({ id }) => id);
  await markWithdrawn(tx, page.deleted);
  await forgetDeleted(tx, deleted);
  const unread = page.rejected.flatMap(({ id }) => (id ? [id] : []));
  if (unread.length > 0) {
    await wantPapers(tx, unread, context.now());
    await enqueue(tx, engine, FETCH_PAPERS);
  }
  if (records.length > 0) await markDemoEdition(tx, false);
  return after;
}

/** The announcement days that kept papers have. */
async function announcedOn(tx: Db, ids: string[]): Promise<Map<string, Day>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('papers')
    .select(['id', 'announced_on'])
    .where('id', 'in', ids)
    .where('announced_on', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.announced_on as Day]));
}

function isNewlyAnnounced({ record, datestamp }: OaiRecord): boolean {
  if (!record.submittedAt) return false;
  const submitted = record.submittedAt.slice(0, 10) as Day;
  return datestamp <= addDays(submitted, NEW_WITHIN_DAYS);
}

/**
 * The announcement day that a record's dates speak for: of a first version its datestamp, where that
 * is near; else the first announcement after the submission.
 */
function estimatedDay(
  { record, datestamp, isFirstVersion }: OaiRecord,
  holidays: readonly Day[],
): Day | undefined {
  if (!record.submittedAt) return undefined;
  const submitted = record.submittedAt.slice(0, 10) as Day;
  const earliest = announcementDayAfter(submitted, holidays);
  if (!isFirstVersion || datestamp > addDays(earliest, PROMPT_WITHIN_DAYS)) return earliest;
  return [earliest, announcementDayUpTo(datestamp, holidays)].sort().at(-1);
}
