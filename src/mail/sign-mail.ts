// What every message is signed with, and over which of its headers.
import { messageOf } from '../base/errors.ts';
import type { Config } from '../config.ts';
import { type DkimKey, watchDkimKey } from './dkim-keys.ts';
import { MailFailure } from './mailer.ts';

/**
 * RFC 8058 wants both List-Unsubscribe headers under the signature, Gmail the Feedback-ID; the rest is what
 * nobody on the way may change.
 */
const SIGNED_HEADERS = [
  'From',
  'Reply-To',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Auto-Submitted',
  'Feedback-ID',
].join(':');

/** As Nodemailer takes it with each message; empty where there is no key. */
export type Signing = () => {
  dkim?: Pick<DkimKey, 'privateKey'> & {
    domainName: string;
    keySelector: string;
    headerFieldNames: string;
  };
};

export function openSigning(config: Pick<Config, 'dataDir' | 'mail'>): Signing {
  const findKey = watchDkimKey(config);
  const domainName = domainOf(config.mail.from.address);
  return () => {
    const key = orFailure(findKey);
    if (!key) return {};
    const { selector: keySelector, privateKey } = key;
    return { dkim: { domainName, keySelector, privateKey, headerFieldNames: SIGNED_HEADERS } };
  };
}

/** Mail waits for a key that cannot be read: unsigned it would count as forged. */
function orFailure<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new MailFailure(messageOf(error), true);
  }
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
