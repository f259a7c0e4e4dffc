// Mails about a subscription itself. Nothing that somebody typed stands in them, since whoever knows an
// address can have one sent; and they carry no header to unsubscribe from what is no subscription yet.
import { html } from 'hono/html';
import { words } from '../language/words.ts';
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
<html lang="${words.tag}" dir="${words.direction}">
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
  const { subject, open, isGoodFor, notAsked } = words.mails.confirm;
  return {
    subject: subject(site.name),
    before: [open(site.name)],
    links: [confirmAddress(site, id)],
    after: [isGoodFor(CONFIRM_HOURS), notAsked],
  };
}

function known(
  site: LinkMaker & { name: string },
  { subscriptions }: Extract<AnswerByMail, { kind: 'known' }>,
) {
  const { subject, asked, change, notAsked } = words.mails.known;
  return {
    subject: subject(site.name),
    before: [asked(site.name), change(subscriptions.length)],
    links: subscriptions.map(({ id }) => manageAddress(site, id)),
    after: [notAsked],
  };
}
