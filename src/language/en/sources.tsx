import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

// Where papers come from, and whether any is missing.
export const sources = {
  title: 'Sources',
  description: 'Where the papers come from, and whether any is missing.',
  isOffline: 'This instance is set to stay offline: it asks nobody for papers by itself.',
  nothingRead: 'No source has been read yet; the first reading begins when the server starts.',
  names: {
    'arxiv-rss': 'arXiv announcement feeds',
    'arxiv-oai': 'arXiv metadata (OAI-PMH)',
    'arxiv-api': 'arXiv look-ups (API)',
  } as Record<string, string>,
  jobs: {
    'poll-feeds': 'announcement feeds',
    harvest: 'metadata harvest',
    'fetch-papers': 'missing papers',
    'resolve-papers': 'papers known by title',
  } as Record<string, string>,
  source: 'Source',
  lastSuccess: 'Last success',
  lastRun: 'Last run',
  readUpTo: 'Read up to',
  records: 'Records',
  rejected: 'Rejected',
  requests: 'Requests',
  never: 'never',
  failed: (time: Child, problem: string) => (
    <>
      The last run failed {time}: {problem}
    </>
  ),
  queue: ({ waiting, running, dead }: { waiting: number; running: number; dead: number }) =>
    `Queue: ${counted(waiting, 'job')} waiting, ${running} running, ${dead} given up.`,
  next: (runs: { name: string; time: Child }[]) => (
    <>
      {' Next: '}
      {runs.map(({ name, time }, index) => (
        <>
          {index > 0 && ', '}
          {name} {time}
        </>
      ))}
      .
    </>
  ),

  missing: 'Is anything missing?',
  aboutMissing: () => (
    <>
      Every day’s announcement is counted twice: by the day’s feed and by the metadata that arXiv
      gives out in the following nights. A day is <b>complete</b> when its feed was read, a later
      night was harvested, and every paper either of them names is here. What is not here is fetched
      by its number, and named until it is. A day whose feed was never read is <b>unknown</b>.
    </>
  ),
  noneRead: 'No announcement has been read yet.',
  statuses: {
    complete: 'Complete',
    pending: 'All here, not yet confirmed',
    incomplete: 'Incomplete',
    unknown: 'Unknown',
  },
  nothingAnnounced: 'Nothing was announced.',
  notRead: 'Its feed has not been read.',
  day: (announced: number, here: number, late: number) =>
    `Announced ${announced.toLocaleString('en')}, we have ${here.toLocaleString('en')}${
      late > 0 ? `, ${late.toLocaleString('en')} of them arrived late` : ''
    }.`,
  /** `more`: as many are not named. */
  missingPapers: (papers: Child[], more: number) => (
    <>
      {' '}
      Missing:{' '}
      {papers.map((paper, index) => (
        <>
          {index > 0 && ', '}
          {paper}
        </>
      ))}
      {more > 0 && ` and ${more.toLocaleString('en')} more`}.
    </>
  ),
  category: 'Category',
  inFeed: 'In the feed',
  inHarvests: 'In harvests',
  announced: 'Announced',
  here: 'Here',
  late: 'Late',
  feedRead: 'Feed read',
  times: (polls: number) => counted(polls, 'time'),

  // Moments.
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${counted(minutes, 'minute')} ago`,
  hoursAgo: (hours: number) => `${counted(hours, 'hour')} ago`,
  onDay: (day: string) => `on ${day}`,
  inMinutes: (minutes: number) => `in ${counted(minutes, 'minute')}`,
  inHours: (hours: number) => `in ${counted(hours, 'hour')}`,
  inDays: (days: number) => `in ${counted(days, 'day')}`,
};
