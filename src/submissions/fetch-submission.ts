import { now } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import type { Database, Tx } from '../database/database.ts';
import { savePapers } from '../papers/save-papers.ts';
import { enqueue } from '../queue/job.ts';
import { wantPapers } from '../sources/lookups.ts';
import { FETCH_PAPERS } from '../sources/source-jobs.ts';
import { fetchPasted, type PastedContext } from '../sources/web/fetch-pasted.ts';
import { parsePasted } from '../sources/web/pasted-reference.ts';
import { findSubmission, updateSubmission } from './submission.ts';
import { refuseSubmission, type Taking, takeSubmission } from './take-submissions.ts';

/**
 * Fetches the paper of a submission and settles it; does nothing for one that does not wait. Throws what
 * may pass, unless this is the last attempt; all else refuses the submission with its reason.
 */
export async function fetchSubmission(
  database: Database,
  context: PastedContext,
  { id, isLastAttempt, taking }: { id: string; isLastAttempt: boolean; taking: Taking },
): Promise<void> {
  const submission = await findSubmission(database.read, id);
  if (submission?.state !== 'waiting') return;
  if (submission.paperKey === undefined) {
    try {
      await fetchPaper(database, context, { id, reference: submission.reference });
    } catch (error) {
      const mayPass = !isAppError(error) || error.code === 'unavailable';
      if (context.signal?.aborted || !isAppError(error) || (mayPass && !isLastAttempt)) throw error;
      await database.transact((tx) => refuseWaiting(tx, id, error.message));
      return;
    }
  }
  await database.transact((tx) => takeSubmission(tx, id, taking));
}

async function fetchPaper(
  database: Database,
  context: PastedContext,
  { id, reference }: { id: string; reference: string },
): Promise<void> {
  const pasted = parsePasted(reference);
  const fetched =
    pasted.kind === 'paper-id'
      ? ({ is: 'arxiv', id: pasted.id } as const)
      : await fetchPasted(pasted, context);
  await database.transact(async (tx) => {
    if (fetched.is === 'arxiv') {
      await updateSubmission(tx, id, { paper_id: fetched.id });
      await wantPapers(tx, [fetched.id], now());
      await enqueue(tx, database.engine, FETCH_PAPERS);
      return;
    }
    const [saved] = await savePapers(tx, [fetched]);
    if (saved) await updateSubmission(tx, id, { paper_id: saved.id, paper_key: saved.key });
  });
}

async function refuseWaiting(tx: Tx, id: string, problem: string): Promise<void> {
  const submission = await findSubmission(tx, id);
  if (submission?.state === 'waiting') await refuseSubmission(tx, id, problem);
}
