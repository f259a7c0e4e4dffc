import { expect, test } from 'vitest';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { askToSubscribe } from './ask-to-subscribe.ts';
import { parseWish, usualWish, type Wish } from './parse-wish.ts';
import type { Subscription } from './subscription.ts';
import {
  changeSubscription,
  confirmSubscription,
  createSubscription,
  endSubscription,
  findSubscription,
  listSubscriptionsOf,
  MAX_SUBSCRIPTIONS,
  pauseSubscription,
  pauseTopic,
  resumeSubscription,
} from './subscription-store.ts';
import { adoptSubscriptions, digestsOf, hasAdoptable } from './subscriptions-of-person.ts';
import { isSuppressed, suppress } from './suppressions.ts';
import { tidySubscriptions } from './tidy-subscriptions.ts';

const EMAIL = 'ada@example.org';
const DAY_MS = 86_400_000;

function wish(changes: Partial<Wish> = {}): Wish {
  return {
    ...(parseWish(usualWish({ timeZone: 'Europe/Berlin', digestHour: 8 })).wish as Wish),
    ...changes,
  };
}

async function make(
  database: Database,
  changes: Partial<Parameters<typeof createSubscription>[1]> = {},
): Promise<string> {
  return database.transact((tx) =>
    createSubscription(tx, { email: EMAIL, wish: wish(), isConfirmed: true, ...changes }),
  );
}

const get = async (database: Database, id: string) =>
  (await findSubscription(database.read, id)) as Subscription;

test('an unconfirmed one has no next issue until it is confirmed, once, and cannot be resumed', async () => {
  const database = await openTestDatabase();
  const id = await make(database, { isConfirmed: false });
  expect(await get(database, id)).toMatchObject({
    state: 'unconfirmed',
    topics: [{ topic: { kind: 'trending' } }],
  });
  expect((await get(database, id)).nextAt).toBeUndefined();
  const confirmed = await database.transact((tx) => confirmSubscription(tx, id));
  expect(confirmed).toMatchObject({ state: 'active', hour: 8, timeZone: 'Europe/Berlin' });
  expect(Date.parse(confirmed?.nextAt ?? '')).toBeGreaterThan(Date.now());
  await database.transact((tx) => endSubscription(tx, id, 'one-click'));
  // The link of the first mail does not bring back what has ended.
  const again = await database.transact((tx) => confirmSubscription(tx, id));
  expect(again).toMatchObject({ state: 'ended', endedBy: 'one-click' });
  expect(await database.transact((tx) => confirmSubscription(tx, 'unknown'))).toBeUndefined();

  const never = await make(database, { isConfirmed: false });
  await database.transact((tx) => endSubscription(tx, never, 'reader'));
  const resuming = database.transact((tx) => resumeSubscription(tx, never));
  await expect(resuming).rejects.toThrow('Open the link that was mailed');
});

test('a change keeps paused topics paused; pauses and ends leave no next issue until it goes on', async () => {
  const database = await openTestDatabase();
  const id = await make(database);
  await database.transact((tx) => pauseTopic(tx, id, { key: 'trending', isPaused: true }));
  await database.transact((tx) =>
    changeSubscription(
      tx,
      id,
      wish({
        cadence: 'monthly',
        hour: 17,
        timeZone: 'UTC',
        topics: [{ kind: 'trending' }, { kind: 'category', category: 'cs.LG' }],
      }),
    ),
  );
  const changed = await get(database, id);
  expect(changed.topics).toEqual([
    { topic: { kind: 'trending' }, isPaused: true },
    { topic: { kind: 'category', category: 'cs.LG' }, isPaused: false },
  ]);
  const { nextAt } = changed;
  expect(nextAt).toMatch(/-01T17:00:00/);
  await database.transact((tx) => pauseSubscription(tx, id));
  expect(await get(database, id)).toMatchObject({ state: 'paused', nextAt: undefined });
  const monthly = wish({ cadence: 'monthly', hour: 17, timeZone: 'UTC' });
  await database.transact((tx) => changeSubscription(tx, id, monthly));
  expect((await get(database, id)).nextAt).toBeUndefined();
  await database.transact((tx) => resumeSubscription(tx, id));
  expect(await get(database, id)).toMatchObject({ state: 'active', nextAt });
  await database.transact((tx) => endSubscription(tx, id, 'bounce'));
  await database.transact((tx) => endSubscription(tx, id, 'reader'));
  await database.transact((tx) => pauseSubscription(tx, id));
  expect(await get(database, id)).toMatchObject({
    state: 'ended',
    endedBy: 'bounce',
    nextAt: undefined,
  });
  await database.transact((tx) => resumeSubscription(tx, id));
  expect(await get(database, id)).toMatchObject({ state: 'active', endedBy: null, nextAt });
});

test('mail may go to an address again when its owner confirms, or comes back', async () => {
  const database = await openTestDatabase();
  const held = async () => (await isSuppressed(database.read, [EMAIL])).size > 0;
  const hold = () =>
    database.transact((tx) => suppress(tx, { email: EMAIL, reason: 'complaint', detail: '' }));
  await hold();
  const id = await make(database, { isConfirmed: false });
  expect(await held()).toBe(true);
  await database.transact((tx) => confirmSubscription(tx, id));
  expect(await held()).toBe(false);
  await hold();
  await database.transact((tx) => endSubscription(tx, id, 'complaint'));
  await database.transact((tx) => resumeSubscription(tx, id));
  expect(await held()).toBe(false);
});

test('an address has no more than so many, whatever the case of its letters', async () => {
  const database = await openTestDatabase();
  const ids: string[] = [];
  for (let count = 0; count < MAX_SUBSCRIPTIONS; count++) {
    ids.push(await make(database, { email: count % 2 ? EMAIL : 'Ada@example.org' }));
  }
  await expect(make(database)).rejects.toThrow('at most 10 digests');
  await make(database, { email: 'ada+papers@example.org' });
  await database.transact((tx) => endSubscription(tx, ids[0] as string, 'reader'));
  await make(database);
  const back = database.transact((tx) => resumeSubscription(tx, ids[0] as string));
  await expect(back).rejects.toThrow('at most 10 digests');
});

test('a wish is mailed once an hour to a mailbox, whatever stands behind its plus', async () => {
  const database = await openTestDatabase();
  const first = await askToSubscribe(database, { email: EMAIL, wish: wish() });
  const rest = await Promise.all(
    Array.from({ length: 20 }, (_, hour) =>
      askToSubscribe(database, { email: 'ADA@example.org', wish: wish({ hour }) }),
    ),
  );
  expect(first).toMatchObject({ kind: 'confirm' });
  expect(rest.filter(Boolean)).toEqual([]);
  const rows = await database.read.selectFrom('subscriptions').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ email: EMAIL, state: 'unconfirmed' });

  const kinds = [];
  for (let count = 0; count < 7; count++) {
    const asked = { email: `grace+${count}@example.org`, wish: wish() };
    kinds.push((await askToSubscribe(database, asked))?.kind);
  }
  expect(kinds).toEqual(['confirm', ...Array(6).fill(undefined)]);
  expect((await askToSubscribe(database, { email: 'bob@example.org', wish: wish() }))?.kind).toBe(
    'confirm',
  );
});

test('an address that is subscribed is told so, and nothing of it changes', async () => {
  const database = await openTestDatabase();
  const id = await make(database);
  const answer = await askToSubscribe(database, { email: EMAIL, wish: wish({ hour: 3 }) });
  expect(answer).toMatchObject({ kind: 'known', subscriptions: [{ id }] });
  expect(await get(database, id)).toMatchObject({ hour: 8 });
  expect(await database.read.selectFrom('subscriptions').selectAll().execute()).toHaveLength(1);
});

test('an account takes over what was confirmed at its address, and nothing else', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database, { handle: 'ada' });
  const confirmed = await make(database, { email: 'Ada@example.org' });
  await make(database, { isConfirmed: false });
  await make(database, { email: 'ada+x@example.org' });
  expect(await hasAdoptable(database.read, EMAIL)).toBe(true);
  const account = { personId: person.id, email: EMAIL };
  await database.transact((tx) => adoptSubscriptions(tx, account));
  await database.transact((tx) => adoptSubscriptions(tx, account));
  expect(await hasAdoptable(database.read, EMAIL)).toBe(false);
  const own = await listSubscriptionsOf(database.read, person.id);
  expect(own.map(({ id }) => id)).toEqual([confirmed]);
  const data = await digestsOf(database.read, person.id);
  expect(data.map(({ state }) => state).sort()).toEqual(['active', 'unconfirmed']);
  expect(JSON.stringify(data)).not.toContain(confirmed);
});

test('what nobody confirmed goes after a week, and what ended without an account after a year', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  const ended = async (personId?: string) => {
    const id = await make(database, personId === undefined ? {} : { personId });
    await database.transact((tx) => endSubscription(tx, id, 'reader'));
    return id;
  };
  await make(database, { isConfirmed: false });
  await ended();
  const member = await ended(person.id);
  const active = await make(database);
  const left = async () =>
    (await database.read.selectFrom('subscriptions').select('id').execute()).length;
  await tidySubscriptions(database, Date.now() + 6 * DAY_MS);
  expect(await left()).toBe(4);
  await tidySubscriptions(database, Date.now() + 8 * DAY_MS);
  expect(await left()).toBe(3);
  await tidySubscriptions(database, Date.now() + 400 * DAY_MS);
  const rows = await database.read.selectFrom('subscriptions').select('id').execute();
  expect(rows.map(({ id }) => id).sort()).toEqual([member, active].sort());
});
