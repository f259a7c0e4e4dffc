import type { Config } from '../config.ts';
import { words } from '../language/words.ts';
import type { SentMail } from '../mail/mailer.ts';
import { openMailer } from '../mail/open-mailer.ts';

/** Somebody waits for the page that says how it went. */
const TIMEOUT_MS = 20_000;

/** Sends a mail by settings that need not be saved. Throws `MailFailure`, which says what the server said. */
export async function sendTestMail(config: Config, url: string, to: string): Promise<SentMail> {
  const { testMailSubject, testMailText } = words.firstRun;
  const { returnAddress } = config.mail;
  const mailer = openMailer(config, { timeoutMs: TIMEOUT_MS });
  try {
    return await mailer.send({
      to,
      subject: testMailSubject(config.name),
      text: testMailText(config.name, url),
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(returnAddress === '' ? {} : { returnPath: returnAddress }),
    });
  } finally {
    mailer.close();
  }
}
