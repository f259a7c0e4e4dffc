import { expect, test } from 'vitest';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { now, toInstant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { type MailEvent, noteMailEvent } from './mail-events.ts';
import { newId } from './signed-id.ts';
import { isSuppressed, lift, listSuppressions, suppress } from './suppressions.ts';

const ADA = 'ada@example.org';
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => toInstant(Date.now() - days * DAY_MS) as string;

function note(database: Database, event: Partial<MailEvent>): Promise<boolean> {
  const whole = { kind: 'hard bounce' as const, source: 'mail', detail: 'No such user', ...event };
  return database.transact((tx) => noteMailEvent(tx, whole));
}

const stateOf = async (database: Database, id: string) =>
  database.read
    .selectFrom('subscriptions')
    .select(['state', 'ended_by', 'next_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const isQuiet = async (database: Database, email = ADA) =>
  (await isSuppressed(database.read, [email])).has(email);

test('a hard bounce suppresses the address of its delivery, and counts once whoever tells it', async () => {
  const database = await openTestDatabase();
  const id = await addSubscription(database);
  const deliveryId = await addDelivery(database, { subscription_id: id });
  expect(await note(database, { deliveryId, email: 'forwarded@elsewhere.org' })).toBe(true);
  expect(await note(database, { deliveryId, source: 'ses', sourceId: 'other' })).toBe(false);
  expect(await isQuiet(database)).toBe(true);
  expect(await isQuiet(database, 'ada@EXAMPLE.org')).toBe(true);
  expect(await isQuiet(database, 'forwarded@elsewhere.org')).toBe(false);
  expect(await stateOf(database, id)).toMatchObject({ state: 'active' });
  const { items } = await listSuppressions(database.read, {
    words: 'ADA@',
    before: undefined,
    limit: 10,
  });
  expect(items).toMatchObject([{ email: ADA, reason: 'hard bounce', detail: 'No such user' }]);
});

test('an event about nothing that is known here is no event', async () => {
  const database = await openTestDatabase();
  expect(await note(database, { deliveryId: newId() })).toBe(false);
  expect(await note(database, { ends: { subscriptionId: newId() } })).toBe(false);
  const { items } = await listSuppressions(database.read, {
    words: '',
    before: undefined,
    limit: 1,
  });
  expect(items).toEqual([]);
});

test('five soft bounces in a row suppress, and one delivery that arrived between them begins anew', async () => {
  const database = await openTestDatabase();
  const bounce = async (days: number) => {
    const deliveryId = await addDelivery(database, { sent_at: daysAgo(days) });
    await note(database, { kind: 'soft bounce', deliveryId });
  };
  for (const days of [20, 19]) await bounce(days);
  await addDelivery(database, { sent_at: daysAgo(18) });
  for (const days of [17, 16, 15, 14]) await bounce(days);
  // Of this one nothing may have been heard as yet.
  await addDelivery(database, { sent_at: daysAgo(1) });
  expect(await isQuiet(database)).toBe(false);
  await bounce(13);
  expect(await isQuiet(database)).toBe(true);
  await database.transact((tx) => lift(tx, ADA));
  expect(await isQuiet(database)).toBe(false);
  await bounce(2);
  expect(await isQuiet(database)).toBe(false);
});

test('soft bounces of one delivery count once, and old ones not at all', async () => {
  const database = await openTestDatabase();
  const deliveryId = await addDelivery(database, { sent_at: daysAgo(3) });
  for (let times = 0; times < 6; times++) await note(database, { kind: 'soft bounce', deliveryId });
  for (let index = 0; index < 5; index++) {
    await note(database, {
      kind: 'soft bounce',
      email: ADA,
      sourceId: `old ${index}`,
      at: daysAgo(40) as MailEvent['at'],
    });
  }
  expect(await isQuiet(database)).toBe(false);
  for (let index = 0; index < 4; index++) {
    await note(database, { kind: 'soft bounce', email: 'ada@Example.ORG', sourceId: `${index}` });
  }
  expect(await isQuiet(database)).toBe(true);
});

test('a complaint suppresses and ends the subscription, and a bounce does not take its place', async () => {
  const database = await openTestDatabase();
  const [complained, other] = [await addSubscription(database), await addSubscription(database)];
  const deliveryId = await addDelivery(database, { subscription_id: complained });
  await note(database, { kind: 'complaint', deliveryId, detail: 'abuse' });
  await note(database, { deliveryId });
  expect(await stateOf(database, complained)).toEqual({
    state: 'ended',
    ended_by: 'complaint',
    next_at: null,
  });
  expect(await stateOf(database, other)).toMatchObject({ state: 'active' });
  const { items } = await listSuppressions(database.read, {
    words: '',
    before: undefined,
    limit: 5,
  });
  expect(items).toMatchObject([{ reason: 'complaint', detail: 'abuse' }]);
});

test('a mailed unsubscribe ends what it names, and without a name all that goes to the address', async () => {
  const database = await openTestDatabase();
  const [first, second] = [await addSubscription(database), await addSubscription(database)];
  const unsubscribe = { kind: 'unsubscribe' as const, detail: '' };
  await note(database, { ...unsubscribe, ends: { subscriptionId: first }, sourceId: 'one' });
  expect(await stateOf(database, first)).toMatchObject({ state: 'ended', ended_by: 'mail' });
  expect(await stateOf(database, second)).toMatchObject({ state: 'active' });
  await note(database, { ...unsubscribe, email: 'ada@EXAMPLE.org', sourceId: 'two' });
  expect(await stateOf(database, second)).toMatchObject({ state: 'ended', ended_by: 'mail' });
  expect(await isQuiet(database)).toBe(false);
});

test('a mailed unsubscribe of an alert leaves the alert and ends its mail', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  const id = newId();
  const at = now();
  await database.transact((tx) =>
    tx
      .insertInto('alerts')
      .values({
        id,
        person_id: person.id,
        name: 'Mine',
        topic: 'trending',
        mails_at_once: 1,
        subscription_id: null,
        channel_id: null,
        created_at: at,
        changed_at: at,
        paused_at: null,
        looked_at: null,
      })
      .execute(),
  );
  const deliveryId = await addDelivery(database, { alert_id: id });
  await note(database, { kind: 'unsubscribe', deliveryId });
  const alert = await database.read.selectFrom('alerts').selectAll().executeTakeFirstOrThrow();
  expect(alert).toMatchObject({ id, mails_at_once: 0, paused_at: null });
});

test('suppressions are listed in pages, and asked for in any number', async () => {
  const database = await openTestDatabase();
  const emails = Array.from({ length: 450 }, (_, index) => `p${index}_x@example.org`);
  await database.transact(async (tx) => {
    for (const email of emails) await suppress(tx, { email, reason: 'by hand', detail: '' });
  });
  const asked = [...emails, 'nobody@example.org'];
  expect([...(await isSuppressed(database.read, asked))]).toEqual(emails);
  const seen: string[] = [];
  let before: { since: never; key: string } | undefined;
  for (;;) {
    const page = await listSuppressions(database.read, { words: '_x@', before, limit: 200 });
    seen.push(...page.items.map((item) => item.key));
    const last = page.items.at(-1);
    if (!page.hasMore || !last) break;
    before = { since: last.since as never, key: last.key };
  }
  expect(new Set(seen)).toEqual(new Set(emails));
  expect(seen).toHaveLength(450);
});
