import type { App } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import {
  LINK_MINUTES,
  type SignInLink,
  signInAddress,
  signInMessage,
} from '../people/sign-in-mail.ts';

/**
 * Mails the link; without a mail server it is kept in the outbox and shown on the terminal. Nobody waits for
 * it: what goes wrong is in the log.
 */
export function sendSignInLink(app: App, url: string, link: SignInLink): void {
  const message = signInMessage({ name: app.config.name, url, linkMinutes: LINK_MINUTES }, link);
  app.mailer.send(message).catch((error) => {
    app.log.error({ err: messageOf(error) }, 'a sign-in link could not be sent');
  });
  if (app.mailer.kind === 'outbox') {
    app.announce(`Sign-in link for ${link.email}: ${signInAddress(url, link)}`);
  }
}
