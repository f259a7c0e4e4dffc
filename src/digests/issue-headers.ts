// What mail programs and mailbox providers want to know of a digest: RFC 2919 (List-Id), RFC 2369 and RFC 8058
// (one-click unsubscribing), RFC 3834 (Auto-Submitted), and Gmail's Feedback-ID.
import type { MailMessage } from '../mail/mailer.ts';
import type { Delivery } from './delivery.ts';
import { type Ends, returnPathOf, unsubscribeAddressOf } from './return-addresses.ts';
import { signId } from './signed-id.ts';

export type IssueSender = {
  /** The public address, without a slash at the end. */
  url: string;
  secret: string;
  /** Empty where none is set. */
  returnAddress: string;
};

/** Of all mail of an instance, as Gmail's Feedback-ID wants a name of five to fifteen signs. */
const SENDER_ID = 'broadsheet';

/** The same for one delivery whenever it is asked, so that what is sent twice can be told to be the same. */
export function issueHeaders(
  delivery: Pick<Delivery, 'id' | 'issue' | 'subscriptionId' | 'alertId'>,
  sender: IssueSender,
): Pick<MailMessage, 'headers' | 'messageId' | 'returnPath'> {
  const host = new URL(sender.url).hostname;
  const [kind = '', key = ''] = delivery.issue.split(' ');
  const returnPath = returnPathOf(sender, delivery.id);
  return {
    messageId: `<d.${delivery.id}@${host}>`,
    ...(returnPath === undefined ? {} : { returnPath }),
    headers: {
      'List-Id': `<${kind === 'alert' ? 'alerts' : 'digests'}.${host}>`,
      'List-Unsubscribe': unsubscribeWays(delivery, sender).join(', '),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Feedback-ID': `${key.replaceAll(':', '.')}:${kind}:digest:${SENDER_ID}`,
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
    },
  };
}

/** Where one ends it: a button in a page, which is also what a mail program calls by itself. */
function unsubscribeUrl(
  delivery: Pick<Delivery, 'subscriptionId' | 'alertId'>,
  { url, secret }: Pick<IssueSender, 'url' | 'secret'>,
): string {
  const ends = endsOf(delivery);
  const token =
    'alertId' in ends
      ? signId(secret, 'end alert', ends.alertId)
      : signId(secret, 'end subscription', ends.subscriptionId);
  return `${url}/unsubscribe/${token}`;
}

function unsubscribeWays(
  delivery: Pick<Delivery, 'subscriptionId' | 'alertId'>,
  sender: IssueSender,
): string[] {
  const address = unsubscribeAddressOf(sender, endsOf(delivery));
  const mailed = address === undefined ? [] : [`<mailto:${address}?subject=unsubscribe>`];
  return [`<${unsubscribeUrl(delivery, sender)}>`, ...mailed];
}

function endsOf({ subscriptionId, alertId }: Pick<Delivery, 'subscriptionId' | 'alertId'>): Ends {
  if (alertId !== undefined) return { alertId };
  return { subscriptionId: subscriptionId as string };
}
