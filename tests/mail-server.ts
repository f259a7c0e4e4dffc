// A real mail server on this machine, for mails that are read and followed.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type KeptMail = { raw: Buffer; from: string; to: string[] };

export type MailServer = {
  /** What BROADSHEET_SMTP_URL is set to. */
  url: string;
  mails: ParsedMail[];
  /** The same, as they came, with their envelopes. */
  messages: KeptMail[];
  /** Waits until there are so many, and gives the last of them. */
  nth(count: number): Promise<ParsedMail>;
};

export async function openMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const messages: KeptMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then(async (raw) => {
          mails.push(await simpleParser(raw));
          messages.push({ raw, from, to });
        })
        .then(() => done(), done);
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    messages,
    async nth(count) {
      for (let look = 0; look < 1_000 && mails.length < count; look++) await sleep(20);
      const mail = mails[count - 1];
      if (!mail) throw new Error(`${mails.length} mails came, not ${count}`);
      return mail;
    },
  };
}

/** The path of the first link of a mail that begins so. */
export function linkIn(mail: ParsedMail, beginning: string): string {
  const urls = (mail.text ?? '').match(/https?:\S+/g) ?? [];
  const paths = urls.map((url) => new URL(url)).map(({ pathname, search }) => pathname + search);
  const found = paths.find((path) => path.startsWith(beginning));
  if (!found) throw new Error(`no link to ${beginning} in ${mail.text}`);
  return found;
}
