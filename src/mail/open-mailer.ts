import path from 'node:path';
import type { Config } from '../config.ts';
import type { Mailer } from './mailer.ts';
import { createOutboxMailer } from './outbox-mailer.ts';
import { openSigning } from './sign-mail.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

/** The mailer of the settings; nothing is connected or written before the first message. */
export function openMailer(
  config: Pick<Config, 'dataDir' | 'url' | 'mail'>,
  options: { timeoutMs?: number } = {},
): Mailer {
  const { smtpUrl, from, connections } = config.mail;
  const domain = config.url === undefined ? 'localhost' : new URL(config.url).hostname;
  const sender = { from, domain, sign: openSigning(config) };
  if (smtpUrl === '') {
    return createOutboxMailer({ ...sender, folder: path.join(config.dataDir, 'outbox') });
  }
  return createSmtpMailer({ ...sender, url: smtpUrl, connections, ...options });
}
