// The mailbox that bounces and mailed unsubscribes arrive in, looked into from time to time.
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { takeUnseen } from '../mail/imap-folder.ts';
import { MAX_READ_BYTES } from '../mail/read-returned.ts';
import type { NewJob } from '../queue/job.ts';
import type { ScheduleLine } from '../queue/schedule.ts';
import { receiveMail } from './receive-mail.ts';

const MESSAGES_A_ROUND = 500;
const ROUND_MS = 240_000;

export const POLL_RETURNS: NewJob = { kind: 'poll-returns', dedupKey: 'poll-returns' };

export const RETURNS_SCHEDULE: ScheduleLine[] = [
  { name: POLL_RETURNS.kind, pattern: '*/5 * * * *', timeZone: 'UTC', job: POLL_RETURNS },
];

export type Polled = { messages: number; events: number };

/** A message is marked as seen when what follows from it is in the database. Throws `unavailable`. */
export async function pollReturns(
  app: { config: Pick<Config, 'mail'>; database: Database; secret(): string },
  signal?: AbortSignal,
): Promise<Polled> {
  const { imapUrl, returnAddress } = app.config.mail;
  const returns = { returnAddress, secret: app.secret() };
  let events = 0;
  const messages = await takeUnseen(
    {
      url: imapUrl,
      maxMessages: MESSAGES_A_ROUND,
      maxBytes: MAX_READ_BYTES,
      timeoutMs: ROUND_MS,
      signal,
    },
    async (message) => {
      const { event } = await receiveMail(app.database, returns, message);
      if (event) events++;
    },
  );
  return { messages, events };
}
