// The handlers of the jobs behind submissions.
import type { App } from '../app.ts';
import type { Handler } from '../queue/worker.ts';
import { fetchSubmission } from '../submissions/fetch-submission.ts';
import { FETCH_SUBMITTED, TAKE_SUBMISSIONS } from '../submissions/submission-jobs.ts';
import { type Taking, takeSubmissions } from '../submissions/take-submissions.ts';

/** Offline what is here is taken, and nothing is fetched. */
export function submissionHandlers(app: App): Record<string, Handler> {
  const take: Handler = () => takeSubmissions(app.database, takingOf(app));
  if (app.config.isOffline) return { [TAKE_SUBMISSIONS.kind]: take };
  return {
    [TAKE_SUBMISSIONS.kind]: take,
    [FETCH_SUBMITTED]: (job, signal) =>
      fetchSubmission(
        app.database,
        { config: app.config, signal },
        {
          id: String(job.payload.submission),
          isLastAttempt: job.attempt >= job.maxAttempts,
          taking: takingOf(app),
        },
      ),
  };
}

/** What waits for the papers that a job fetches is taken right after it. */
export function thenTakeSubmissions(app: App, handler: Handler): Handler {
  return async (job, signal) => {
    await handler(job, signal);
    await takeSubmissions(app.database, takingOf(app));
  };
}

function takingOf({ config, today }: App): Taking {
  return { today: today(), rules: { submit: config.submit, comments: config.people } };
}
