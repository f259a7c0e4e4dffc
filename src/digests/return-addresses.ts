// The addresses that bounces and mailed unsubscribes come back to. The id in them is signed, so that
// nobody can write to one that this instance did not give away.
import { findTag, tagAddress } from '../mail/verp.ts';
import { readSignedId, signId } from './signed-id.ts';

export type Returns = {
  /** The setting BROADSHEET_MAIL_RETURN; empty where there is none. */
  returnAddress: string;
  /** What the instance signs with. */
  secret: string;
};

/** What an issue or a mail of an alert is ended by. */
export type Ends = { subscriptionId: string } | { alertId: string };

export type Returned = { deliveryId: string } | Ends;

/** The envelope's sender of a delivery; undefined without the setting. */
export function returnPathOf(returns: Returns, deliveryId: string): string | undefined {
  return tagged(returns, `b-${signId(returns.secret, 'bounced delivery', deliveryId)}`);
}

/** For the mailto of `List-Unsubscribe`; undefined without the setting. */
export function unsubscribeAddressOf(returns: Returns, ends: Ends): string | undefined {
  const { secret } = returns;
  if ('alertId' in ends) return tagged(returns, `a-${signId(secret, 'end alert', ends.alertId)}`);
  return tagged(returns, `u-${signId(secret, 'end subscription', ends.subscriptionId)}`);
}

function tagged({ returnAddress }: Returns, tag: string): string | undefined {
  return returnAddress === '' ? undefined : tagAddress(returnAddress, tag);
}

/** What an address of those above is about; undefined for all others, and for forged ones. */
export function readReturnAddress(returns: Returns, address: string): Returned | undefined {
  const { returnAddress, secret } = returns;
  const tag = returnAddress === '' ? undefined : findTag(returnAddress, address);
  const [, kind, token = ''] = /^([bua])-(.+)$/.exec(tag ?? '') ?? [];
  if (kind === 'b') {
    const read = readSignedId(secret, 'bounced delivery', token);
    return read && { deliveryId: read.id };
  }
  if (kind === 'u') {
    const read = readSignedId(secret, 'end subscription', token);
    return read && { subscriptionId: read.id };
  }
  if (kind === 'a') {
    const read = readSignedId(secret, 'end alert', token);
    return read && { alertId: read.id };
  }
  return undefined;
}
