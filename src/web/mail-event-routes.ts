// Where services that send mail for us call when a mail bounced or somebody complained.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError, STATUS } from '../base/errors.ts';
import { fetchPublic } from '../base/outside/guarded-fetch.ts';
import { takeProviderEvents } from '../digests/take-provider-events.ts';
import { createMailgun } from '../mail/providers/mailgun.ts';
import { createPostmark } from '../mail/providers/postmark.ts';
import type { Provider } from '../mail/providers/provider.ts';
import { createSes, type FetchAmazon } from '../mail/providers/ses.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 65_536;
/** How Amazon serves certificates and what confirms a subscription. */
const TYPES = [
  'application/x-x509-ca-cert',
  'application/x-pem-file',
  'application/pkix-cert',
  'application/octet-stream',
  'binary/octet-stream',
  'text/plain',
  'text/xml',
  'application/xml',
];

export function addMailEventRoutes(
  web: Hono<ApiEnv>,
  app: App,
  fetchAmazon: FetchAmazon = fetcherOf(app),
): void {
  const providers = providersOf(app, fetchAmazon);
  web.post('/mail/events/:provider', async (c) => {
    const name = c.req.param('provider');
    try {
      const provider = providers.get(name);
      if (!provider) {
        throw new AppError('not-found', `${name} is not set up here: see docs/mail.md.`);
      }
      const body = await c.req.text();
      const told = await provider.read({ header: (field) => c.req.header(field), body });
      const returns = { returnAddress: app.config.mail.returnAddress, secret: app.secret() };
      const news = await takeProviderEvents(app.database, returns, name, told);
      return c.json({ taken: news });
    } catch (error) {
      // The other side is a program.
      if (!isAppError(error)) throw error;
      app.log.warn({ provider: name, problem: error.message }, 'refused an event of mail');
      return c.json({ error: error.message }, STATUS[error.code]);
    }
  });
}

function providersOf(app: App, fetchAmazon: FetchAmazon): Map<string, Provider> {
  const { sesTopics, postmarkAuth, mailgunKey } = app.config.mail.providers;
  const providers = new Map<string, Provider>();
  if (sesTopics.length > 0) providers.set('ses', createSes(sesTopics, fetchAmazon));
  if (postmarkAuth !== '') providers.set('postmark', createPostmark(postmarkAuth));
  if (mailgunKey !== '') providers.set('mailgun', createMailgun(mailgunKey));
  return providers;
}

function fetcherOf({ config }: App): FetchAmazon {
  return async (url) => {
    const { body } = await fetchPublic(url, {
      contact: config.contact,
      accept: '*/*',
      types: TYPES,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      // Another host would be none of Amazon's.
      stopAt: () => true,
    });
    return body;
  };
}
