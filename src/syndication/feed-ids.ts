// Ids of feeds and their items. They are made of the paper's key and the kind of feed, and of a number
// that the instance draws once and that moves along with its database: neither a new address of the
// instance nor a better identity of the paper makes an item new to readers.
import { createHash, randomInt } from 'node:crypto';
import type { Database } from '../database/database.ts';

const COUNTER = 'feeds';

export type FeedIds = { of(...parts: (string | number)[]): string };

export async function openFeedIds(database: Database): Promise<FeedIds> {
  const namespace = (await read(database)) ?? (await draw(database));
  return { of: (...parts) => urnOf(`broadsheet ${namespace} ${parts.join(' ')}`) };
}

/** A name-based UUID, as version 8 of RFC 9562 leaves it to the application: of SHA-256. */
function urnOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `urn:uuid:${[...groups, hex.slice(20)].join('-')}`;
}

async function read(database: Database): Promise<number | undefined> {
  const row = await database.read
    .selectFrom('counters')
    .select('value')
    .where('name', '=', COUNTER)
    .executeTakeFirst();
  return row?.value;
}

async function draw(database: Database): Promise<number> {
  await database.transact((tx) =>
    tx
      .insertInto('counters')
      .values({ name: COUNTER, value: randomInt(1, 2 ** 48 - 1) })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return (await read(database)) as number;
}
