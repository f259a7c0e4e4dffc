// How many messages a minute one domain gets, counted in the database as limits are, so that it holds over
// all processes. Whoever has no room is given a minute that has some, and waits for it out of the way of the
// others; it is moved once, however many wait.
import type { Tx } from '../database/database.ts';

const MINUTE_MS = 60_000;

export type DomainSlots = {
  /** Takes one place of a domain: the beginning of its minute, which may lie in the future. */
  take(domain: string): number;
  /** Writes down what was taken. */
  save(tx: Tx): Promise<void>;
};

/** Of the domains of some addresses, as of `at`, in milliseconds. The caller lets nobody else in meanwhile. */
export async function openDomainSlots(
  tx: Tx,
  domains: string[],
  { at, perMinute }: { at: number; perMinute: number },
): Promise<DomainSlots> {
  const minutes = new Map<string, { endsAt: number; taken: number }>();
  const keys = [...new Set(domains)].map(keyOf);
  const rows =
    keys.length === 0
      ? []
      : await tx.selectFrom('rate_limits').selectAll().where('key', 'in', keys).execute();
  for (const row of rows) {
    minutes.set(row.key, { endsAt: Number(row.expires_at), taken: Number(row.points) });
  }
  const changed = new Set<string>();
  return {
    take(domain) {
      const key = keyOf(domain);
      let minute = minutes.get(key);
      if (!minute || minute.endsAt <= at) minute = { endsAt: at + MINUTE_MS, taken: 0 };
      if (minute.taken >= perMinute) minute = { endsAt: minute.endsAt + MINUTE_MS, taken: 0 };
      minutes.set(key, { ...minute, taken: minute.taken + 1 });
      changed.add(key);
      return minute.endsAt - MINUTE_MS;
    },
    async save(tx) {
      for (const key of changed) {
        const { endsAt, taken } = minutes.get(key) as { endsAt: number; taken: number };
        const row = { points: taken, expires_at: endsAt };
        await tx
          .insertInto('rate_limits')
          .values({ key, ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute();
      }
    },
  };
}

/** A place is good for its minute. */
export function isSlotGood(slotAt: number | undefined, at: number): boolean {
  return slotAt !== undefined && slotAt <= at && at < slotAt + MINUTE_MS;
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

function keyOf(domain: string): string {
  return `mail to ${domain}`;
}
