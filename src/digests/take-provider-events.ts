// What a service told of mail, matched to what was sent.
import { toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { foldAddress } from '../mail/email-address.ts';
import type { ProviderEvent, Told } from '../mail/providers/provider.ts';
import { noteMailEvent } from './mail-events.ts';
import { type Returns, readReturnAddress } from './return-addresses.ts';
import { isAddressed } from './subscription-store.ts';

/**
 * Everything of one call, or nothing. Resolves to how much of it was news. Throws `forbidden` for a token that was
 * used before.
 */
export async function takeProviderEvents(
  database: Database,
  returns: Returns,
  source: string,
  { events, token }: Told,
): Promise<number> {
  return database.transact(async (tx) => {
    if (token) await useToken(tx, token);
    let news = 0;
    for (const event of events) {
      const deliveryId = await findDelivery(tx, returns, event);
      // The account there may send mail for others too, of whom nothing is to be kept here.
      if (deliveryId === undefined && !(await isKnown(tx, event.email))) continue;
      const { kind, email, id, detail } = event;
      const at = toInstant(event.at ?? '');
      const noted = { kind, email, deliveryId, source, sourceId: id, detail, at };
      if (await noteMailEvent(tx, noted)) news++;
    }
    return news;
  });
}

/** Tokens are kept until they are too old anyway. */
async function useToken(tx: Tx, { value, until }: NonNullable<Told['token']>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('rate_limits')
    .values({ key: `token ${value}`, points: 1, expires_at: until })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  if (Number(numInsertedOrUpdatedRows) > 0) return;
  throw new AppError('forbidden', 'This was told before: send the event anew.');
}

/** The id of a delivery that is here. */
async function findDelivery(
  db: Db,
  returns: Returns,
  event: ProviderEvent,
): Promise<string | undefined> {
  const returned = readReturnAddress(returns, event.returnPath ?? '');
  const ids = [
    /^<?d\.([0-9a-z]{1,40})@/.exec(event.messageId?.trim() ?? '')?.[1],
    returned && 'deliveryId' in returned ? returned.deliveryId : undefined,
  ].filter((id) => id !== undefined);
  if (ids.length === 0) return undefined;
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', 'in', ids)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

async function isKnown(db: Db, email: string | undefined): Promise<boolean> {
  if (email === undefined) return false;
  const subscription = await db
    .selectFrom('subscriptions')
    .select('id')
    .where(isAddressed(email))
    .limit(1)
    .executeTakeFirst();
  if (subscription) return true;
  const delivery = await db
    .selectFrom('deliveries')
    .select('id')
    .where('email', 'in', [email, foldAddress(email)])
    .limit(1)
    .executeTakeFirst();
  return delivery !== undefined;
}
