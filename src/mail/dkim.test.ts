import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyDkim } from '../../tests/dkim-verifier.ts';
import { openMailServer } from '../../tests/mail-server.ts';
import { temporaryFolder } from '../../tests/test-database.ts';
import { parseConfig } from '../config.ts';
import { findDkimKey, listSelectors, makeDkimKey, publicKeyOf, useDkimKey } from './dkim-keys.ts';
import type { MailMessage } from './mailer.ts';
import { openMailer } from './open-mailer.ts';

const FROM = { BROADSHEET_MAIL_FROM: 'Broadsheet <papers@Example.org>' };
const ISSUE: MailMessage = {
  to: 'ada@example.org',
  subject: 'Daily papers of 29 October 2025 – “Grüße”',
  text: 'One paper.  \r\n\r\nAnd another.\r\n\r\n\r\n',
  html: '<p>One paper.</p>',
  messageId: '<d.abc@papers.example.org>',
  headers: {
    'List-Id': 'Daily papers <digest.papers.example.org>',
    'List-Unsubscribe':
      '<https://papers.example.org/unsubscribe/abc>, <mailto:returns@example.org>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'Auto-Submitted': 'auto-generated',
    'Feedback-ID': 'weekdays:digest:broadsheet',
  },
};
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-id',
  'auto-submitted',
  'feedback-id',
  'mime-version',
  'content-type',
];

function settings(dataDir: string, more: Record<string, string> = {}) {
  return parseConfig({ BROADSHEET_DATA: dataDir, ...FROM, ...more });
}

function open(config: ReturnType<typeof settings>) {
  const mailer = openMailer(config);
  onTestFinished(() => mailer.close());
  return mailer;
}

test('a mail that was sent is signed over all that an issue needs, and any change breaks the signature', async () => {
  const server = await openMailServer();
  const config = settings(temporaryFolder(), { BROADSHEET_SMTP_URL: server.url });
  const publicKey = publicKeyOf(makeDkimKey(config, 'one'));
  await open(config).send(ISSUE);
  const message = server.messages[0]?.raw as Buffer;
  const verdict = verifyDkim(message, publicKey);
  expect(verdict).toMatchObject({ isGenuine: true, domain: 'example.org', selector: 'one' });
  expect(verdict.signed).toEqual(expect.arrayContaining(SIGNED));
  const text = message.toString('latin1');
  const changes = [
    ['/unsubscribe/abc', '/unsubscribe/abd'],
    ['List-Unsubscribe=One-Click', 'List-Unsubscribe=Two-Click'],
    ['digest.papers', 'digest.others'],
    ['And another.', 'And one more.'],
    ['Daily papers <', 'Weekly papers <'],
  ] as const;
  for (const [before, after] of changes) {
    expect(text).toContain(before);
    const changed = Buffer.from(text.replace(before, after), 'latin1');
    expect([before, verifyDkim(changed, publicKey).isGenuine]).toEqual([before, false]);
  }
  const other = publicKeyOf(makeDkimKey(settings(temporaryFolder()), 'one'));
  expect(verifyDkim(message, other).isGenuine).toBe(false);
});

test('a mail of the outbox is signed too, by the key that is used when it is written', async () => {
  const config = settings(temporaryFolder());
  const mailer = open(config);
  const written = async () => fs.readFileSync((await mailer.send(ISSUE)).file as string);
  expect((await written()).includes('DKIM-Signature')).toBe(false);
  const first = publicKeyOf(makeDkimKey(config, 'one'));
  const second = publicKeyOf(makeDkimKey(config, 'two'));
  expect(verifyDkim(await written(), first)).toMatchObject({ isGenuine: true, selector: 'one' });
  useDkimKey(config, 'two');
  expect(verifyDkim(await written(), second)).toMatchObject({ isGenuine: true, selector: 'two' });
  expect(listSelectors(config)).toEqual(['two', 'one']);
});

test('a key is for its owner alone, and is not made twice', () => {
  const dataDir = temporaryFolder();
  const config = settings(dataDir);
  makeDkimKey(config, 'one');
  const file = path.join(dataDir, 'dkim', 'one.pem');
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  expect(() => makeDkimKey(config, 'one')).toThrow(/another --selector/);
  expect(() => useDkimKey(config, 'three')).toThrow(/no key three/);
  fs.chmodSync(file, 0o604);
  expect(() => findDkimKey(config)).toThrow(/chmod 600/);
});

test('a key may stand in the settings, as a file or as text', async () => {
  const dataDir = temporaryFolder();
  const expected = publicKeyOf(makeDkimKey(settings(dataDir), 'one'));
  const file = path.join(dataDir, 'dkim', 'one.pem');
  const pem = fs.readFileSync(file, 'utf8');
  for (const key of [file, pem, pem.trim().replaceAll('\n', '\\n')]) {
    const config = settings(temporaryFolder(), {
      BROADSHEET_DKIM_KEY: key,
      BROADSHEET_DKIM_SELECTOR: 'shared',
    });
    const found = findDkimKey(config);
    expect(found && [found.selector, publicKeyOf(found)]).toEqual(['shared', expected]);
  }
  const none = { BROADSHEET_DKIM_KEY: '/nowhere.pem', BROADSHEET_DKIM_SELECTOR: 'shared' };
  await expect(open(settings(temporaryFolder(), none)).send(ISSUE)).rejects.toMatchObject({
    name: 'MailFailure',
    isPassing: true,
    message: expect.stringContaining('/nowhere.pem'),
  });
  expect(() => settings(dataDir, { BROADSHEET_DKIM_KEY: file })).toThrow(/belong together/);
});
