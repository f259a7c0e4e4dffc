import { randomUUID } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import type { MailMessage } from './mailer.ts';
import type { Signing } from './sign-mail.ts';

export type Sender = {
  from: { name: string; address: string };
  /** In which message ids are made. */
  domain: string;
  /** Unset: mail is not signed. */
  sign?: Signing;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/;
/** No label of the domain is empty: such a name cannot be asked for (RFC 1034, 3.5). */
const ADDRESS = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\".]+(?:\.[^\s@,;:<>()[\]\\".]+)*$/;
const MAX_ADDRESS = 254;
const MESSAGE_ID = /^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,200}>$/;
const MAX_HEADER = 2_000;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;
/** Written from the rest of the message, or by those who carry it. */
const OWN_HEADER =
  /^(?:from|sender|to|cc|bcc|subject|date|message-id|mime-version|content-.*|return-path|received|dkim-signature)$/i;

/**
 * The message as Nodemailer takes it. Throws `invalid` where a line break or another control
 * character would let a field add headers of its own.
 */
export function composeMessage(message: MailMessage, { from, domain, sign }: Sender) {
  const { to, subject, text, html, headers = {}, returnPath } = message;
  const messageId = message.messageId ?? `<${randomUUID()}@${domain}>`;
  if (!isAddress(to)) {
    throw new AppError('invalid', 'Mail goes to one address such as ada@example.org.');
  }
  if (!MESSAGE_ID.test(messageId)) {
    throw new AppError('invalid', `A message cannot have the id ${shown(messageId)}.`);
  }
  if (returnPath !== undefined && !isAddress(returnPath)) {
    throw new AppError('invalid', `Bounces cannot go to ${shown(returnPath)}.`);
  }
  const fields = { Subject: subject, From: `${from.name}${from.address}`, ...headers };
  for (const [name, value] of Object.entries(fields)) {
    if (CONTROL.test(value) || value.length > MAX_HEADER) {
      throw new AppError('invalid', `The ${shown(name)} of a message must be one line.`);
    }
  }
  for (const name of Object.keys(headers)) {
    if (!HEADER_NAME.test(name) || OWN_HEADER.test(name)) {
      throw new AppError('invalid', `A message cannot be given the header ${shown(name)}.`);
    }
  }
  return {
    from,
    // An address as it is, and not a list to be parsed.
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    headers,
    messageId,
    ...(returnPath === undefined ? {} : { envelope: { from: returnPath, to } }),
    date: new Date(),
    ...sign?.(),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Whether mail can be sent to it, as far as its form says. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && !CONTROL.test(text) && text.length <= MAX_ADDRESS;
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
