// Nobody is left out when the process that sends a digest is killed again and again; what arrives twice is
// what was on its way at that moment, with the same Message-ID, and is listed as uncertain.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test, vi } from 'vitest';
import { chunkedForInsert } from '../src/database/insert-rows.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { startCountingMailServer, type TakenMail } from './counting-mail-server.ts';
import { list, record } from './fixtures.ts';
import { subscriptionRow } from './mail-rows.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';

const KILLS = 20;
const PEOPLE = 2_000;
const CONNECTIONS = 2;
/** As many arrive before each kill, somewhere in the middle of the next ones. */
const BETWEEN_KILLS = 80;
const LEASE_MS = 1_000;
const WORKER = path.join(import.meta.dirname, 'digest-worker.js');

function startWorker(settings: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [WORKER, String(LEASE_MS)], {
    env: { PATH: process.env.PATH, ...settings } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function killWorker(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function byRecipient(taken: TakenMail[]): Map<string, TakenMail[]> {
  const mails = new Map<string, TakenMail[]>();
  for (const mail of taken) mails.set(mail.to, [...(mails.get(mail.to) ?? []), mail]);
  return mails;
}

async function papersIn({ source }: TakenMail): Promise<string> {
  const { text = '' } = await simpleParser(source);
  return [...new Set(text.match(/\d{4}\.\d{5}/g))].join(' ');
}

test(`a digest whose process is killed ${KILLS} times leaves out none of ${PEOPLE.toLocaleString('en')} people`, {
  timeout: 900_000,
}, async () => {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const papers = ['2510.00001', '2510.00002', '2510.00003'];
  const listed = papers.map((id, n) => ({ record: record(id), votes: 9 - n }));
  await list(database, '2025-10-29', listed);
  const people = Array.from({ length: PEOPLE }, (_, n) => `p${n}@d${n % 40}.example.org`);
  const topics = JSON.stringify([{ topic: 'list', isPaused: false }]);
  const rows = people.map((email) => subscriptionRow({ email, topics }));
  await database.transact(async (tx) => {
    for (const some of chunkedForInsert(rows)) {
      await tx.insertInto('subscriptions').values(some).execute();
    }
  });
  const server = await startCountingMailServer();
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_URL: 'https://papers.example.org',
    BROADSHEET_SMTP_URL: server.url,
    BROADSHEET_MAIL_CONNECTIONS: String(CONNECTIONS),
    BROADSHEET_MAIL_PER_DOMAIN: '0',
    BROADSHEET_LOG_LEVEL: 'warn',
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const worker = startWorker(settings);
    const enough = server.taken.length + BETWEEN_KILLS;
    await vi.waitFor(() => expect(server.taken.length).toBeGreaterThanOrEqual(enough), {
      timeout: 120_000,
      interval: 2,
    });
    await sleep(Math.random() * 10);
    await killWorker(worker);
  }
  expect(server.taken.length).toBeLessThan(PEOPLE);
  const worker = startWorker(settings);
  const waiting = () =>
    database.read
      .selectFrom('deliveries')
      .select('id')
      .where('state', 'in', ['waiting', 'sending'])
      .limit(1)
      .executeTakeFirst();
  await vi.waitFor(async () => expect(await waiting()).toBeUndefined(), {
    timeout: 240_000,
    interval: 100,
  });
  await killWorker(worker);

  const deliveries = await database.read
    .selectFrom('deliveries')
    .select(['id', 'email', 'state', 'is_uncertain'])
    .execute();
  expect(deliveries).toHaveLength(PEOPLE);
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['sent']));
  const uncertain = new Set(
    deliveries.filter((row) => Number(row.is_uncertain) === 1).map(({ email }) => email),
  );
  const mails = byRecipient(server.taken);
  const doubled = [...mails].filter(([, copies]) => copies.length > 1);
  console.log(
    `${ENGINE}: ${PEOPLE} people, ${KILLS} kills, ${server.taken.length} mails taken, ${PEOPLE - mails.size} people left out, ${doubled.length} people with two or more, ${uncertain.size} uncertain`,
  );
  expect(people.filter((email) => !mails.has(email))).toEqual([]);
  expect(mails.size).toBe(PEOPLE);
  expect(doubled.filter(([email]) => !uncertain.has(email))).toEqual([]);
  expect(uncertain.size).toBeLessThanOrEqual(KILLS * CONNECTIONS);
  for (const { id, email } of deliveries) {
    const copies = mails.get(email) ?? [];
    expect(new Set(copies.map(({ messageId }) => messageId))).toEqual(
      new Set([`<d.${id}@papers.example.org>`]),
    );
  }
  for (const [, copies] of doubled) {
    const told = await Promise.all(copies.map(papersIn));
    expect(new Set(told)).toEqual(new Set([papers.join(' ')]));
  }
});
