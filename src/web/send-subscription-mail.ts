import type { App } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import { type AnswerByMail, askToSubscribe, mayAnswer } from '../digests/ask-to-subscribe.ts';
import type { Wish } from '../digests/parse-wish.ts';
import { composeSubscriptionMail } from '../digests/subscription-mail.ts';

/**
 * Answers whoever asked for mail at an address. Nobody waits for it: how long it takes would tell whether the
 * address is known. What goes wrong is in the log.
 */
export function answerByMail(app: App, url: string, asked: { email: string; wish: Wish }): void {
  askToSubscribe(app.database, asked)
    .then((answer) => answer && send(app, url, { to: asked.email, answer }))
    .catch((error) => noteFailure(app, error));
}

/** A member's own digest to another address than the account's; within the same limit. */
export function askToConfirm(
  app: App,
  url: string,
  { id, email }: { id: string; email: string },
): void {
  mayAnswer(app.database, email)
    .then(async (mayMail) => {
      if (mayMail) await send(app, url, { to: email, answer: { kind: 'confirm', id } });
    })
    .catch((error) => noteFailure(app, error));
}

/** Without a mail server it is kept in the outbox, and the link is shown on the terminal. */
async function send(app: App, url: string, mail: { to: string; answer: AnswerByMail }) {
  const site = { name: app.config.name, url, secret: app.secret() };
  const { message, link } = composeSubscriptionMail(site, mail);
  if (app.mailer.kind === 'outbox') app.announce(`${message.subject}, ${mail.to}: ${link}`);
  await app.mailer.send(message);
}

function noteFailure(app: App, error: unknown): void {
  app.log.error({ err: messageOf(error) }, 'a mail about a subscription could not be sent');
}
