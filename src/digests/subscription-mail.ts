// Mails about a subscription itself. Nothing that somebody typed stands in them, since whoever knows an
// address can have one sent; and they carry no header to unsubscribe from what is no subscription yet.
import { words } from '../language/words.ts';
import type { MailMessage } from '../mail/mailer.ts';
import type { AnswerByMail } from './ask-to-subscribe.ts';
import { renderLetterHtml, renderLetterText } from './mail/letter.tsx';
import type { MailedLink } from './mail/mail.ts';
import {
  CONFIRM_HOURS,
  confirmAddress,
  type LinkMaker,
  manageAddress,
} from './subscription-links.ts';

export type SubscriptionMail = {
  message: MailMessage;
  /** The first of its links. */
  link: string;
};

export function composeSubscriptionMail(
  site: LinkMaker & { name: string },
  { to, answer }: { to: string; answer: AnswerByMail },
): SubscriptionMail {
  const mail = answer.kind === 'confirm' ? confirming(site, answer.id) : known(site, answer);
  const letter = { instance: { name: site.name, url: site.url }, ...mail };
  return {
    message: {
      to,
      subject: mail.subject,
      text: renderLetterText(letter),
      html: renderLetterHtml(letter),
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    link: (mail.links[0] as MailedLink).url,
  };
}

function confirming(site: LinkMaker & { name: string }, id: string) {
  const { subject, open, isGoodFor, notAsked } = words.mails.confirm;
  return {
    subject: subject(site.name),
    before: [open(site.name)],
    links: [{ label: words.mails.buttons.confirm, url: confirmAddress(site, id) }],
    after: [isGoodFor(CONFIRM_HOURS), notAsked],
  };
}

function known(
  site: LinkMaker & { name: string },
  { subscriptions }: Extract<AnswerByMail, { kind: 'known' }>,
) {
  const { subject, asked, change, notAsked } = words.mails.known;
  const isOne = subscriptions.length === 1;
  return {
    subject: subject(site.name),
    before: [asked(site.name), change(subscriptions.length)],
    links: subscriptions.map(({ id }, index) => ({
      label: isOne ? words.mails.buttons.open : words.mails.buttons.openOneOf(index + 1),
      url: manageAddress(site, id),
    })),
    after: [notAsked],
  };
}
