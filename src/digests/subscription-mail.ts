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
  return {
    subject: `Confirm your subscription to ${site.name}`,
    before: [`Open this address to get papers of ${site.name} by mail:`],
    links: [{ label: words.letters.confirm, url: confirmAddress(site, id) }],
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
    links: subscriptions.map(({ id }, index) => ({
      label: isOne ? words.letters.open : words.letters.openOneOf(index + 1),
      url: manageAddress(site, id),
    })),
    after: ['If it was not you, do nothing.'],
  };
}
