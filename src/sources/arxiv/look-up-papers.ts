// Fetches single papers through arXiv's API: by identity what readers asked for and what is missing
// from an announcement, by title what is known by its title only.
import { addDays, type Day } from '../../base/calendar.ts';
import type { Db } from '../../database/database.ts';
import { isSameWork, paperFromRecord } from '../../papers/merge-record.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { isArxivId } from '../../papers/paper-id.ts';
import { paperFromRow } from '../../papers/paper-row.ts';
import { listMissing } from '../announcements.ts';
import { emptyReport, type ImportReport, saveUnits } from '../import-records.ts';
import { findResting, listWanted, recordLookups } from '../lookups.ts';
import { SourceFailure } from '../outside-request.ts';
import type { Source, SourceContext } from '../source.ts';
import { announcementDayAfter, arxivToday, NEW_WITHIN_DAYS } from './announcement-days.ts';
import { type ApiPage, apiIdsUrl, apiTitleUrl, MAX_IDS, parseApiPage } from './api.ts';

/** Announcements older than this are no longer looked into. */
const PROOF_DAYS = 30;
const MAX_PAPERS = 1_000;
const MAX_TITLES = 50;
const MAX_MISSING = 5_000;

export const arxivLookup: Source<{ what: 'ids' | 'titles' }> = {
  name: 'arxiv-api',
  run: (context, { what }) => (what === 'ids' ? fetchWanted(context) : resolveTitles(context)),
};

async function fetchWanted(context: SourceContext): Promise<ImportReport> {
  const { database, now } = context;
  const wanted = await listWanted(database.read, now(), MAX_PAPERS);
  const since = addDays(arxivToday(now()), -PROOF_DAYS);
  const missing = await listMissing(database.read, since, MAX_MISSING);
  const resting = await findResting(database.read, missing, now());
  const ids = [...new Set([...wanted, ...missing.filter((id) => !resting.has(id))])]
    .filter(isArxivId)
    .slice(0, MAX_PAPERS);
  let report = emptyReport();
  for (let start = 0; start < ids.length; start += MAX_IDS) {
    report = await fetchIds(context, ids.slice(start, start + MAX_IDS), report);
    context.onPage?.(report);
  }
  return report;
}

async function fetchIds(
  context: SourceContext,
  ids: string[],
  report: ImportReport,
): Promise<ImportReport> {
  const { database, config } = context;
  let page: ApiPage;
  try {
    page = await ask(context, apiIdsUrl(config.arxiv.apiUrl, ids));
  } catch (error) {
    // One identity that arXiv finds malformed spoils the whole request: ask for each by itself.
    if (!(error instanceof SourceFailure) || !isAboutIds(error)) throw error;
    if (ids.length === 1) {
      await database.transact((tx) =>
        recordLookups(tx, [{ id: ids[0] as string, isFound: false }], context.now()),
      );
      return report;
    }
    const half = Math.ceil(ids.length / 2);
    const first = await fetchIds(context, ids.slice(0, half), report);
    return fetchIds(context, ids.slice(half), first);
  }
  const days = await announcementDays(database.read, ids);
  const found = new Set(page.records.map(({ record }) => record.id));
  const records = page.records.map(({ record, raw }) => {
    const day = announcementDayOf(record, days.get(record.id), config.arxiv.holidays);
    return { record: day ? { ...record, announcedOn: day } : record, raw };
  });
  for (const rejected of page.rejected) context.rejects.add(1, rejected);
  return database.transact(async (tx) => {
    const after = await saveUnits(tx, [{ records, rejected: page.rejected }], report);
    await recordLookups(
      tx,
      ids.map((id) => ({ id, isFound: found.has(id) })),
      context.now(),
    );
    return after;
  });
}

function isAboutIds(error: SourceFailure): boolean {
  return error.kind === 'refused' || error.status === 400;
}

/** The day that announced a paper first; a later one of an old paper is a cross-list. */
function announcementDayOf(
  { submittedAt }: PaperRecord,
  announced: Day | undefined,
  holidays: readonly Day[],
): Day | undefined {
  const submitted = submittedAt?.slice(0, 10) as Day | undefined;
  if (!submitted) return announced;
  if (announced && announced <= addDays(submitted, NEW_WITHIN_DAYS)) return announced;
  return announcementDayAfter(submitted, holidays);
}

async function announcementDays(db: Db, ids: string[]): Promise<Map<string, Day>> {
  const rows = await db
    .selectFrom('announcements')
    .select((eb) => ['paper_id', eb.fn.min('day').as('day')])
    .where('paper_id', 'in', ids)
    .groupBy('paper_id')
    .execute();
  return new Map(rows.map((row) => [row.paper_id, row.day as Day]));
}

/** Papers that have no registry's identity are looked for by their titles, the newest first. */
async function resolveTitles(context: SourceContext): Promise<ImportReport> {
  const { database, config } = context;
  const rows = await database.read
    .selectFrom('papers')
    .selectAll()
    .where('id', 'like', 'page:%')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('lookups')
            .select('id')
            .whereRef('lookups.id', '=', 'papers.id')
            .where('next_at', '>', context.now()),
        ),
      ),
    )
    .orderBy('published_at', 'desc')
    .limit(MAX_TITLES)
    .execute();
  let report = emptyReport();
  for (const paper of rows.map(paperFromRow)) {
    const url = apiTitleUrl(config.arxiv.apiUrl, paper.title);
    const page = url ? await ask(context, url) : { records: [], rejected: [] };
    const same = page.records.filter(({ record }) =>
      isSameWork(paper, paperFromRecord(record, context.now())),
    );
    const records = same.slice(0, 1);
    report = await database.transact(async (tx) => {
      const after = await saveUnits(tx, [{ records, rejected: [] }], report);
      await recordLookups(tx, [{ id: paper.id, isFound: records.length > 0 }], context.now());
      return after;
    });
    context.onPage?.(report);
  }
  return report;
}

function ask(context: SourceContext, url: string): Promise<ApiPage> {
  return context.client.ask(url, ({ body }) => parseApiPage(body), { signal: context.signal });
}
