import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { returnPathOf } from '../src/digests/return-addresses.ts';
import { startDnsServer } from './dns-server.ts';
import { addDelivery } from './mail-rows.ts';
import { openMailServer } from './mail-server.ts';
import { run, start } from './program.ts';
import { dsn, vacation } from './returned-mails.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

const SECRET = 's'.repeat(32);
const RETURNS = { returnAddress: 'returns@papers.example.org', secret: SECRET };

test('the key for signed mail is made once, and changed only when its record is there', async () => {
  const settings = {
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_MAIL_FROM: 'papers@example.org',
    BROADSHEET_MAIL_RETURN: RETURNS.returnAddress,
    BROADSHEET_SMTP_URL: 'smtps://user:hunter2@email-smtp.eu-west-1.amazonaws.com',
  };
  const dkim = (...args: string[]) => run(['mail', 'dkim', ...args], settings);
  const made = await dkim('--selector', 'one');
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect(made.stdout).toContain('Made the key one.');
  expect(made.stdout).toMatch(
    /^one\._domainkey\.example\.org\. IN TXT \( "v=DKIM1; k=rsa; p=[^"]+" "[^"]+" \)$/m,
  );
  expect(made.stdout).toContain('papers.example.org. IN TXT "v=spf1 include:amazonses.com ~all"');
  expect(made.stdout).toContain('_dmarc.example.org. IN TXT "v=DMARC1; p=none"');
  expect(made.stdout).not.toContain('hunter2');
  const file = path.join(settings.BROADSHEET_DATA, 'dkim', 'one.pem');
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  const key = fs.readFileSync(file, 'utf8');
  const rotated = await dkim('--rotate', '--selector', 'two');
  expect(rotated.stdout).toContain('mail is still signed with one');
  const { records } = JSON.parse((await dkim('--selector', 'two', '--json')).stdout) as {
    records: { name: string }[];
  };
  expect(fs.readFileSync(file, 'utf8')).toBe(key);
  expect(records.map(({ name }) => name).slice(0, 2)).toEqual([
    'two._domainkey.example.org',
    'one._domainkey.example.org',
  ]);
});

test('a mail server hands over what came back, and is asked to keep what could not be taken', async () => {
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  await migrate(database);
  const deliveryId = await addDelivery(database);
  const to = returnPathOf(RETURNS, deliveryId) as string;
  const settings = {
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_MAIL_RETURN: RETURNS.returnAddress,
  };
  const receive = (message: Buffer, more: Record<string, string> = {}, ...args: string[]) => {
    const { child, finished } = start(['mail', 'receive', ...args], { ...settings, ...more });
    child.stdin?.on('error', () => {});
    child.stdin?.end(message);
    return finished;
  };
  const away = await receive(dsn({ to }, {}), { BROADSHEET_DATABASE_URL: 'sqlite:/dev/null/x.db' });
  expect(away.code).toBe(75);
  const ignored = await receive(vacation({ to }));
  expect([ignored.code, ignored.stdout]).toEqual([0, 'Nothing follows from it: auto-reply.\n']);
  const taken = await receive(dsn({ to: 'returns@papers.example.org' }, {}), {}, '--recipient', to);
  expect([taken.code, taken.stdout]).toEqual([0, expect.stringMatching(/^hard bounce: 5\.1\.1/)]);
  const events = await database.read.selectFrom('mail_events').select('delivery_id').execute();
  await database.close();
  expect(events).toEqual([{ delivery_id: deliveryId }]);
});

test('mail is checked by the DNS, a test is sent, and without a network that is said', async () => {
  const server = await openMailServer();
  const settings = {
    BROADSHEET_SMTP_URL: server.url,
    BROADSHEET_MAIL_FROM: 'papers@example.org',
    BROADSHEET_DNS_SERVERS: await startDnsServer({}),
  };
  const checked = await run(['mail', 'check', '--to', 'ada@example.org'], settings);
  expect(checked.code).toBe(1);
  expect(checked.stdout).toMatch(/^BAD {5}DKIM: Mail is not signed/m);
  expect(checked.stdout).toMatch(/^BAD {5}SPF: example\.org has no SPF record/m);
  expect(checked.stdout).toContain('A test was handed over for ada@example.org');
  expect(server.messages.map(({ to }) => to)).toEqual([['ada@example.org']]);
  const offline = await run(['mail', 'check'], {
    ...settings,
    BROADSHEET_DNS_SERVERS: '127.0.0.1:9',
  });
  expect(offline.code).toBe(1);
  expect(offline.stdout).toMatch(/^unknown SPF: no name server answers/m);
});
