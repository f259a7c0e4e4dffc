// What one process at a time may do, over all processes of a database. It is held for a while and
// renewed; a process that was killed loses it when that time is over.
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { databaseTime } from './job.ts';

export type Lease = {
  /** Holds it for as long again; false when another has taken it meanwhile. */
  renew(): Promise<boolean>;
  drop(): Promise<void>;
};

/** Takes the lease of that name, or returns undefined while another holds it. */
export async function takeLease(
  database: Database,
  name: string,
  forMs: number,
): Promise<Lease | undefined> {
  const holder = randomUUID();
  const renew = () => hold(database, name, holder, forMs);
  if (!(await renew())) return undefined;
  return {
    renew,
    drop: () =>
      database.transact(async (tx) => {
        await tx
          .deleteFrom('leases')
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute();
      }),
  };
}

async function hold(
  database: Database,
  name: string,
  holder: string,
  forMs: number,
): Promise<boolean> {
  const row = { holder, held_until: databaseTime(database.engine, forMs) };
  return database.transact(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('leases')
      .values({ name, ...row })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet(row)
          .where((eb) =>
            eb.or([
              eb('leases.holder', '=', holder),
              eb('leases.held_until', '<=', databaseTime(database.engine)),
            ]),
          ),
      )
      .executeTakeFirst();
    return Number(numInsertedOrUpdatedRows) > 0;
  });
}
