// The jobs that keep the sources current, as the queue knows them.
import type { Config } from '../config.ts';
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';
import { ARXIV_TIME_ZONE } from './arxiv/announcement-days.ts';

/** Reads the feeds of today's announcement. */
export const POLL_FEEDS: NewJob = { kind: 'poll-feeds', dedupKey: 'poll-feeds', priority: 5 };
/** Goes on with the nightly harvest. */
export const HARVEST: NewJob = { kind: 'harvest', dedupKey: 'harvest', priority: 0 };
/** Fetches papers by identity: what readers asked for and what is missing. */
export const FETCH_PAPERS: NewJob = { kind: 'fetch-papers', dedupKey: 'fetch-papers', priority: 9 };
/** Looks for the arXiv identities of papers that are known by their title only. */
export const RESOLVE_PAPERS: NewJob = {
  kind: 'resolve-papers',
  dedupKey: 'resolve-papers',
  priority: -5,
};

const SPREAD_MS = 5 * 60_000;

/** When each is due. */
export function sourceSchedule({ pollAt, harvestAt }: Config['arxiv']): ScheduleLine[] {
  const line = (job: NewJob, pattern: string): ScheduleLine => ({
    name: job.kind,
    pattern,
    timeZone: ARXIV_TIME_ZONE,
    job,
    spreadMs: SPREAD_MS,
  });
  return [
    line(POLL_FEEDS, pollAt),
    line(HARVEST, harvestAt),
    line(FETCH_PAPERS, '40 * * * *'),
    line(RESOLVE_PAPERS, '20 5 * * *'),
  ];
}
