// The jobs behind digests, and what hands them to the mail server.
import type { App } from '../app.ts';
import { createDeliveryComposer } from '../digests/compose-delivery.ts';
import { openComposing } from '../digests/compose-issue.ts';
import { SEND_ISSUES, TIDY_DELIVERIES } from '../digests/digest-jobs.ts';
import { makeDueIssues } from '../digests/make-issues.ts';
import { type Sending, type SendingOptions, startSending } from '../digests/send-deliveries.ts';
import { tidyDeliveries } from '../digests/tidy-deliveries.ts';
import type { Handler } from '../queue/worker.ts';

/** Where links lead when the port is not known before the server listens. */
const NO_URL = 'http://localhost';

export function digestHandlers({ config, database, log }: App): Record<string, Handler> {
  return {
    [SEND_ISSUES.kind]: async (_, signal) => {
      const made = await makeDueIssues(database, { instanceZone: config.timeZone, signal });
      if (made > 0) log.info({ deliveries: made }, 'issues are due');
    },
    [TIDY_DELIVERIES.kind]: async () => {
      await tidyDeliveries(database);
    },
  };
}

export function startDigests(app: App, changes: Partial<SendingOptions> = {}): Sending {
  const { config, database, mailer, log } = app;
  const { connections, perDomain, returnAddress } = config.mail;
  const url = config.url ?? NO_URL;
  const sender = { url, secret: app.secret(), returnAddress };
  const compose = createDeliveryComposer(openComposing(app, url), sender);
  return startSending({ database, mailer, compose, log, connections, perDomain, ...changes });
}
