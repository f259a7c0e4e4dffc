// What an address that asks for mail is answered, by mail only: nobody else learns whether it is known.
import type { Database } from '../database/database.ts';
import { isWithin } from '../people/limits.ts';
import type { Wish } from './parse-wish.ts';
import type { Subscription } from './subscription.ts';
import { changeUnconfirmed, createSubscription, listLiveOf } from './subscription-store.ts';

export type AnswerByMail =
  | { kind: 'confirm'; id: string }
  | { kind: 'known'; subscriptions: Subscription[] };

/**
 * Keeps the wish until it is confirmed. Undefined where no mail may go out: the address was mailed within the
 * hour.
 */
export async function askToSubscribe(
  database: Database,
  { email, wish }: { email: string; wish: Wish },
): Promise<AnswerByMail | undefined> {
  const mayMail = await mayAnswer(database, email);
  return database.transact(async (tx): Promise<AnswerByMail | undefined> => {
    const subscriptions = await listLiveOf(tx, email);
    if (subscriptions.length > 0) return mayMail ? { kind: 'known', subscriptions } : undefined;
    const unconfirmed = await changeUnconfirmed(tx, email, wish);
    // Whoever asks a hundred times at once gets one row, as one mail.
    if (!mayMail) return undefined;
    const id = unconfirmed ?? (await createSubscription(tx, { email, wish, isConfirmed: false }));
    return { kind: 'confirm', id };
  });
}

/** Counts one mail to the mailbox, which plus-addresses share: else each would bring it another mail. */
export async function mayAnswer(database: Database, email: string): Promise<boolean> {
  const mailbox = email.toLowerCase().replace(/\+.*(?=@)/, '');
  return isWithin(database, 'subscription mail to a mailbox', mailbox);
}
