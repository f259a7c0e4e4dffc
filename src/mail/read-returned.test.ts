import { expect, test } from 'vitest';
import { complaint, dsn, letter, plainBounce, vacation } from '../../tests/returned-mails.ts';
import { readReturned } from './read-returned.ts';

const TO = 'returns+b-abc@papers.example.org';

const kindOf = async (raw: Buffer) => (await readReturned(raw)).kind;

test.each([
  ['a full mailbox', { status: '5.2.2', words: 'smtp; 552 5.2.2 mailbox full' }, 'soft bounce'],
  ['a server that is away', { status: '4.4.1', words: 'X; timed out' }, 'soft bounce'],
  ['a refusal of us', { status: '5.7.1', words: 'smtp; 550 5.7.1 blocked' }, 'soft bounce'],
  [
    'a sender without a domain',
    { status: '5.1.8', words: 'smtp; 550 5.1.8 sender' },
    'soft bounce',
  ],
  [
    'a code in the words only',
    { status: '5.0.0', words: 'smtp; 550 5.1.1 unknown' },
    'hard bounce',
  ],
  ['no code at all', { status: '', words: 'smtp; go away' }, 'soft bounce'],
  ['a delay', { action: 'delayed', status: '4.4.1' }, 'notice'],
  ['a delivery', { action: 'delivered', status: '2.0.0' }, 'notice'],
])('%s is told by a report', async (_, report, kind) => {
  expect(await kindOf(dsn({ to: TO }, report))).toBe(kind);
});

test('messages without a report are told apart by who writes them', async () => {
  expect(await kindOf(plainBounce({ to: TO }))).toBe('soft bounce');
  expect(await kindOf(plainBounce({ to: TO }, 'Warning: delayed'))).toBe('notice');
  expect(await kindOf(vacation({ to: TO }))).toBe('auto-reply');
  expect(await kindOf(letter({ to: TO }))).toBe('letter');
  expect(await kindOf(complaint({ to: TO }))).toBe('complaint');
  expect(await kindOf(complaint({ to: TO }, { type: 'not-spam' }))).toBe('notice');
});

test('whom a message was sent to, and what it is about, is read whole', async () => {
  const mail = await readReturned(
    complaint({ to: TO, returnPath: 'a@b.example', unsubscribe: '<https://x/1>,\n <mailto:y@z>' }),
  );
  expect(mail).toMatchObject({
    recipients: [TO],
    about: ['a@b.example'],
    unsubscribe: '<https://x/1>, <mailto:y@z>',
    detail: 'abuse SomeGenerator/1.0',
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256))],
  [
    'a message without an end',
    Buffer.from(
      `Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n'.repeat(2_000)}`,
    ),
  ],
  ['a report of one field over and over', dsn({ to: TO }, { words: 'a\na:'.repeat(100_000) })],
  ['a header without an end', Buffer.from(`To: ${'a@b, '.repeat(20_000)}`)],
])('%s is read without a failure', async (_, raw) => {
  const { recipients, detail } = await readReturned(raw);
  expect(recipients.length).toBeLessThanOrEqual(20);
  expect(detail.length).toBeLessThanOrEqual(300);
});
