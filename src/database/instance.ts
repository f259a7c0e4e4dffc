// Which database this is, for data that is derived from it and kept elsewhere.
import { randomInt } from 'node:crypto';
import type { Database, Tx } from './database.ts';

const INSTANCE = 'instance';

/** The same at every call, until the database is restored from another. */
export async function instanceOf(database: Database): Promise<string> {
  return (await read(database)) ?? (await make(database));
}

async function read(database: Database): Promise<string | undefined> {
  const row = await database.read
    .selectFrom('counters')
    .select('value')
    .where('name', '=', INSTANCE)
    .executeTakeFirst();
  return row && String(row.value);
}

async function make(database: Database): Promise<string> {
  return database.transact(async (tx) => {
    await tx
      .insertInto('counters')
      .values({ name: INSTANCE, value: randomInt(1, 2 ** 48 - 1) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await tx
      .selectFrom('counters')
      .select('value')
      .where('name', '=', INSTANCE)
      .executeTakeFirstOrThrow();
    return String(row.value);
  });
}

/**
 * In the transaction of a restore: what was derived from the database that it replaces counts no more. Of
 * the identity that came with the restored one neither, which may have an index of a later state.
 */
export async function forgetInstance(tx: Tx): Promise<void> {
  await tx.deleteFrom('counters').where('name', '=', INSTANCE).execute();
}
