// `broadsheet mail receive`, as a mail server calls it.
import type { Command } from 'commander';
import { messageOf } from '../base/errors.ts';
import { pollReturns } from '../digests/poll-returns.ts';
import { receiveMail } from '../digests/receive-mail.ts';
import { counted } from '../language/en/counted.ts';
import { MAX_READ_BYTES } from '../mail/read-returned.ts';
import { withApp, withExamples } from './command.ts';

/** Of sysexits.h: the mail server keeps the message and tries again. */
const EX_TEMPFAIL = 75;

type ReceiveOptions = { imap?: boolean; recipient?: string };

export function addReceiveCommand(mail: Command): void {
  withExamples(
    mail
      .command('receive')
      .description(
        'take in one message from standard input, or what is new in a mailbox; exit code 75 asks the mail server to try again',
      )
      .option('--imap', 'look into the mailbox of BROADSHEET_IMAP_URL instead')
      .option(
        '--recipient <address>',
        'whom the message was sent to, where the mail server says so',
      )
      .action(async (options: ReceiveOptions) => {
        try {
          await (options.imap ? receiveFromMailbox() : receiveFromInput(options.recipient));
        } catch (error) {
          // Whatever it is, a message must not be thrown away for it.
          process.stderr.write(`${messageOf(error)}\n`);
          process.exitCode = EX_TEMPFAIL;
        }
      }),
    [
      'mail receive < message.eml',
      'mail receive --recipient "$ORIGINAL_RECIPIENT"',
      'mail receive --imap',
    ],
  );
}

async function receiveFromInput(recipient = process.env.ORIGINAL_RECIPIENT): Promise<void> {
  const message = await readStart(process.stdin, MAX_READ_BYTES);
  await withApp(async ({ config, database, secret }) => {
    const returns = { returnAddress: config.mail.returnAddress, secret: secret() };
    const { event, why } = await receiveMail(database, returns, message, recipient);
    const taken = why === '' ? `${event}` : `${event}: ${why}`;
    process.stdout.write(event ? `${taken}\n` : `Nothing follows from it: ${why}.\n`);
  });
}

async function receiveFromMailbox(): Promise<void> {
  await withApp(async (app) => {
    if (app.config.mail.imapUrl === '') throw new Error('Set BROADSHEET_IMAP_URL to a mailbox.');
    const { messages, events } = await pollReturns(app);
    process.stdout.write(`${counted(messages, 'message')}, something follows from ${events}.\n`);
  });
}

/** The rest is read as well, so that the mail server sees its message taken. */
async function readStart(input: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of input) {
    if (bytes < maxBytes) parts.push(part.subarray(0, maxBytes - bytes));
    bytes += part.length;
  }
  return Buffer.concat(parts);
}
