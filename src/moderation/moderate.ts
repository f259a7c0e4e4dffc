// What moderators do. Each act is done, written into the public log with its reason, and closes the
// reports that led to it, in one transaction; it can be undone.
import { type Day, type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { HiddenReason } from '../comments/comment.ts';
import {
  approveComment,
  hideComment,
  lockComments,
  showComment,
  unlockComments,
} from '../comments/moderate-comments.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { listEntry, unlistEntry } from '../days/edit-entry.ts';
import { writeAudit } from '../people/audit-log.ts';
import { FOR_EVER, type Person } from '../people/person.ts';
import { type Role, roleMay } from '../people/roles.ts';
import { endSessions } from '../people/sessions.ts';
import { closeReports } from './reports.ts';
import { getTarget, type Target, type TargetKind, type TargetView } from './target.ts';

/** Each with the targets it fits and the act that takes it back. */
export const ACTS = {
  hide: { on: ['comment'], undo: 'show' },
  show: { on: ['comment'], undo: 'hide' },
  approve: { on: ['comment'], undo: 'hide' },
  lock: { on: ['paper'], undo: 'unlock' },
  unlock: { on: ['paper'], undo: 'lock' },
  unlist: { on: ['entry'], undo: 'list' },
  list: { on: ['entry'], undo: 'unlist' },
  warn: { on: ['person'], undo: 'withdraw' },
  withdraw: { on: ['person'], undo: undefined },
  suspend: { on: ['person'], undo: 'free' },
  ban: { on: ['person'], undo: 'free' },
  free: { on: ['person'], undo: undefined },
} as const satisfies Record<string, { on: readonly TargetKind[]; undo: string | undefined }>;
export type Act = keyof typeof ACTS;

export function parseAct(text: string | undefined): Act {
  if (text !== undefined && Object.hasOwn(ACTS, text)) return text as Act;
  throw new AppError('invalid', `Choose what to do: ${Object.keys(ACTS).join(', ')}.`);
}

export const MAX_REASON_LENGTH = 500;

/** Throws `invalid`. */
export function parseDeedReason(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= MAX_REASON_LENGTH) return reason;
  throw new AppError(
    'invalid',
    `Give a reason of at most ${MAX_REASON_LENGTH} signs: it is shown in the moderation log.`,
  );
}

export type Deed = {
  act: Act;
  target: Target;
  /** Shown to everyone in the log, and to the person. */
  reason: string;
  /** What readers see in the place of a comment that is hidden. */
  hiddenAs?: HiddenReason | undefined;
  /** Of a suspension; a ban without one lasts. */
  until?: Instant | undefined;
  /** The entry of the log that this takes back. */
  undoes?: number;
};

/** Returns the number of the log's entry, and who is to be told. */
export async function moderate(
  tx: Tx,
  actor: Person,
  deed: Deed,
): Promise<{ logId: number; view: TargetView }> {
  const { act, target, undoes } = deed;
  const reason = parseDeedReason(deed.reason);
  const on: readonly string[] = ACTS[act].on;
  if (!on.includes(target.kind)) {
    throw new AppError('invalid', `One cannot ${act} a ${target.kind}.`);
  }
  await takeChanges(tx, 1);
  const view = await getTarget(tx, target);
  await perform(tx, actor, { ...deed, reason }, view);
  const { id } = await tx
    .insertInto('moderation_log')
    .values({
      acted_at: now(),
      actor_id: actor.id,
      action: act,
      target_kind: target.kind,
      target_id: target.id,
      subject_id: view.personId ?? null,
      reason,
      details: JSON.stringify(deed.until ? { until: deed.until } : {}),
      undoes: undoes ?? null,
      undone_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await closeReports(tx, { target, by: actor.id, as: 'upheld' });
  return { logId: id, view };
}

/** Closes the reports of something that is all right. */
export async function dismissReports(tx: Tx, actor: Person, target: Target): Promise<void> {
  await closeReports(tx, { target, by: actor.id, as: 'dismissed' });
}

/** Takes an entry of the log back. Throws `not-found`, and `conflict` when it was taken back or cannot be. */
export async function undo(
  tx: Tx,
  actor: Person,
  { logId, reason }: { logId: number; reason: string },
): Promise<{ logId: number; view: TargetView }> {
  await takeChanges(tx, 1);
  const entry = await tx
    .selectFrom('moderation_log')
    .selectAll()
    .where('id', '=', logId)
    .executeTakeFirst();
  if (!entry) throw new AppError('not-found', 'The moderation log has no such entry.');
  const { undo: act } = ACTS[entry.action as Act] ?? {};
  if (entry.undone_at !== null || act === undefined) {
    throw new AppError('conflict', 'That was taken back already, or cannot be taken back.');
  }
  const target = { kind: entry.target_kind as TargetKind, id: entry.target_id };
  const done = await moderate(tx, actor, { act, target, reason, undoes: logId });
  await tx
    .updateTable('moderation_log')
    .set({ undone_at: now() })
    .where('id', '=', logId)
    .execute();
  return done;
}

async function perform(tx: Tx, actor: Person, deed: Deed, view: TargetView): Promise<void> {
  const { act, target } = deed;
  switch (act) {
    case 'hide':
      await hideComment(tx, { id: target.id, by: actor.id, reason: deed.hiddenAs ?? 'Resolved' });
      return;
    case 'show':
      await showComment(tx, { id: target.id });
      return;
    case 'approve':
      await approveComment(tx, { id: target.id });
      return;
    case 'lock':
      await lockComments(tx, Number(target.id));
      return;
    case 'unlock':
      await unlockComments(tx, Number(target.id));
      return;
    case 'unlist':
    case 'list':
      return setListed(tx, target, act === 'list');
    default:
      return sanction(tx, actor, deed, view);
  }
}

async function setListed(tx: Tx, target: Target, isListed: boolean): Promise<void> {
  const [day = '', key = ''] = target.id.split(' ');
  const place = { day: day as Day, paperKey: Number(key) };
  await (isListed ? listEntry(tx, place) : unlistEntry(tx, place));
}

async function sanction(tx: Tx, actor: Person, deed: Deed, view: TargetView): Promise<void> {
  const { act, target, reason } = deed;
  const person = await tx
    .selectFrom('people')
    .select(['id', 'role'])
    .where('id', '=', target.id)
    .executeTakeFirst();
  if (!person || view.personId === undefined) throw new AppError('not-found', 'They are gone.');
  if (person.id === actor.id) {
    throw new AppError('forbidden', 'One cannot moderate oneself: ask another moderator.');
  }
  const subjectRole = person.role as Role;
  if (
    subjectRole === 'administrator' ||
    (roleMay(subjectRole, 'moderate') && actor.role !== 'administrator')
  ) {
    throw new AppError(
      'forbidden',
      `Moderators cannot sanction a ${subjectRole}: an administrator can, after taking the role away.`,
    );
  }
  if (act === 'free' || act === 'withdraw') {
    await lift(tx, person.id, act === 'free' ? ['suspend', 'ban'] : ['warn']);
    if (act === 'free')
      await writeAudit(tx, { action: 'bar lifted', actorId: actor.id, subjectId: person.id });
    return;
  }
  if (act === 'suspend' && (deed.until === undefined || deed.until <= now())) {
    throw new AppError('invalid', 'Say until when the suspension lasts: a day in the future.');
  }
  const until = act === 'warn' ? null : (deed.until ?? FOR_EVER);
  if (act !== 'warn') {
    await lift(tx, person.id, ['suspend', 'ban']);
    await tx
      .updateTable('people')
      .set({ barred_until: until, barred_by: act })
      .where('id', '=', person.id)
      .execute();
    if (act === 'ban') await endSessions(tx, person.id, 'all');
    const details = { by: act, until: until ?? '' };
    await writeAudit(tx, { action: 'barred', actorId: actor.id, subjectId: person.id, details });
  }
  await tx
    .insertInto('sanctions')
    .values({
      person_id: person.id,
      kind: act as 'warn' | 'suspend' | 'ban',
      until,
      reason,
      created_by: actor.id,
      created_at: now(),
      lifted_at: null,
    })
    .execute();
}

async function lift(
  tx: Tx,
  personId: string,
  kinds: ('warn' | 'suspend' | 'ban')[],
): Promise<void> {
  await tx
    .updateTable('sanctions')
    .set({ lifted_at: now() })
    .where('person_id', '=', personId)
    .where('kind', 'in', kinds)
    .where('lifted_at', 'is', null)
    .execute();
  if (kinds.includes('warn')) return;
  await tx
    .updateTable('people')
    .set({ barred_until: null, barred_by: null })
    .where('id', '=', personId)
    .execute();
}
