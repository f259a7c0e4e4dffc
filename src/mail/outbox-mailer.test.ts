import fs from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/test-database.ts';
import { parseConfig } from '../config.ts';
import { openMailer } from './open-mailer.ts';

const MESSAGE = { to: 'ada@example.org', subject: 'Hello “Ada”', text: 'Come in.' };

function open(env: Record<string, string> = {}) {
  const data = temporaryFolder();
  const mailer = openMailer(parseConfig({ BROADSHEET_DATA: data, ...env }));
  return { mailer, folder: path.join(data, 'outbox') };
}

test('without a server a message becomes a file, for its owner only', async () => {
  const { mailer, folder } = open({ BROADSHEET_URL: 'https://papers.example.org' });
  expect(mailer.kind).toBe('outbox');
  expect(fs.existsSync(folder)).toBe(false);
  const { file, messageId } = await mailer.send({
    ...MESSAGE,
    html: '<p>Come in.</p>',
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  expect(path.dirname(file as string)).toBe(folder);
  expect(path.basename(file as string)).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[\da-f-]+\.eml$/,
  );
  expect(fs.statSync(file as string).mode & 0o777).toBe(0o600);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  expect(fs.readdirSync(folder)).toEqual([path.basename(file as string)]);
  const mail = await simpleParser(fs.readFileSync(file as string));
  expect(mail).toMatchObject({ subject: MESSAGE.subject, messageId, html: '<p>Come in.</p>' });
  expect(messageId).toMatch(/@papers\.example\.org>$/);
  expect(mail.from?.text).toBe('"Broadsheet" <broadsheet@papers.example.org>');
  expect(mail.text?.trim()).toBe(MESSAGE.text);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  mailer.close();
});

test('the newest thousand stay, and what was never finished goes', async () => {
  const { mailer, folder } = open();
  fs.mkdirSync(folder);
  for (let i = 0; i < 1_005; i++) {
    fs.writeFileSync(
      path.join(folder, `2020-01-01T00-00-00.${String(i).padStart(4, '0')}Z-x.eml`),
      '',
    );
  }
  const names = ['old.eml.tmp', 'new.eml.tmp', 'notes.txt'];
  for (const name of names) fs.writeFileSync(path.join(folder, name), '');
  fs.utimesSync(path.join(folder, 'old.eml.tmp'), 0, 0);
  const { file } = await mailer.send(MESSAGE);
  const left = fs.readdirSync(folder);
  expect(left.filter((name) => name.endsWith('.eml'))).toHaveLength(1_000);
  expect(left).toContain(path.basename(file as string));
  expect(left).not.toContain('2020-01-01T00-00-00.0005Z-x.eml');
  expect(left).toContain('2020-01-01T00-00-00.0006Z-x.eml');
  expect(names.filter((name) => left.includes(name))).toEqual(['new.eml.tmp', 'notes.txt']);
});

test('many at once are all written', async () => {
  const { mailer, folder } = open();
  await Promise.all(Array.from({ length: 50 }, () => mailer.send(MESSAGE)));
  expect(fs.readdirSync(folder)).toHaveLength(50);
});

test('a folder that cannot be written is told, and leaves nothing behind', async () => {
  const { mailer, folder } = open();
  fs.writeFileSync(folder, 'a file stands where the folder should be');
  await expect(mailer.send(MESSAGE)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(`Mail cannot be written to ${folder}`),
  });
});

test('a message whose fields would add others is refused and not written', async () => {
  const { mailer, folder } = open();
  const subject = 'hello\r\nBcc: eve@example.org';
  await expect(mailer.send({ ...MESSAGE, subject })).rejects.toMatchObject({ code: 'invalid' });
  expect(fs.existsSync(folder)).toBe(false);
});
