// What the living community leaves out, so that no page is empty: one of each thing that has an address of its own.

import { type AlertWish, createAlert } from '../src/alerts/alert-store.ts';
import { type Day, now } from '../src/base/calendar.ts';
import type { ChannelDraft, Owner } from '../src/channels/channel.ts';
import { createChannel } from '../src/channels/channel-store.ts';
import { insertPost } from '../src/channels/enqueue-post.ts';
import { editComment } from '../src/comments/comment-store.ts';
import type { Database, Tx } from '../src/database/database.ts';
import { signId } from '../src/digests/signed-id.ts';
import { suppress } from '../src/digests/suppressions.ts';
import { parseTopic } from '../src/feed/topic.ts';
import { fileReport } from '../src/moderation/reports.ts';
import { createInvitation } from '../src/people/joining.ts';
import type { Person } from '../src/people/person.ts';
import { createFeedToken } from '../src/syndication/feed-tokens.ts';
import { comment, NO_APPROVAL } from './comments.ts';
import { addDelivery, addSubscription } from './mail-rows.ts';

/** A paper of the demo edition whose title and abstract hold formulas. */
export const PAPER = '2510.24668';
/** The newest day of the demo edition's recorded lists, which holds PAPER. */
export const DAY = '2025-10-29' as Day;

export type Corners = {
  /** Of the member. */
  handle: string;
  /** Of the member, edited, on PAPER. */
  commentId: string;
  /** Of the member; and of the instance. */
  channel: { id: string; post: string };
  instanceChannel: { id: string; post: string };
  alertId: string;
  digestId: string;
  submissionId: string;
  invitationCode: string;
  /** Of a visitor, who has its links only. */
  visitor: { manage: string; end: string; confirm: string };
};

export async function fillCorners(
  database: Database,
  people: Record<'member' | 'administrator', Person>,
  secret: string,
): Promise<Corners> {
  const { member, administrator } = people;
  const paperKey = await keyOf(database, PAPER);
  const { id: commentId } = await comment(database, member, {
    paperKey,
    raw: 'A first thought.',
  });
  const raw =
    'A thought on **this** with $\\sum_i x_i^2$, `code`, a [link](https://example.org) and\n\n> a quotation\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |';
  const visitorId = await addSubscription(database, {
    topics:
      '[{"topic":"trending","isPaused":false},{"topic":"author:ada-lovelace","isPaused":true}]',
    next_at: '2999-01-07T07:00:00.000Z',
  });
  const unconfirmedId = await addSubscription(database, {
    email: 'grace@example.org',
    state: 'unconfirmed',
    // An old one would be tidied away at night.
    created_at: new Date().toISOString(),
    confirmed_at: null,
    next_at: null,
  });
  const digestId = await addSubscription(database, {
    person_id: member.id,
    email: member.email,
    name: 'Reading group on normalization',
    topics:
      '[{"topic":"list","isPaused":false},{"topic":"search:either:diffusion","isPaused":false}]',
    next_at: '2999-01-07T07:00:00.000Z',
  });
  for (const state of ['sent', 'failed', 'waiting'] as const) {
    await addDelivery(database, {
      subscription_id: digestId,
      email: member.email,
      state,
      run_at: '2999-01-01T00:00:00.000Z',
      papers: JSON.stringify([PAPER]),
      problem: state === 'failed' ? '550 There is no such mailbox here' : null,
    });
  }
  return database.transact(async (tx) => {
    await editComment(tx, { id: commentId, person: member, raw, rules: NO_APPROVAL });
    await fileReport(tx, {
      by: administrator.id,
      target: { kind: 'comment', id: commentId },
      reason: 'Off-Topic',
      note: 'About something else.',
    });
    await suppress(tx, { email: 'gone@example.org', reason: 'hard bounce', detail: '550 No' });
    await createFeedToken(tx, member.id, { name: 'My reader', feed: '/feeds/trending' });
    const invitation = { by: member.id, note: 'For Grace', isUnlimited: false };
    const { code } = await createInvitation(tx, invitation);
    return {
      handle: member.handle,
      commentId,
      digestId,
      invitationCode: code,
      alertId: await makeAlert(tx, member, digestId, paperKey),
      channel: await makeChannel(tx, database, member.id),
      instanceChannel: await makeChannel(tx, database, undefined),
      submissionId: await makeSubmission(tx, member),
      visitor: {
        manage: signId(secret, 'manage subscription', visitorId),
        end: signId(secret, 'end subscription', visitorId),
        confirm: signId(secret, 'confirm subscription', unconfirmedId, Date.now() + 3_600_000),
      },
    };
  });
}

async function keyOf({ read }: Database, id: string): Promise<number> {
  const query = read.selectFrom('papers').select('key').where('id', '=', id);
  return (await query.executeTakeFirstOrThrow()).key;
}

async function makeAlert(tx: Tx, { id }: Person, digestId: string, key: number): Promise<string> {
  const wish: AlertWish = {
    name: 'diffusion',
    topic: parseTopic('search:either:diffusion') as AlertWish['topic'],
    mailsAtOnce: true,
    subscriptionId: digestId,
    channelId: undefined,
  };
  const beginning = { position: 0, firstDay: DAY, seen: [] };
  const alertId = await createAlert(tx, id, wish, beginning);
  await tx
    .insertInto('alert_matches')
    .values({ alert_id: alertId, paper_key: key, day: DAY, matched_at: now() })
    .execute();
  return alertId;
}

/** With a post that failed, of which the log tells. */
async function makeChannel(tx: Tx, { engine }: Database, owner: Owner) {
  const draft: ChannelDraft = {
    name: 'Where we talk',
    target: {
      kind: 'webhook',
      url: 'https://hooks.example.org/papers',
      secret: 'bsk_of-the-tests',
    },
    trigger: 'day',
    papers: 3,
    votes: 10,
    hour: 8,
    timeZone: 'UTC',
    topics: [parseTopic('category:cs.LG')],
  };
  const id = await createChannel(tx, owner, draft, { by: owner });
  const occasion = `day ${DAY}`;
  const post = await insertPost(tx, engine, {
    channelId: id,
    occasion,
    papers: [PAPER],
    state: 'waiting',
  });
  await tx
    .updateTable('channel_posts')
    .set({
      state: 'failed',
      status: 404,
      problem: 'It answered 404.',
      sent: '{"text":"…"}',
      attempts: 3,
    })
    .where('id', '=', post)
    .execute();
  await tx
    .updateTable('channels')
    .set({ next_at: '2999-01-01T00:00:00.000Z', problem: 'It answered 404.' })
    .where('id', '=', id)
    .execute();
  return { id, post };
}

async function makeSubmission(tx: Tx, { id: personId }: Person): Promise<string> {
  const id = 'submission-of-the-tests';
  const at = now();
  await tx
    .insertInto('submissions')
    .values({
      id,
      person_id: personId,
      reference: '10.5555/none',
      paper_key: null,
      paper_id: null,
      day: null,
      comment: 'Not in vain.',
      links: '{}',
      media: '[]',
      state: 'refused',
      problem: 'There is no paper at that address.',
      created_at: at,
      changed_at: at,
    })
    .execute();
  return id;
}
