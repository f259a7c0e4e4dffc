import { type Day, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { spendComment } from '../comments/comment-store.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Tx } from '../database/database.ts';
import { isArxivId, isPlausibleArxivId } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { spend } from '../people/limits.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { enqueue } from '../queue/job.ts';
import { findLookup, wantPapers } from '../sources/lookups.ts';
import { FETCH_PAPERS } from '../sources/source-jobs.ts';
import { type PastedReference, parsePasted } from '../sources/web/pasted-reference.ts';
import { findListingProblem, type ListingRules, listPaper } from './list-paper.ts';
import { type Draft, insertSubmission, type Submission } from './submission.ts';
import { fetchSubmitted } from './submission-jobs.ts';
import { submitterProblem } from './submission-rules.ts';

export type Submitting = {
  person: Person;
  draft: Draft;
  /** The day whose list is open. */
  today: Day;
  /** Nothing can be fetched. */
  isOffline: boolean;
};

export type Submitted =
  | { is: 'listed'; submission: Submission; paper: Paper }
  /** The paper is being fetched. */
  | { is: 'waiting'; submission: Submission };

/**
 * Lists a paper that is here, with its links and comment, in one transaction; writes down the wish for one
 * that is not, with the job that fetches it. That the person may submit, and comment where a comment goes
 * along, is asked before. Throws `invalid` for what names no paper, `conflict` where a rule stands against
 * it, `unavailable` offline, `too-many`, and what `writeComment` throws; then nothing was done.
 */
export async function submit(
  database: Database,
  submitting: Submitting,
  rules: ListingRules,
): Promise<Submitted> {
  const { person, draft, today } = submitting;
  const reference = parsePasted(draft.reference);
  const { id } = reference;
  if (id !== undefined && isArxivId(id) && !isPlausibleArxivId(id, today)) {
    throw new AppError('invalid', `arXiv has given out no number ${id}: check it.`);
  }
  await spend(database, 'submission', person.id);
  if (draft.comment !== '') await spendComment(database, person, rules.comments);
  return database.transact(async (tx) => {
    // The lock of the number lets one submission after the other see what there is.
    await takeChanges(tx, 0);
    const sentThatDay = await countSent(tx, person.id, today);
    const isEditor = roleMay(person.role, 'edit');
    refuse(submitterProblem({ isEditor, sentOn: today, sentThatDay }, rules.submit));
    const paper = id === undefined ? undefined : (await findPaper(tx, id))?.paper;
    if (!paper) {
      await refuseSecond(tx, submitting, id);
      await wantPaper(tx, reference, submitting);
      const sent = { draft, personId: person.id, paperId: id, day: today };
      const submission = await insertSubmission(tx, sent);
      await enqueueFetch(tx, database.engine, reference, submission.id);
      return { is: 'waiting', submission };
    }
    refuse(await findListingProblem(tx, { paper, person, sentOn: today, today }, rules.submit));
    const submission = await insertSubmission(tx, {
      draft,
      personId: person.id,
      paperId: paper.id,
      day: today,
    });
    await listPaper(tx, { submission, paper, person, day: today, isStrict: true }, rules.comments);
    return { is: 'listed', submission: { ...submission, state: 'listed' }, paper };
  });
}

/** One wish of a person for a paper is enough. */
async function refuseSecond(
  tx: Tx,
  { person, draft }: Submitting,
  paperId: string | undefined,
): Promise<void> {
  const waiting = await tx
    .selectFrom('submissions')
    .select('id')
    .where('person_id', '=', person.id)
    .where('state', '=', 'waiting')
    .where((eb) =>
      eb.or([
        eb('reference', '=', draft.reference),
        ...(paperId === undefined ? [] : [eb('paper_id', '=', paperId)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (!waiting) return;
  throw new AppError(
    'conflict',
    `You have submitted this paper already, and it is being fetched: see /papers/submit/${waiting.id}.`,
  );
}

async function wantPaper(tx: Tx, reference: PastedReference, { isOffline }: Submitting) {
  if (isOffline) {
    throw new AppError(
      'unavailable',
      'The paper is not here, and this instance fetches nothing: submit a paper that is here.',
    );
  }
  if (reference.kind !== 'paper-id') return;
  const { id } = reference;
  if (!isArxivId(id)) throw new AppError('invalid', `There is no paper ${id} here.`);
  const at = now();
  const lookup = await findLookup(tx, id);
  if (lookup?.outcome === 'absent' && lookup.nextAt > at) {
    throw new AppError(
      'conflict',
      `arXiv did not know ${id} when it was asked; it is asked again after ${lookup.nextAt.slice(0, 16).replace('T', ' ')} UTC.`,
    );
  }
  await wantPapers(tx, [id], at);
}

async function enqueueFetch(
  tx: Tx,
  engine: Database['engine'],
  reference: PastedReference,
  submissionId: string,
): Promise<void> {
  const isAtArxiv = reference.kind === 'paper-id';
  await enqueue(tx, engine, isAtArxiv ? FETCH_PAPERS : fetchSubmitted(submissionId));
}

async function countSent(tx: Tx, personId: string, day: Day): Promise<number> {
  const row = await tx
    .selectFrom('submissions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('day', '=', day)
    .where('state', 'in', ['waiting', 'listed'])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new AppError('conflict', problem);
}
