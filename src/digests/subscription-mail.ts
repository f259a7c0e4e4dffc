// Mails about a subscription itself. Nothing that somebody typed stands in them, since whoever knows an
// address can have one sent; and they carry no header to unsubscribe from what is no subscription yet.
import { html } from 'hono/html';
import type { MailMessage } from '../mail/mailer.ts';
import type { AnswerByMail } from './ask-to-subscribe.ts';
import {
  CONFIRM_HOURS,
  confirmAddress,
  type LinkMaker,
  manageAddress,
} from './subscription-links.ts';

export type SubscriptionMail = {
  message: MailMessage /** The first of its links. */;
  link: string;
};

export function composeSubscriptionMail(
  site: LinkMaker & { name: string },
  { to, answer }: { to: string; answer: AnswerByMail },
): SubscriptionMail {
  const mail = answer.kind === 'confirm' ? confirming(site, answer.id) : known(site, answer);
  const { subject, before, links, after } = mail;
  const text = [...before, ...links.flatMap((link) => ['', link]), '', ...after, '', site.url, ''];
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body>
${before.map((line) => html`<p>${line}</p>\n`)}${links.map((link) => html`<p><a href="${link}">${link}</a></p>\n`)}${after.map((line) => html`<p>${line}</p>\n`)}<p><a href="${site.url}">${site.name}</a></p>
</body>
</html>
`;
  return {
    message: {
      to,
      subject,
      text: text.join('\n'),
      html: String(page),
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    link: links[0] as string,
  };
}

function confirming(site: LinkMaker & { name: string }, id: string) {
  return {
    subject: `Confirm your subscription to ${site.name}`,
    before: [`Open this address to get papers of ${site.name} by mail:`],
    links: [confirmAddress(site, id)],
    after: [
      `It works within ${CONFIRM_HOURS} hours, in any browser. No papers come before you confirm.`,
      'If you did not ask for it, somebody mistyped their address: do nothing, and nothing comes.',
    ],
  };
}

function known(
  site: LinkMaker & { name: string },
  { subscriptions }: Extract<AnswerByMail, { kind: 'known' }>,
) {
  const isOne = subscriptions.length === 1;
  return {
    subject: `You are subscribed to ${site.name} already`,
    before: [
      `Somebody, probably you, asked for papers of ${site.name} at this address. It gets them already, so nothing was changed.`,
      `To change ${isOne ? 'what comes' : 'one of your digests'}, to pause or to end it, open:`,
    ],
    links: subscriptions.map(({ id }) => manageAddress(site, id)),
    after: ['If it was not you, do nothing.'],
  };
}
