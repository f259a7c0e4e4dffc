// The jobs behind what comes back of mail.
import type { App } from '../app.ts';
import { POLL_RETURNS, pollReturns, RETURNS_SCHEDULE } from '../digests/poll-returns.ts';
import {
  MAIL_EVENT_SCHEDULE,
  TIDY_MAIL_EVENTS,
  tidyMailEvents,
} from '../digests/tidy-mail-events.ts';
import type { ScheduleLine } from '../queue/schedule.ts';
import type { Handler } from '../queue/worker.ts';

export function returnsHandlers(app: App): Record<string, Handler> {
  const tidying = { [TIDY_MAIL_EVENTS.kind]: () => tidyMailEvents(app.database) };
  if (!looksIntoMailbox(app)) return tidying;
  return {
    ...tidying,
    [POLL_RETURNS.kind]: async (_, signal) => {
      const { messages, events } = await pollReturns(app, signal);
      if (messages > 0) app.log.info({ messages, events }, 'took in mail that came back');
    },
  };
}

export function returnsSchedule(app: App): ScheduleLine[] {
  return [...MAIL_EVENT_SCHEDULE, ...(looksIntoMailbox(app) ? RETURNS_SCHEDULE : [])];
}

function looksIntoMailbox({ config }: App): boolean {
  return config.mail.imapUrl !== '' && !config.isOffline;
}
