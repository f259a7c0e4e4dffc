// Where the papers come from, how that goes, and whether any is missing.
import type { Day, Instant } from '../base/calendar.ts';
import { formatNumber, longDay, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { arxivAbsUrl, isArxivId } from '../papers/paper-id.ts';
import type { JobCounts } from '../queue/job-list.ts';
import type { AnnouncementDay, CategoryDay } from '../sources/completeness.ts';
import type { SourceState } from '../sources/source-store.ts';
import { AboutNav } from './about-nav.tsx';
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

export function SourcesPage({ site, report }: { site: Site; report: SourcesReport }) {
  const { sources, days, jobs, next, now } = report;
  const texts = words.sources;
  const runs = next.map(({ job, at }) => ({
    name: texts.jobs[job] ?? job,
    time: <Moment at={at.toISOString() as Instant} now={now} />,
  }));
  return (
    <Layout
      site={site}
      head={{
        title: texts.title,
        description: texts.description,
        path: '/about/sources',
        current: 'about',
      }}
    >
      <div class="prose wide">
        <AboutNav current="/about/sources" />
        <h1>{texts.title}</h1>
        {report.isOffline && <p>{texts.isOffline}</p>}
        {sources.length === 0 && !report.isOffline && <p>{texts.nothingRead}</p>}
        {sources.length > 0 && (
          <table class="sheet">
            <thead>
              <tr>
                <th>{texts.source}</th>
                <th>{texts.lastSuccess}</th>
                <th>{texts.lastRun}</th>
                <th>{texts.readUpTo}</th>
                <th class="number">{texts.records}</th>
                <th class="number">{texts.rejected}</th>
                <th class="number">{texts.requests}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <SourceRow source={source} now={now} />
              ))}
            </tbody>
          </table>
        )}
        <p class="note">
          {texts.queue(jobs)}
          {runs.length > 0 && texts.next(runs)}
        </p>

        <h2>{texts.missing}</h2>
        <p>{texts.aboutMissing()}</p>
        {days.length === 0 ? (
          <p class="empty">{texts.noneRead}</p>
        ) : (
          days.map((day) => <DaySection day={day} />)
        )}
      </div>
    </Layout>
  );
}

function SourceRow({ source, now }: { source: SourceState; now: Instant }) {
  const { problem } = source;
  const texts = words.sources;
  return (
    <>
      <tr>
        <th scope="row">{texts.names[source.name] ?? source.name}</th>
        <td data-label={texts.lastSuccess}>
          {source.lastSuccessAt ? <Moment at={source.lastSuccessAt} now={now} /> : texts.never}
        </td>
        <td data-label={texts.lastRun}>
          {source.lastRunAt ? <Moment at={source.lastRunAt} now={now} /> : texts.never}
        </td>
        <td data-label={texts.readUpTo}>
          {source.reached ? (
            <time datetime={source.reached} title={inUtc(source.reached)}>
              {shortDate(source.reached, now.slice(0, 10) as Day)}
            </time>
          ) : (
            '–'
          )}
        </td>
        <Count label={texts.records} value={source.records} />
        <Count label={texts.rejected} value={source.rejects} />
        <Count label={texts.requests} value={source.requests} />
      </tr>
      {problem && (
        <tr>
          <td colspan={7} class="problem">
            {texts.failed(<Moment at={problem.at} now={now} />, problem.text)}
          </td>
        </tr>
      )}
    </>
  );
}

function DaySection({ day }: { day: AnnouncementDay }) {
  const texts = words.sources;
  return (
    <section class="announced">
      <h3>
        <a href={`/papers/date/${day.day}/new`}>{longDay(day.day)}</a>{' '}
        <span class={`status ${day.status}`}>{texts.statuses[day.status]}</span>
      </h3>
      <p class="note">
        {summaryOf(day)}
        {day.missingCount > 0 &&
          texts.missingPapers(
            day.missing.map((id) => (isArxivId(id) ? <a href={arxivAbsUrl(id)}>{id}</a> : id)),
            day.missingCount - day.missing.length,
          )}
      </p>
      <table class="sheet">
        <thead>
          <tr>
            <th>{texts.category}</th>
            <th class="number">{texts.inFeed}</th>
            <th class="number">{texts.inHarvests}</th>
            <th class="number">{texts.announced}</th>
            <th class="number">{texts.here}</th>
            <th class="number">{texts.late}</th>
            <th>{texts.feedRead}</th>
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
    return isRead ? words.sources.nothingAnnounced : words.sources.notRead;
  }
  return words.sources.day(announced, held, late);
}

function CategoryRow({ row }: { row: CategoryDay }) {
  const texts = words.sources;
  return (
    <tr>
      <th scope="row">
        {row.category} <span class={`status ${row.status}`}>{texts.statuses[row.status]}</span>
      </th>
      <Count label={texts.inFeed} value={row.inFeed} />
      <Count label={texts.inHarvests} value={row.inHarvest} />
      <Count label={texts.announced} value={row.announced} />
      <Count label={texts.here} value={row.held} />
      <Count label={texts.late} value={row.late} />
      <td data-label={texts.feedRead}>{row.polls === 0 ? texts.never : texts.times(row.polls)}</td>
    </tr>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <td class="number" data-label={label}>
      {formatNumber(value)}
    </td>
  );
}

/** A moment as a person would say it, with the exact one behind it. */
function Moment({ at, now }: { at: Instant; now: Instant }) {
  const minutes = Math.round((Date.parse(now) - Date.parse(at)) / 60_000);
  return (
    <time datetime={at} title={inUtc(at)}>
      {minutes < 0 ? until(-minutes) : since(minutes, at, now)}
    </time>
  );
}

/** `2026-11-25 09:30 UTC` */
function inUtc(at: Instant): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

function since(minutes: number, at: Instant, now: Instant): string {
  const { justNow, minutesAgo, hoursAgo, onDay } = words.sources;
  if (minutes < 1) return justNow;
  if (minutes < 60) return minutesAgo(minutes);
  if (minutes < 48 * 60) return hoursAgo(Math.round(minutes / 60));
  return onDay(shortDate(at, now.slice(0, 10) as Day));
}

function until(minutes: number): string {
  const { inMinutes, inHours, inDays } = words.sources;
  if (minutes < 60) return inMinutes(minutes);
  if (minutes < 48 * 60) return inHours(Math.round(minutes / 60));
  return inDays(Math.round(minutes / 60 / 24));
}
