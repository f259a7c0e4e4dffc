import { words } from '../language/words.ts';
import type { MailMessage } from '../mail/mailer.ts';

export type SignInLink = {
  email: string;
  token: string;
  /** A path to go on with. */
  next: string | undefined;
};

/** A sign-in link is good for so long. */
export const LINK_MINUTES = 15;

/** Where a sign-in link leads: to a page with a button, for mail filters open links and would use it up. */
export function signInAddress(url: string, { token, next }: SignInLink): string {
  const address = new URL('/sign-in/link', url);
  address.searchParams.set('token', token);
  if (next) address.searchParams.set('next', next);
  return address.href;
}

export function signInMessage(
  site: { name: string; url: string; linkMinutes: number },
  link: SignInLink,
): MailMessage {
  const { subject, open, isGoodFor, notAsked } = words.mails.signIn;
  return {
    to: link.email,
    subject: subject(site.name),
    text: [
      open(site.name),
      '',
      signInAddress(site.url, link),
      '',
      isGoodFor(site.linkMinutes),
      notAsked,
      '',
      site.url,
      '',
    ].join('\n'),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
