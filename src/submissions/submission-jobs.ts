// The jobs behind submissions, as the queue knows them.
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';

/** Lists or refuses what waits, where that can be told by now. */
export const TAKE_SUBMISSIONS: NewJob = {
  kind: 'take-submissions',
  dedupKey: 'take-submissions',
  priority: 8,
};

export const FETCH_SUBMITTED = 'fetch-submitted';

/** Fetches the paper at the DOI or address of a submission. Somebody waits for it. */
export function fetchSubmitted(submissionId: string): NewJob {
  return {
    kind: FETCH_SUBMITTED,
    dedupKey: `${FETCH_SUBMITTED} ${submissionId}`,
    payload: { submission: submissionId },
    priority: 9,
    maxAttempts: 6,
  };
}

/** Papers come in many ways, and a process may be killed between a paper and what waits for it. */
export const SUBMISSION_SCHEDULE: ScheduleLine[] = [
  { name: TAKE_SUBMISSIONS.kind, pattern: '* * * * *', timeZone: 'UTC', job: TAKE_SUBMISSIONS },
];
