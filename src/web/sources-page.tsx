// Where the papers come from, how that goes, and whether any is missing.
import type { Day, Instant } from '../base/calendar.ts';
import { arxivAbsUrl, isArxivId } from '../papers/paper-id.ts';
import type { JobCounts } from '../queue/job-list.ts';
import type { AnnouncementDay, CategoryDay, DayStatus } from '../sources/completeness.ts';
import type { SourceState } from '../sources/source-store.ts';
import { AboutNav } from './about-nav.tsx';
import { counted, longDay, shortDate } from './dates.ts';
import { Layout, type Site } from './layout.tsx';

export type SourcesReport = {
  isOffline: boolean;
  sources: SourceState[];
  days: AnnouncementDay[];
  jobs: JobCounts;
  /** When each kind of job runs next, by the job's kind. */
  next: { job: string; at: Date }[];
  now: Instant;
};

const TITLES: Record<string, string> = {
  'arxiv-rss': 'arXiv announcement feeds',
  'arxiv-oai': 'arXiv metadata (OAI-PMH)',
  'arxiv-api': 'arXiv look-ups (API)',
};
const JOBS: Record<string, string> = {
  'poll-feeds': 'announcement feeds',
  harvest: 'metadata harvest',
  'fetch-papers': 'missing papers',
  'resolve-papers': 'papers known by title',
};
const STATUS: Record<DayStatus, string> = {
  complete: 'Complete',
  pending: 'All here, not yet confirmed',
  incomplete: 'Incomplete',
  unknown: 'Unknown',
};

export function SourcesPage({ site, report }: { site: Site; report: SourcesReport }) {
  const { sources, days, jobs, next } = report;
  return (
    <Layout
      site={site}
      head={{
        title: 'Sources',
        description: 'Where the papers come from, and whether any is missing.',
        path: '/about/sources',
        current: 'about',
      }}
    >
      <div class="prose wide">
        <AboutNav current="/about/sources" />
        <h1>Sources</h1>
        {report.isOffline && (
          <p>This instance is set to stay offline: it asks nobody for papers by itself.</p>
        )}
        {sources.length === 0 && !report.isOffline && (
          <p>No source has been read yet; the first reading begins when the server starts.</p>
        )}
        {sources.length > 0 && (
          <table class="sheet">
            <thead>
              <tr>
                <th>Source</th>
                <th>Last success</th>
                <th>Last run</th>
                <th>Read up to</th>
                <th class="number">Records</th>
                <th class="number">Rejected</th>
                <th class="number">Requests</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <SourceRow source={source} now={report.now} />
              ))}
            </tbody>
          </table>
        )}
        <p class="note">
          Queue: {counted(jobs.waiting, 'job')} waiting, {jobs.running} running, {jobs.dead} given
          up.
          {next.length > 0 && ' Next: '}
          {next.map(({ job, at }, index) => (
            <>
              {index > 0 && ', '}
              {JOBS[job] ?? job} <Moment at={at.toISOString() as Instant} now={report.now} />
            </>
          ))}
          {next.length > 0 && '.'}
        </p>

        <h2>Is anything missing?</h2>
        <p>
          Every day’s announcement is counted twice: by the day’s feed and by the metadata that
          arXiv gives out in the following nights. A day is <b>complete</b> when its feed was read,
          a later night was harvested, and every paper either of them names is here. What is not
          here is fetched by its number, and named until it is. A day whose feed was never read is{' '}
          <b>unknown</b>.
        </p>
        {days.length === 0 ? (
          <p class="empty">No announcement has been read yet.</p>
        ) : (
          days.map((day) => <DaySection day={day} />)
        )}
      </div>
    </Layout>
  );
}

function SourceRow({ source, now }: { source: SourceState; now: Instant }) {
  const { problem } = source;
  return (
    <>
      <tr>
        <th scope="row">{TITLES[source.name] ?? source.name}</th>
        <td data-label="Last success">
          {source.lastSuccessAt ? <Moment at={source.lastSuccessAt} now={now} /> : 'never'}
        </td>
        <td data-label="Last run">
          {source.lastRunAt ? <Moment at={source.lastRunAt} now={now} /> : 'never'}
        </td>
        <td data-label="Read up to">
          {source.reached ? (
            <time datetime={source.reached} title={source.reached}>
              {shortDate(source.reached, now.slice(0, 10) as Day)}
            </time>
          ) : (
            '–'
          )}
        </td>
        <Count label="Records" value={source.records} />
        <Count label="Rejected" value={source.rejects} />
        <Count label="Requests" value={source.requests} />
      </tr>
      {problem && (
        <tr>
          <td colspan={7} class="problem">
            The last run failed <Moment at={problem.at} now={now} />: {problem.text}
          </td>
        </tr>
      )}
    </>
  );
}

function DaySection({ day }: { day: AnnouncementDay }) {
  return (
    <section class="announced">
      <h3>
        <a href={`/papers/date/${day.day}/new`}>{longDay(day.day)}</a>{' '}
        <span class={`status ${day.status}`}>{STATUS[day.status]}</span>
      </h3>
      <p class="note">
        {summaryOf(day)}
        {day.missingCount > 0 && (
          <>
            {' '}
            Missing:{' '}
            {day.missing.map((id, index) => (
              <>
                {index > 0 && ', '}
                {isArxivId(id) ? <a href={arxivAbsUrl(id)}>{id}</a> : id}
              </>
            ))}
            {day.missingCount > day.missing.length &&
              ` and ${(day.missingCount - day.missing.length).toLocaleString('en')} more`}
            .
          </>
        )}
      </p>
      <table class="sheet">
        <thead>
          <tr>
            <th>Category</th>
            <th class="number">In the feed</th>
            <th class="number">In harvests</th>
            <th class="number">Announced</th>
            <th class="number">Here</th>
            <th class="number">Late</th>
            <th>Feed read</th>
          </tr>
        </thead>
        <tbody>
          {day.categories.map((row) => (
            <CategoryRow row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function summaryOf({ announced, held, late, categories }: AnnouncementDay): string {
  if (announced === 0) {
    const isRead = categories.some(({ polls }) => polls > 0);
    return isRead ? 'Nothing was announced.' : 'Its feed has not been read.';
  }
  const lateness = late > 0 ? `, ${late.toLocaleString('en')} of them arrived late` : '';
  return `Announced ${announced.toLocaleString('en')}, we have ${held.toLocaleString('en')}${lateness}.`;
}

function CategoryRow({ row }: { row: CategoryDay }) {
  return (
    <tr>
      <th scope="row">
        {row.category} <span class={`status ${row.status}`}>{STATUS[row.status]}</span>
      </th>
      <Count label="In the feed" value={row.inFeed} />
      <Count label="In harvests" value={row.inHarvest} />
      <Count label="Announced" value={row.announced} />
      <Count label="Here" value={row.held} />
      <Count label="Late" value={row.late} />
      <td data-label="Feed read">{row.polls === 0 ? 'never' : counted(row.polls, 'time')}</td>
    </tr>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <td class="number" data-label={label}>
      {value.toLocaleString('en')}
    </td>
  );
}

/** A moment as a person would say it, with the exact one behind it. */
function Moment({ at, now }: { at: Instant; now: Instant }) {
  const minutes = Math.round((Date.parse(now) - Date.parse(at)) / 60_000);
  return (
    <time datetime={at} title={at}>
      {minutes < 0 ? until(-minutes) : since(minutes, at, now)}
    </time>
  );
}

function since(minutes: number, at: Instant, now: Instant): string {
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  if (minutes < 48 * 60) return `${counted(Math.round(minutes / 60), 'hour')} ago`;
  return `on ${shortDate(at, now.slice(0, 10) as Day)}`;
}

function until(minutes: number): string {
  if (minutes < 60) return `in ${counted(minutes, 'minute')}`;
  if (minutes < 48 * 60) return `in ${counted(Math.round(minutes / 60), 'hour')}`;
  return `in ${counted(Math.round(minutes / 60 / 24), 'day')}`;
}
