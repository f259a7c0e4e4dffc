import type { App } from '../app.ts';
import { POLL_RETURNS, pollReturns, RETURNS_SCHEDULE } from '../digests/poll-returns.ts';
import type { ScheduleLine } from '../queue/schedule.ts';
import type { Handler } from '../queue/worker.ts';

/** None without a mailbox to look into. */
export function returnsHandlers(app: App): Record<string, Handler> {
  if (!looksIntoMailbox(app)) return {};
  return {
    [POLL_RETURNS.kind]: async (_, signal) => {
      const { messages, events } = await pollReturns(app, signal);
      if (messages > 0) app.log.info({ messages, events }, 'took in mail that came back');
    },
  };
}

export function returnsSchedule(app: App): ScheduleLine[] {
  return looksIntoMailbox(app) ? RETURNS_SCHEDULE : [];
}

function looksIntoMailbox({ config }: App): boolean {
  return config.mail.imapUrl !== '' && !config.isOffline;
}
