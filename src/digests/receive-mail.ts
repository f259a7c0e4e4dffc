// Mail that came back, taken in: bounces, complaints and unsubscribes by mail. What counts is the signed id in
// an address; anybody can write the rest.
import type { Database } from '../database/database.ts';
import { type ReturnedMail, readReturned } from '../mail/read-returned.ts';
import { type MailEvent, noteMailEvent } from './mail-events.ts';
import { type Ends, type Returned, type Returns, readReturnAddress } from './return-addresses.ts';
import { readSignedId } from './signed-id.ts';

export type Received = {
  /** What it was taken for; undefined where nothing follows from it. */
  event: MailEvent['kind'] | undefined;
  /** In a few words, for logs. */
  why: string;
};

/**
 * Idempotent: the same message a second time changes nothing. `recipient` is whom the mail server delivers it to,
 * where that is known. Throws only where the database does.
 */
export async function receiveMail(
  database: Database,
  returns: Returns,
  raw: Buffer,
  recipient?: string,
): Promise<Received> {
  const mail = await readReturned(raw);
  const event = eventOf(returns, mail, recipient);
  if (!event) return { event: undefined, why: `${mail.kind} that is about no mail of ours` };
  if (event === 'ignored') return { event: undefined, why: mail.kind };
  const isNew = await database.transact((tx) => noteMailEvent(tx, event));
  return isNew
    ? { event: event.kind, why: event.detail }
    : { event: undefined, why: `${event.kind} that was known, or of mail that is forgotten` };
}

function eventOf(
  returns: Returns,
  mail: ReturnedMail,
  recipient: string | undefined,
): MailEvent | 'ignored' | undefined {
  const sentTo = find(returns, [
    ...(recipient === undefined ? [] : [recipient]),
    ...mail.recipients,
  ]);
  const { kind } = mail;
  const base = {
    source: 'mail',
    detail: mail.detail,
    sourceId: `mail ${kind} ${mail.fingerprint}`,
  };
  switch (kind) {
    case 'hard bounce':
    case 'soft bounce': {
      const about = [sentTo, find(returns, mail.about)].find((one) => one && 'deliveryId' in one);
      return about && { ...base, kind, ...about };
    }
    case 'complaint': {
      const about = sentTo ?? find(returns, mail.about) ?? unsubscribeIn(returns, mail.unsubscribe);
      return about && { ...base, kind, ...named(about) };
    }
    case 'auto-reply':
    case 'notice':
      return 'ignored';
    case 'letter':
      // Whoever answers a digest does not ask for its end.
      if (!sentTo || 'deliveryId' in sentTo) return undefined;
      return { ...base, kind: 'unsubscribe', detail: '', ...named(sentTo) };
  }
}

function find(returns: Returns, addresses: string[]): Returned | undefined {
  for (const address of addresses) {
    const read = readReturnAddress(returns, address);
    if (read) return read;
  }
  return undefined;
}

function named(about: Returned): { deliveryId: string } | { ends: Ends } {
  return 'deliveryId' in about ? about : { ends: about };
}

/** Complaints carry the mail that they are about, and in it the signed links that end it. */
function unsubscribeIn(returns: Returns, header: string): Returned | undefined {
  const mailed = find(returns, header.match(/(?<=mailto:)[^\s<>?,]+@[^\s<>?,]+/gi) ?? []);
  if (mailed) return mailed;
  for (const [, token = ''] of header.matchAll(/\/unsubscribe\/([0-9a-z-]+)/gi)) {
    const subscription = readSignedId(returns.secret, 'end subscription', token);
    if (subscription) return { subscriptionId: subscription.id };
    const alert = readSignedId(returns.secret, 'end alert', token);
    if (alert) return { alertId: alert.id };
  }
  return undefined;
}
