// Brings waiting submissions to their end. Each is looked at and settled in one transaction of its own,
// behind the lock of the change number: whatever process does it, and however often it is killed, a
// submission is settled once.
import { type Day, now } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Tx } from '../database/database.ts';
import { isArxivId } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper, loadPapers } from '../papers/paper-store.ts';
import { findPerson, type Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { findLookup } from '../sources/lookups.ts';
import { findListingProblem, type ListingRules, listPaper } from './list-paper.ts';
import { findSubmission, type Submission, updateSubmission } from './submission.ts';

export type Taking = { today: Day; rules: ListingRules };

const MAX_TAKEN = 500;
const GIVE_UP_MS = 86_400_000;

/** Once over all that waits, the oldest first. What goes wrong with one holds up no other, and is thrown at the end. */
export async function takeSubmissions(database: Database, taking: Taking): Promise<void> {
  const waiting = await database.read
    .selectFrom('submissions')
    .select('id')
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .limit(MAX_TAKEN)
    .execute();
  const failures: unknown[] = [];
  for (const { id } of waiting) {
    try {
      await database.transact((tx) => takeSubmission(tx, id, taking));
    } catch (error) {
      // The person's comments come too fast after each other: this one's turn is a minute later.
      if (!isAppError(error, 'too-many')) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Lists or refuses a submission, or leaves it waiting while its paper is not here. */
export async function takeSubmission(tx: Tx, id: string, taking: Taking): Promise<void> {
  await takeChanges(tx, 0);
  const submission = await findSubmission(tx, id);
  if (submission?.state !== 'waiting') return;
  const paper = await findPaperOf(tx, submission);
  if (!paper) {
    const reason = await findHopeless(tx, submission);
    if (reason) await refuseSubmission(tx, id, reason);
    return;
  }
  const person = await findPerson(tx, submission.personId, now());
  const { today, rules } = taking;
  const problem = person
    ? (findPersonProblem(person) ??
      (await findListingProblem(
        tx,
        { paper, person, sentOn: submission.day, today },
        rules.submit,
      )))
    : undefined;
  if (!person || problem !== undefined) {
    await refuseSubmission(tx, id, problem ?? 'The account is gone.');
    return;
  }
  await listPaper(tx, { submission, paper, person, day: today, isStrict: false }, rules.comments);
}

export async function refuseSubmission(tx: Tx, id: string, problem: string): Promise<void> {
  await updateSubmission(tx, id, { state: 'refused', problem });
}

function findPersonProblem(person: Person): string | undefined {
  if (person.barred) return 'Your account may only read for now.';
  if (!roleMay(person.role, 'submit')) return 'Your role may not submit papers any more.';
  return undefined;
}

async function findPaperOf(tx: Tx, submission: Submission): Promise<Paper | undefined> {
  const { paperKey, paperId } = submission;
  if (paperKey !== undefined) return (await loadPapers(tx, [paperKey])).get(paperKey);
  return paperId === undefined ? undefined : (await findPaper(tx, paperId))?.paper;
}

/** Why its paper will not come. */
async function findHopeless(
  tx: Tx,
  { paperId, createdAt }: Submission,
): Promise<string | undefined> {
  if (paperId !== undefined && isArxivId(paperId)) {
    const lookup = await findLookup(tx, paperId);
    if (lookup?.outcome === 'absent') {
      return `arXiv does not know ${paperId}: check the number, or try again when it is announced.`;
    }
  }
  if (Date.now() - Date.parse(createdAt) < GIVE_UP_MS) return undefined;
  return 'The paper could not be fetched within a day: try again.';
}
