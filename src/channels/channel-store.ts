// Keeping channels. Whoever asks says whose channel it must be: another's is not found.
import { randomBytes } from 'node:crypto';
import { Cron } from 'croner';
import type { Updateable } from 'kysely';
import { type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Db, Tx } from '../database/database.ts';
import type { ChannelsTable } from '../database/schema.ts';
import { newId } from '../digests/signed-id.ts';
import { topicKey } from '../feed/topic.ts';
import { writeAudit } from '../people/audit-log.ts';
import {
  type Channel,
  type ChannelDraft,
  channelFromRow,
  maskedTarget,
  type Owner,
  type Target,
} from './channel.ts';

/** How many a person may have, and the instance. */
export const MAX_OWN_CHANNELS = 10;
const MAX_INSTANCE_CHANNELS = 100;

/** What the receiver of a plain webhook checks signatures with. */
export function newSigningSecret(): string {
  return `bsk_${randomBytes(32).toString('base64url')}`;
}

/** The next time that a clock of the time zone shows the hour. */
export function nextPostAt(
  { hour, timeZone }: Pick<ChannelDraft, 'hour' | 'timeZone'>,
  after: Date,
): Instant {
  const cron = new Cron(`0 ${hour} * * *`, { timezone: timeZone, paused: true });
  return (cron.nextRun(after) as Date).toISOString() as Instant;
}

/** All of an owner, the oldest first. */
export async function listChannels(db: Db, owner: Owner): Promise<Channel[]> {
  const rows = await ownedBy(db, owner)
    .orderBy('created_at')
    .orderBy('id')
    .limit(MAX_INSTANCE_CHANNELS)
    .execute();
  return rows.map(channelFromRow);
}

/** Throws `not-found`. */
export async function getChannel(db: Db, owner: Owner, id: string): Promise<Channel> {
  const row = await ownedBy(db, owner).where('id', '=', id).executeTakeFirst();
  if (row) return channelFromRow(row);
  throw new AppError('not-found', 'There is no such channel: it may have been deleted.');
}

export async function findChannel(db: Db, id: string): Promise<Channel | undefined> {
  const row = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
  return row && channelFromRow(row);
}

/** Throws `conflict` when the owner has as many as may be. Returns the new id. */
export async function createChannel(
  tx: Tx,
  owner: Owner,
  draft: ChannelDraft,
  { by }: { by: string | undefined },
): Promise<string> {
  await refuseTooMany(tx, owner);
  const id = newId();
  const at = now();
  await tx
    .insertInto('channels')
    .values({
      id,
      person_id: owner ?? null,
      ...columnsOf(draft),
      state: 'active',
      problem: null,
      created_at: at,
      changed_at: at,
      ...fromNowOn(draft, at),
      busy_until: null,
    })
    .execute();
  await audit(tx, owner, by, 'channel made', draft);
  return id;
}

/** What is told from now on; of another occasion or other papers nothing of before. Throws `not-found`. */
export async function changeChannel(
  tx: Tx,
  channel: Channel,
  draft: ChannelDraft,
  { by }: { by: string | undefined },
): Promise<void> {
  const at = now();
  const columns = columnsOf(draft);
  const isAsBefore = TIMING.every((name) => columns[name] === columnsOf(channel)[name]);
  await update(tx, channel, {
    ...columns,
    changed_at: at,
    ...(isAsBefore ? {} : fromNowOn(draft, at)),
    // Another address deserves another try.
    ...(columns.target === columnsOf(channel).target ? {} : { problem: null }),
  });
  await audit(tx, channel.owner, by, 'channel changed', draft);
}

/** What decides from when on is told: none of it may bring up what was before. */
const TIMING = ['trigger', 'votes', 'hour', 'time_zone', 'topics'] as const;

/** A channel that goes on tells nothing of what happened meanwhile. Idempotent. */
export async function setPaused(
  tx: Tx,
  channel: Channel,
  isPaused: boolean,
  { by }: { by: string | undefined },
): Promise<void> {
  if ((channel.state === 'paused') === isPaused) return;
  const at = now();
  await update(
    tx,
    channel,
    isPaused
      ? { state: 'paused', changed_at: at }
      : { state: 'active', problem: null, changed_at: at, ...fromNowOn(channel, at) },
  );
  await audit(tx, channel.owner, by, 'channel changed', channel);
}

/** The old secret is worth nothing from now on. Returns the new one. */
export async function renewSecret(
  tx: Tx,
  channel: Channel,
  { by }: { by: string | undefined },
): Promise<string> {
  if (channel.target.kind !== 'webhook') {
    throw new AppError('invalid', 'Only a webhook has a secret of ours.');
  }
  const secret = newSigningSecret();
  const target = { ...channel.target, secret };
  await update(tx, channel, { ...columnsOf({ ...channel, target }), changed_at: now() });
  await audit(tx, channel.owner, by, 'channel changed', channel);
  return secret;
}

/** With its log. */
export async function deleteChannel(
  tx: Tx,
  channel: Channel,
  { by }: { by: string | undefined },
): Promise<void> {
  await tx.deleteFrom('channels').where('id', '=', channel.id).execute();
  await audit(tx, channel.owner, by, 'channel removed', channel);
}

function ownedBy(db: Db, owner: Owner) {
  const query = db.selectFrom('channels').selectAll();
  return owner === undefined
    ? query.where('person_id', 'is', null)
    : query.where('person_id', '=', owner);
}

async function refuseTooMany(tx: Tx, owner: Owner): Promise<void> {
  if (owner !== undefined) {
    // Locks the person, so that two forms at once are counted one after the other.
    await tx
      .updateTable('people')
      .set((eb) => ({ handle: eb.ref('handle') }))
      .where('id', '=', owner)
      .execute();
  }
  const max = owner === undefined ? MAX_INSTANCE_CHANNELS : MAX_OWN_CHANNELS;
  const known = await ownedBy(tx, owner).limit(max).execute();
  if (known.length < max) return;
  throw new AppError('conflict', `There are ${max} channels already: delete one first.`);
}

function columnsOf({ name, target, topics, timeZone, trigger, papers, votes, hour }: ChannelDraft) {
  const { kind, ...rest } = target;
  return {
    name,
    kind,
    target: JSON.stringify(rest),
    trigger,
    papers,
    votes,
    hour,
    time_zone: timeZone,
    topics: JSON.stringify(topics.map(topicKey)),
  };
}

function fromNowOn(draft: ChannelDraft, at: Instant) {
  const isByDay = draft.trigger === 'day';
  return {
    since_at: at,
    next_at: isByDay ? nextPostAt(draft, new Date(at)) : null,
    covered_until: isByDay ? null : at,
  };
}

async function update(tx: Tx, { id }: Channel, set: Updateable<ChannelsTable>): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('channels')
    .set(set)
    .where('id', '=', id)
    .executeTakeFirst();
  if (Number(numUpdatedRows) > 0) return;
  throw new AppError('not-found', 'There is no such channel: it may have been deleted.');
}

/** What the instance tells the world is everyone's business; a person's own channels are theirs. */
async function audit(
  tx: Tx,
  owner: Owner,
  by: string | undefined,
  action: 'channel made' | 'channel changed' | 'channel removed',
  { name, target }: { name: string; target: Target },
): Promise<void> {
  if (owner !== undefined) return;
  const details = { name, kind: target.kind, to: maskedTarget(target) };
  await writeAudit(tx, { action, actorId: by, details });
}
