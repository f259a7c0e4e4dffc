import { expect, test } from 'vitest';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { complaint, dsn, letter, plainBounce, vacation } from '../../tests/returned-mails.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { receiveMail } from './receive-mail.ts';
import { returnPathOf, unsubscribeAddressOf } from './return-addresses.ts';
import { signId } from './signed-id.ts';

const RETURNS = { returnAddress: 'returns@papers.example.org', secret: 's'.repeat(32) };
const PLAIN = RETURNS.returnAddress;

async function openWorld() {
  const database = await openTestDatabase();
  const subscriptionId = await addSubscription(database);
  const deliver = async () => {
    const deliveryId = await addDelivery(database, { subscription_id: subscriptionId });
    return { deliveryId, to: returnPathOf(RETURNS, deliveryId) as string };
  };
  const receive = async (raw: Buffer, recipient?: string) =>
    (await receiveMail(database, RETURNS, raw, recipient)).event;
  const events = () => database.read.selectFrom('mail_events').selectAll().orderBy('id').execute();
  const state = async () =>
    (await database.read.selectFrom('subscriptions').selectAll().executeTakeFirstOrThrow()).state;
  return { database, subscriptionId, deliver, receive, events, state };
}

const suppressed = async (database: Database) =>
  (await database.read.selectFrom('suppressions').select(['email', 'reason']).execute()).map(
    ({ email, reason }) => `${email} ${reason}`,
  );

test('a report of a failed delivery counts once, for the address that we wrote to', async () => {
  const { database, deliver, receive, events } = await openWorld();
  const { deliveryId, to } = await deliver();
  expect(await receive(dsn({ to }, {}))).toBe('hard bounce');
  expect(await receive(dsn({ to: to.toUpperCase() }, {}))).toBeUndefined();
  expect(await suppressed(database)).toEqual(['ada@example.org hard bounce']);
  expect(await events()).toMatchObject([
    {
      kind: 'hard bounce',
      email: 'ada@example.org',
      delivery_id: deliveryId,
      source: 'mail',
      detail: '5.1.1 550 5.1.1 <ada@example.org>: no such user',
    },
  ]);
});

test('a report of a delay or a delivery is none of a failure', async () => {
  const { deliver, receive, events } = await openWorld();
  const { to } = await deliver();
  for (const action of ['delayed', 'delivered', 'relayed', 'expanded']) {
    expect(await receive(dsn({ to }, { action, status: '4.4.1' }))).toBeUndefined();
  }
  expect(await events()).toEqual([]);
});

test('a bounce in words is soft, and answers and delays are none', async () => {
  const { database, deliver, receive, events } = await openWorld();
  const { to } = await deliver();
  expect(await receive(vacation({ to }))).toBeUndefined();
  expect(await receive(letter({ to }))).toBeUndefined();
  expect(await receive(plainBounce({ to }, 'Warning: message delayed 4 hours'))).toBeUndefined();
  expect(await events()).toEqual([]);
  expect(await receive(plainBounce({ to }))).toBe('soft bounce');
  expect(await suppressed(database)).toEqual([]);
});

test('a complaint ends its subscription, whichever signed address tells of it', async () => {
  const ways = [
    (to: string) => complaint({ to }),
    (to: string) => complaint({ to: PLAIN }, { mailFrom: to }),
    (to: string) => complaint({ to: PLAIN, returnPath: to }),
    (_: string, id: string) =>
      complaint({
        to: PLAIN,
        unsubscribe: `<https://papers.example.org/unsubscribe/${signId(RETURNS.secret, 'end subscription', id)}>,\n <mailto:${PLAIN}>`,
      }),
    (_: string, subscriptionId: string) =>
      complaint({
        to: PLAIN,
        unsubscribe: `<mailto:${unsubscribeAddressOf(RETURNS, { subscriptionId })}?subject=unsubscribe>`,
      }),
  ];
  for (const way of ways) {
    const { database, deliver, receive, state, subscriptionId } = await openWorld();
    const { to } = await deliver();
    expect(await receive(way(to, subscriptionId))).toBe('complaint');
    expect(await suppressed(database)).toEqual(['ada@example.org complaint']);
    expect(await state()).toBe('ended');
  }
});

test('a report that something is no spam is no complaint', async () => {
  const { deliver, receive, state } = await openWorld();
  const { to } = await deliver();
  expect(await receive(complaint({ to }, { type: 'not-spam' }))).toBeUndefined();
  expect(await state()).toBe('active');
});

test('a mail to the address of an unsubscribe ends the subscription, an answer of a machine does not', async () => {
  const { database, subscriptionId, receive, state, events } = await openWorld();
  const to = unsubscribeAddressOf(RETURNS, { subscriptionId }) as string;
  expect(await receive(vacation({ to }))).toBeUndefined();
  expect(await receive(dsn({ to }, {}))).toBeUndefined();
  expect(await state()).toBe('active');
  expect(await receive(letter({ to }))).toBe('unsubscribe');
  expect(await receive(letter({ to }))).toBeUndefined();
  expect(await state()).toBe('ended');
  expect(await events()).toMatchObject([{ kind: 'unsubscribe', email: 'ada@example.org' }]);
  expect(await suppressed(database)).toEqual([]);
});

test('what the mail server says of the recipient counts although the message does not name it', async () => {
  const { deliver, receive } = await openWorld();
  const { to } = await deliver();
  expect(await receive(dsn({ to: 'someone@example.org' }, {}), to)).toBe('hard bounce');
});

test('forged bounces, complaints and unsubscribes are worth nothing', async () => {
  const { database, subscriptionId, deliver, receive, state, events } = await openWorld();
  const { deliveryId } = await deliver();
  const others = { ...RETURNS, secret: 'o'.repeat(32) };
  const forged = [
    PLAIN,
    `returns+b-${deliveryId}@papers.example.org`,
    returnPathOf(others, deliveryId) as string,
    unsubscribeAddressOf(others, { subscriptionId }) as string,
    `returns+u-${signId(RETURNS.secret, 'manage subscription', subscriptionId)}@papers.example.org`,
  ];
  for (const to of forged) {
    for (const raw of [
      dsn({ to, returnPath: to }, {}),
      complaint({ to, returnPath: to, unsubscribe: `<mailto:${to}>` }, { mailFrom: to }),
      plainBounce({ to }),
      letter({ to }),
    ]) {
      expect(await receive(raw, to)).toBeUndefined();
    }
  }
  expect(await events()).toEqual([]);
  expect(await suppressed(database)).toEqual([]);
  expect(await state()).toBe('active');
});
