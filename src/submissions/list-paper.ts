// Puts the paper of a submission on the list of the open day, with all that came along.
import { type Day, now, wallTimeAsInstant } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import { type CommentRules, writeComment } from '../comments/comment-store.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import { LIST_TIME_ZONE } from '../days/entry.ts';
import { insertOwnEntry } from '../days/entry-store.ts';
import type { Paper } from '../papers/paper-row.ts';
import { setLinks } from '../papers/set-links.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { type Submission, updateSubmission } from './submission.ts';
import { type SubmissionRules, submissionProblem } from './submission-rules.ts';

export type ListingRules = { submit: SubmissionRules; comments: CommentRules };

/** Why the paper cannot be listed for this person; exact while the caller holds the change number. */
export async function findListingProblem(
  db: Db,
  { paper, person, sentOn, today }: { paper: Paper; person: Person; sentOn: Day; today: Day },
  rules: SubmissionRules,
): Promise<string | undefined> {
  const entries = await db
    .selectFrom('day_entries')
    .select(['day', 'unlisted_at'])
    .where('paper_key', '=', paper.key)
    .orderBy('day')
    .execute();
  return submissionProblem(
    {
      isEditor: roleMay(person.role, 'edit'),
      sentOn,
      today,
      publishedOn: paper.publishedAt.slice(0, 10) as Day,
      announcedOn: paper.announcedOn,
      isWithdrawn: paper.withdrawnAt !== undefined,
      entries: entries.map((row) => ({
        day: row.day as Day,
        isListed: row.unlisted_at === null,
      })),
    },
    rules,
  );
}

/**
 * Lists it, sets its links and writes its comment. `isStrict` throws what the comment throws; otherwise a
 * comment that is refused stays in the submission with the reason, and only `too-many` is thrown: the same
 * comment may go a little later.
 */
export async function listPaper(
  tx: Tx,
  {
    submission,
    paper,
    person,
    day,
    isStrict,
  }: { submission: Submission; paper: Paper; person: Person; day: Day; isStrict: boolean },
  rules: CommentRules,
): Promise<void> {
  const change = await takeChanges(tx, 1);
  const at = now();
  await insertOwnEntry(tx, {
    day,
    paperKey: paper.key,
    listedAt: at,
    publishedAt: wallTimeAsInstant(paper.publishedAt, LIST_TIME_ZONE),
    mediaUrls: submission.mediaUrls,
    person,
  });
  await tx
    .updateTable('papers')
    .set({ changed_at: at, change })
    .where('key', '=', paper.key)
    .execute();
  if (Object.keys(submission.links).length > 0) await setLinks(tx, paper.key, submission.links);
  const problem = await comment(tx, { submission, paper, person, isStrict }, rules);
  await updateSubmission(tx, submission.id, {
    state: 'listed',
    problem: problem ?? null,
    paper_key: paper.key,
    paper_id: paper.id,
    day,
  });
}

async function comment(
  tx: Tx,
  {
    submission,
    paper,
    person,
    isStrict,
  }: { submission: Submission; paper: Paper; person: Person; isStrict: boolean },
  rules: CommentRules,
): Promise<string | undefined> {
  if (submission.comment === '') return undefined;
  try {
    await writeComment(tx, { person, paperKey: paper.key, raw: submission.comment, rules });
    return undefined;
  } catch (error) {
    // It refuses before it writes anything, so that the rest of the transaction stands.
    if (isStrict || !isAppError(error) || error.code === 'too-many') throw error;
    return `Your comment could not be written: ${error.message}`;
  }
}
