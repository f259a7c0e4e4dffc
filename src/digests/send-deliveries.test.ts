import { setTimeout as sleep } from 'node:timers/promises';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type CountingMailServer,
  refusal,
  startCountingMailServer,
} from '../../tests/counting-mail-server.ts';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { createPerson, suspend } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Database } from '../database/database.ts';
import { createSmtpMailer } from '../mail/smtp-mailer.ts';
import { claimDeliveries } from './delivery-claims.ts';
import { issueHeaders } from './issue-headers.ts';
import { type Compose, type SendingOptions, startSending } from './send-deliveries.ts';
import { findPause } from './sending-pause.ts';
import { beginSending, MAX_ATTEMPTS, pauseAfter } from './settle-delivery.ts';

const SENDER = {
  url: 'https://papers.example.org',
  secret: 's'.repeat(32),
  returnAddress: 'returns@papers.example.org',
};
const LOG = { info() {}, warn() {} };

const compose: Compose = async (delivery) => ({
  message: {
    subject: `Papers of ${delivery.issue}`,
    text: 'papers',
    ...issueHeaders(delivery, SENDER),
  },
  papers: ['2510.00001'],
});

function send(database: Database, { url }: { url: string }, changes: Partial<SendingOptions> = {}) {
  const mailer = createSmtpMailer({
    url,
    from: { name: 'Papers', address: 'papers@papers.example.org' },
    domain: 'papers.example.org',
    timeoutMs: 2_000,
  });
  const sending = startSending({
    database,
    mailer,
    compose,
    log: LOG,
    connections: 2,
    perDomain: 0,
    pollMs: 20,
    pauseMs: 200,
    ...changes,
  });
  onTestFinished(async () => {
    await sending.stop();
    mailer.close();
  });
  return sending;
}

/** Waiting deliveries, each of a subscription of its own. */
async function addWaiting(database: Database, ...emails: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const email of emails) {
    const subscription_id = await addSubscription(database, { email });
    const waits = { state: 'waiting', attempts: 0, subject: null, sent_at: null } as const;
    ids.push(await addDelivery(database, { email, subscription_id, ...waits }));
  }
  return ids;
}

const rowOf = (database: Database, id: string | undefined) =>
  database.read
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '=', id as string)
    .executeTakeFirstOrThrow();

async function start(options: SMTPServerOptions = {}) {
  return { database: await openTestDatabase(), server: await startCountingMailServer(options) };
}

const recipients = ({ taken }: CountingMailServer) => taken.map(({ to }) => to).sort();

test('what waits is sent once, with the headers that mail programs want', async () => {
  const { database, server } = await start();
  const [id] = await addWaiting(database, 'ada@example.org', 'alan@example.net');
  await send(database, server).idle();
  expect(recipients(server)).toEqual(['ada@example.org', 'alan@example.net']);
  expect(await rowOf(database, id)).toMatchObject({
    state: 'sent',
    is_uncertain: 0,
    lease_until: null,
    papers: '["2510.00001"]',
    subject: expect.stringContaining('Papers of weekdays'),
  });
  const mail = server.taken.find(({ to }) => to === 'ada@example.org');
  expect(mail?.messageId).toBe(`<d.${id}@papers.example.org>`);
  expect(mail?.from).toMatch(new RegExp(`^returns\\+b-${id}-[0-9a-f]{20}@papers\\.example\\.org$`));
  const source = mail?.source.replace(/\r\n[ \t]+/g, ' ') ?? '';
  expect(source.match(/^List-Unsubscribe:.*/gim)).toEqual([
    expect.stringMatching(
      /: <https:\/\/papers\.example\.org\/unsubscribe\/[0-9a-z-]+>, <mailto:returns\+u-[^>]+>$/,
    ),
  ]);
  for (const line of [
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'List-Id: <digests.papers.example.org>',
    'Auto-Submitted: auto-generated',
    'Precedence: bulk',
  ]) {
    expect(source.match(new RegExp(`^${line}\\r$`, 'gim'))).toHaveLength(1);
  }
  expect(source).toMatch(/^Feedback-ID: \S+:weekdays:digest:broadsheet\r$/m);
});

test('what has nothing in it, is suppressed, was ended meanwhile or is of somebody suspended is not sent', async () => {
  const { database, server } = await start();
  const ids = await addWaiting(
    database,
    'empty@a.org',
    'suppressed@b.org',
    'ended@c.org',
    'barred@d.org',
  );
  await database.transact(async (tx) => {
    const at = '2025-10-01T00:00:00.000Z';
    await tx
      .insertInto('suppressions')
      .values({ email: 'suppressed@b.org', reason: 'by hand', detail: '', created_at: at })
      .execute();
  });
  const person = await createPerson(database);
  await database.transact((tx) =>
    tx
      .updateTable('subscriptions')
      .set({ person_id: person.id })
      .where('email', '=', 'barred@d.org')
      .execute(),
  );
  await suspend(database, person);
  const composing: Compose = async (delivery) => {
    if (delivery.email === 'empty@a.org') return undefined;
    await database.transact((tx) =>
      tx
        .updateTable('subscriptions')
        .set({ state: 'ended' })
        .where('email', '=', 'ended@c.org')
        .execute(),
    );
    return compose(delivery);
  };
  await send(database, server, { compose: composing }).idle();
  const states = await Promise.all(ids.map(async (id) => (await rowOf(database, id)).state));
  expect(states).toEqual(['empty', 'suppressed', 'dropped', 'dropped']);
  expect(server.taken).toEqual([]);
});

test('one that the server refuses for now waits longer each time, and is a soft bounce in the end', async () => {
  let refusals = 0;
  const { database, server } = await start({
    onRcptTo({ address }, _, done) {
      if (address !== 'busy@a.org') return done();
      refusals++;
      done(refusal(451, '4.7.1 try again later'));
    },
  });
  const [busy] = await addWaiting(database, 'busy@a.org', 'ada@example.org');
  const sending = send(database, server);
  await sending.idle();
  expect(refusals).toBe(1);
  expect(recipients(server)).toEqual(['ada@example.org']);
  const refused = await rowOf(database, busy);
  expect(refused).toMatchObject({ state: 'waiting', attempts: 1, lease_until: null });
  expect(refused.problem).toContain('try again later');
  expect(Date.parse(refused.run_at)).toBeGreaterThan(Date.now() + 60_000);
  expect(await database.read.selectFrom('mail_events').selectAll().execute()).toEqual([]);
  await database.transact((tx) =>
    tx
      .updateTable('deliveries')
      .set({ attempts: MAX_ATTEMPTS - 1, run_at: '2025-10-01T00:00:00.000Z' })
      .where('id', '=', busy as string)
      .execute(),
  );
  await sending.idle();
  expect(await rowOf(database, busy)).toMatchObject({ state: 'failed', attempts: MAX_ATTEMPTS });
  expect(await database.read.selectFrom('mail_events').selectAll().execute()).toMatchObject([
    { kind: 'soft bounce', delivery_id: busy, source: 'smtp' },
  ]);
});

test('the pauses between attempts grow from minutes to hours and end after about two days', () => {
  expect([1, 2, 3, 99].map((attempts) => pauseAfter(attempts, 1) / 60_000)).toEqual([
    5, 10, 20, 240,
  ]);
  const all = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, n) => pauseAfter(n + 1, 0.5));
  const hours = all.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(30);
  expect(hours).toBeLessThan(50);
});

test.each([
  ['550', 'no such user', 'hard bounce'],
  ['550', '5.1.1 no such user', 'hard bounce'],
  ['552', '5.2.2 mailbox full', 'soft bounce'],
  ['554', '5.7.1 relay access denied', undefined],
  ['550', '5.1.8 the sender has no domain', undefined],
])('a refusal for good, %s %s, fails and counts as: %s', async (code, words, kind) => {
  const { database, server } = await start({
    onRcptTo: (_, __, done) => done(refusal(Number(code), words)),
  });
  const [id] = await addWaiting(database, 'gone@a.org');
  await send(database, server).idle();
  expect(await rowOf(database, id)).toMatchObject({ state: 'failed', is_uncertain: 0 });
  const events = await database.read.selectFrom('mail_events').selectAll().execute();
  expect(events.map((event) => event.kind)).toEqual(kind ? [kind] : []);
  const suppressed = await database.read.selectFrom('suppressions').selectAll().execute();
  expect(suppressed).toHaveLength(kind === 'hard bounce' ? 1 : 0);
});

test('a domain gets as many a minute as the setting says, and others do not wait behind it', async () => {
  const { database, server } = await start();
  const crowd = Array.from({ length: 12 }, (_, n) => `p${n}@crowded.org`);
  const ids = await addWaiting(database, ...crowd, 'ada@example.org', 'alan@example.net');
  // Two processes.
  const sendings = [1, 2].map(() => send(database, server, { perDomain: 5, connections: 1 }));
  await Promise.all(sendings.map((sending) => sending.idle()));
  await vi.waitFor(() => expect(server.taken).toHaveLength(7));
  expect(recipients(server).filter((to) => to.endsWith('@crowded.org'))).toHaveLength(5);
  const rows = await Promise.all(ids.map((id) => rowOf(database, id)));
  const waiting = rows.filter((row) => row.state === 'waiting');
  expect(waiting).toHaveLength(7);
  const minutes = waiting.map((row) => Date.parse(row.run_at)).sort((a, b) => a - b);
  expect(new Set(minutes).size).toBe(2);
  expect(minutes.filter((at) => at === minutes[0])).toHaveLength(5);
  expect((minutes.at(-1) as number) - (minutes[0] as number)).toBe(60_000);
  // A minute later the next five go, and no more.
  const back = (column: 'run_at' | 'slot_at', row: (typeof rows)[number]) =>
    new Date(Date.parse(row[column] as string) - 60_000).toISOString();
  await database.transact(async (tx) => {
    for (const row of waiting) {
      await tx
        .updateTable('deliveries')
        .set({ run_at: back('run_at', row), slot_at: back('slot_at', row) })
        .where('id', '=', row.id)
        .execute();
    }
  });
  await vi.waitFor(() => expect(server.taken).toHaveLength(12));
});

test('while the server is down nobody loses an attempt, and all is sent when it is back', async () => {
  const { database, server } = await start();
  const ids = await addWaiting(database, 'ada@a.org', 'alan@b.org', 'grace@c.org');
  await server.stop();
  const warnings: string[] = [];
  const log = { ...LOG, warn: (_: object, message: string) => warnings.push(message) };
  const sending = send(database, server, { log });
  await vi.waitFor(
    async () => expect((await findPause(database.read))?.failures).toBeGreaterThan(1),
    {
      timeout: 10_000,
    },
  );
  for (const id of ids) {
    expect(await rowOf(database, id)).toMatchObject({ attempts: 0, is_uncertain: 0 });
  }
  expect((await findPause(database.read))?.problem).toContain('cannot be reached');
  expect(warnings).toEqual(['mail pauses']);
  const again = await startCountingMailServer({ port: Number(new URL(server.url).port) });
  await vi.waitFor(() => expect(again.taken).toHaveLength(3), { timeout: 10_000 });
  await sending.idle();
  expect(await findPause(database.read)).toBeUndefined();
});

test('what a server hung up on may have arrived: it is sent again as the same mail, and is uncertain', async () => {
  const { database, server } = await start();
  const [id] = await addWaiting(database, 'ada@a.org');
  server.hangUpOnce();
  const sending = send(database, server);
  await vi.waitFor(() => expect(server.taken).toHaveLength(2), { timeout: 10_000 });
  await sending.idle();
  expect(new Set(server.taken.map(({ messageId }) => messageId)).size).toBe(1);
  expect(await rowOf(database, id)).toMatchObject({ state: 'sent', is_uncertain: 1, attempts: 0 });
});

test('what was under way when its process was killed is sent again as the same mail, and is uncertain', async () => {
  const { database, server } = await start();
  const [id] = await addWaiting(database, 'ada@a.org');
  const options = { count: 1, leaseMs: 1, perDomain: 0 };
  const { claimed } = await claimDeliveries(database, options);
  const fixed = { papers: ['2510.00007'], subject: 'As it was', leaseMs: 1 };
  await database.transact((tx) => beginSending(tx, database, claimed[0] as never, fixed));
  expect((await rowOf(database, id)).state).toBe('sending');
  await sleep(10);
  const seen: unknown[] = [];
  const composing: Compose = (delivery) => {
    seen.push([delivery.papers, delivery.subject, delivery.isUncertain]);
    return compose(delivery);
  };
  await send(database, server, { compose: composing }).idle();
  await vi.waitFor(() => expect(server.taken).toHaveLength(1));
  expect(seen).toEqual([[['2510.00007'], 'As it was', true]]);
  expect(server.taken[0]?.messageId).toBe(`<d.${id}@papers.example.org>`);
  await vi.waitFor(async () =>
    expect(await rowOf(database, id)).toMatchObject({ state: 'sent', is_uncertain: 1 }),
  );
});

test('two deliveries to one address are never in hand at once', async () => {
  const database = await openTestDatabase();
  await addWaiting(database, 'ada@a.org', 'ada@a.org', 'alan@b.org');
  const options = { count: 10, leaseMs: 60_000, perDomain: 0 };
  const claims = await Promise.all([1, 2, 3].map(() => claimDeliveries(database, options)));
  const emails = claims.flatMap(({ claimed }) => claimed.map(({ email }) => email));
  expect(emails.sort()).toEqual(['ada@a.org', 'alan@b.org']);
});
