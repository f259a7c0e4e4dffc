// Writing comments. Every function is for a transaction that did not touch comments before: it takes a
// change number first, whose lock lets one such write after the other see what there is.
import { type Instant, toInstant } from '../base/calendar.ts';
import { AppError, TooManyError } from '../base/errors.ts';
import type { Config } from '../config.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Tx } from '../database/database.ts';
import { spend } from '../people/limits.ts';
import { isNewAccount } from '../people/new-account.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { type CommentRow, type CommentState, maySee, readerOf } from './comment.ts';
import { newCommentId } from './comment-id.ts';
import { renderComment } from './comment-text.ts';
import { countComments } from './count-comments.ts';
import { eraseComments } from './erase-comments.ts';
import { checkLinks, checkSpam } from './spam-check.ts';
import { loadWritingFacts } from './writing-facts.ts';

export type CommentRules = Pick<Config['people'], 'approval' | 'newAccountHours'>;

export type NewComment = {
  person: Person;
  paperKey: number;
  /** What it answers; undefined for the paper itself. */
  parentId?: string | undefined;
  /** As it was typed. */
  raw: string;
  rules: CommentRules;
};

/** Counts one comment of somebody, or one edit. Throws `too-many`. */
export async function spendComment(
  database: Database,
  person: Person,
  { newAccountHours }: Pick<CommentRules, 'newAccountHours'>,
): Promise<void> {
  const isNew = isNewAccount(person, newAccountHours);
  await spend(database, isNew ? 'comment of a new account' : 'comment', person.id);
}

/**
 * Writes a comment, which is `visible`, or `pending` where a moderator must look at it first. That the
 * person may comment at all was asked before. Throws `invalid` for the text, `not-found` for the paper or
 * the comment it answers, `conflict` where the discussion is locked, the answered comment is gone or the
 * text is a repetition, and `too-many` right after another comment.
 */
export async function writeComment(
  tx: Tx,
  { person, paperKey, parentId, raw, rules }: NewComment,
): Promise<{ id: string; state: CommentState }> {
  // Before the lock: formulas take their time.
  const text = await renderComment(tx, raw);
  const change = await takeChanges(tx, 1);
  await refuseIfLocked(tx, paperKey, person);
  if (parentId !== undefined) await refuseParent(tx, { parentId, paperKey, person });
  const atMs = Date.now();
  const isHeld = await refuseOrHold(tx, {
    person,
    raw: text.raw,
    paperKey,
    parentId: parentId ?? null,
    newAccountHours: rules.newAccountHours,
    atMs,
  });
  const mustWait = isHeld || (rules.approval === 'first' && (await isFirst(tx, person)));
  const id = newCommentId(atMs);
  const state: CommentState = mustWait ? 'pending' : 'visible';
  await tx
    .insertInto('comments')
    .values({
      id,
      paper_key: paperKey,
      parent_id: parentId ?? null,
      author_id: person.id,
      ...text,
      created_at: toInstant(atMs) as Instant,
      edited_at: null,
      state,
      hidden_by: null,
      hidden_reason: null,
    })
    .execute();
  if (state === 'visible') await countComments(tx, paperKey, change);
  return { id, state };
}

/**
 * Changes one's own comment and keeps its former text; the same text again changes nothing. Throws
 * `forbidden` for somebody else's, `not-found`, `conflict` for one that is deleted or hidden or where the
 * discussion is locked, and `invalid` for the text.
 */
export async function editComment(
  tx: Tx,
  { id, person, raw, rules }: { id: string; person: Person; raw: string; rules: CommentRules },
): Promise<void> {
  const text = await renderComment(tx, raw);
  const change = await takeChanges(tx, 1);
  const comment = await getOwn(tx, id, person);
  if (comment.state === 'hidden' || comment.state === 'deleted') {
    throw new AppError('conflict', `The comment is ${comment.state}, so it cannot be edited.`);
  }
  if (comment.raw === text.raw) return;
  await refuseIfLocked(tx, comment.paper_key, person);
  const atMs = Date.now();
  const isNew = isNewAccount(person, rules.newAccountHours);
  const { result } = isFreeOfChecks(person)
    ? { result: 'ok' }
    : checkLinks({ raw: text.raw, isNewAccount: isNew });
  const number = comment.edits + 1;
  await tx
    .insertInto('comment_versions')
    .values({
      comment_id: id,
      number,
      raw: comment.raw,
      written_at: comment.edited_at ?? comment.created_at,
      editor_id: comment.author_id,
    })
    .execute();
  await tx
    .updateTable('comments')
    .set({
      ...text,
      edits: number,
      edited_at: toInstant(atMs) as Instant,
      ...(result === 'hold' ? { state: 'pending' as const } : {}),
    })
    .where('id', '=', id)
    .execute();
  await countComments(tx, comment.paper_key, change);
}

/**
 * Makes a comment a tombstone: text, history and reactions are gone for good, replies stay. For its
 * author only: moderators hide. Once deleted, nothing happens any more. Throws `forbidden` and `not-found`.
 */
export async function deleteComment(
  tx: Tx,
  { id, person }: { id: string; person: Person },
): Promise<void> {
  const change = await takeChanges(tx, 1);
  const comment = await getOwn(tx, id, person);
  if (comment.state === 'deleted') return;
  await eraseComments(tx, [id]);
  await countComments(tx, comment.paper_key, change);
}

/** Throws `not-found` for what this person may not even see, and `forbidden` for somebody else's. */
async function getOwn(tx: Tx, id: string, person: Person): Promise<CommentRow> {
  const comment = await tx
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const isKnown =
    comment &&
    (comment.state === 'deleted' ||
      maySee({ state: comment.state, authorId: comment.author_id }, readerOf(person)));
  if (!isKnown) throw new AppError('not-found', 'There is no such comment here.');
  if (comment.author_id === person.id) return comment;
  throw new AppError('forbidden', 'This is somebody else’s comment: only its author may do that.');
}

async function refuseIfLocked(tx: Tx, paperKey: number, person: Person): Promise<void> {
  const paper = await tx
    .selectFrom('papers')
    .select('comments_locked_at')
    .where('key', '=', paperKey)
    .executeTakeFirst();
  if (!paper) throw new AppError('not-found', 'There is no such paper here.');
  if (paper.comments_locked_at === null || roleMay(person.role, 'moderate')) return;
  throw new AppError(
    'conflict',
    'This discussion is locked: it can be read, but nothing is added or changed.',
  );
}

async function refuseParent(
  tx: Tx,
  { parentId, paperKey, person }: { parentId: string; paperKey: number; person: Person },
): Promise<void> {
  const parent = await tx
    .selectFrom('comments')
    .select(['paper_key', 'state', 'author_id'])
    .where('id', '=', parentId)
    .executeTakeFirst();
  const isHere = parent?.paper_key === paperKey;
  if (isHere && parent.state === 'visible') return;
  const isPublic = isHere && parent.state !== 'pending';
  const isSeen =
    isHere && maySee({ state: parent.state, authorId: parent.author_id }, readerOf(person));
  if (!isPublic && !isSeen) {
    throw new AppError('not-found', 'The comment that you answer is not in this discussion.');
  }
  const why = parent.state === 'pending' ? 'waits for a moderator' : `was ${parent.state}`;
  throw new AppError('conflict', `The comment that you answer ${why}: answer another one.`);
}

/** Whether a moderator must see it first. */
async function refuseOrHold(
  tx: Tx,
  writing: Parameters<typeof loadWritingFacts>[1],
): Promise<boolean> {
  if (isFreeOfChecks(writing.person)) return false;
  const verdict = checkSpam(await loadWritingFacts(tx, writing));
  if (verdict.result !== 'refuse') return verdict.result === 'hold';
  const { reason, retryAfterMs } = verdict;
  if (retryAfterMs === undefined) throw new AppError('conflict', reason);
  throw new TooManyError(reason, Math.max(1, Math.ceil(retryAfterMs / 1_000)));
}

function isFreeOfChecks({ role }: Person): boolean {
  return roleMay(role, 'moderate') || roleMay(role, 'edit');
}

/** Whether nobody has let a comment of theirs through yet. */
async function isFirst(tx: Tx, person: Person): Promise<boolean> {
  if (person.isTrusted || isFreeOfChecks(person)) return false;
  const approved = await tx
    .selectFrom('comments')
    .select('id')
    .where('author_id', '=', person.id)
    .where('state', '=', 'visible')
    .limit(1)
    .executeTakeFirst();
  return approved === undefined;
}
