// What the page about the sources shows.
import type { App } from '../app.ts';
import { now } from '../base/calendar.ts';
import { countJobs } from '../queue/job-list.ts';
import { createSchedule } from '../queue/schedule.ts';
import { arxivToday } from '../sources/arxiv/announcement-days.ts';
import { listAnnouncementDays } from '../sources/completeness.ts';
import { sourceSchedule } from '../sources/source-jobs.ts';
import { listSources } from '../sources/source-store.ts';
import type { SourcesReport } from './sources-page.tsx';

const DAYS = 14;

/** The report is counted at most once in so long, however many ask for it. */
const KEPT_MS = 5_000;

/** Returns a function that gives the report, a few seconds old at most. */
export function createSourcesReport(app: ReportApp): () => Promise<SourcesReport> {
  let kept: { at: number; report: Promise<SourcesReport> } | undefined;
  return () => {
    if (!kept || Date.now() - kept.at > KEPT_MS) {
      const entry = { at: Date.now(), report: loadReport(app) };
      entry.report.catch(() => {
        if (kept === entry) kept = undefined;
      });
      kept = entry;
    }
    return kept.report;
  };
}

type ReportApp = Pick<App, 'config' | 'database' | 'today'>;

async function loadReport(app: ReportApp): Promise<SourcesReport> {
  const { config, database } = app;
  const db = database.read;
  const at = now();
  const until = [arxivToday(at), app.today()].sort()[0] as ReturnType<App['today']>;
  return {
    isOffline: config.isOffline,
    sources: await listSources(db),
    days: await listAnnouncementDays(db, {
      until,
      days: DAYS,
      categories: config.categories,
      holidays: config.arxiv.holidays,
    }),
    jobs: await countJobs(db),
    next: config.isOffline ? [] : nextRuns(config.arxiv),
    now: at,
  };
}

function nextRuns(arxiv: App['config']['arxiv']): SourcesReport['next'] {
  const lines = sourceSchedule(arxiv);
  const schedule = createSchedule(lines);
  return lines.flatMap(({ name }) => {
    const at = schedule.next(name);
    return at ? [{ job: name, at }] : [];
  });
}
