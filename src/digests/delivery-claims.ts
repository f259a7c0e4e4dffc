// Taking waiting deliveries in hand; see src/queue/job.ts for what claims and leases are. Claims happen one
// after the other over all processes, because a domain's places and who has an address in hand are counted.
import { type SqlBool, sql } from 'kysely';
import type { Instant } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import { databaseTime } from '../queue/job.ts';
import { type Delivery, deliveryFromRow } from './delivery.ts';
import { domainOf, isSlotGood, openDomainSlots } from './domain-slots.ts';

/** In the hands of this process until `leaseUntil`, which also tells its claim from others. */
export type ClaimedDelivery = Delivery & { leaseUntil: Instant };

export type ClaimOptions = {
  /** How many at most. */
  count: number;
  leaseMs: number;
  /** Messages a minute to one domain; 0: as many as there are. */
  perDomain: number;
};

/** Any fixed number: the PostgreSQL advisory lock under which deliveries are claimed. */
const CLAIM_LOCK = 7_041_602;
/** How many of the first that wait are looked at. */
const LOOKED_AT = 200;
/** Written into the statement: SQLite uses a partial index only where it sees that its condition holds. */
const WAITING = sql.lit('waiting' as const);

/** Without the write lock, so that idle processes disturb nobody. */
export async function isDeliveryDue(database: Database): Promise<boolean> {
  const time = databaseTime(database.engine);
  const { rows } = await sql<{ due: SqlBool }>`select
    not exists (select 1 from sending_pauses where until > ${time}) and (
      exists (select 1 from deliveries where state = 'waiting' and run_at <= ${time}) or
      exists (select 1 from deliveries where lease_until < ${time} and state = 'sending')
    ) as due
  `.execute(database.read);
  return Boolean(rows[0]?.due);
}

/**
 * Takes the first that are due, none while another delivery to the same address is in hand, so that no two
 * tell one reader the same. What its domain has no room for is put off. `isMore`: another look may find some.
 */
export async function claimDeliveries(
  database: Database,
  { count, leaseMs, perDomain }: ClaimOptions,
): Promise<{ claimed: ClaimedDelivery[]; isMore: boolean }> {
  return database.transact(async (tx) => {
    if (database.engine === 'postgres') {
      await sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`.execute(tx);
    }
    const at = await timeOf(tx, database);
    await reviveInFlight(tx, at);
    const found = await findDue(tx, at);
    const rows = firstOfEach(found);
    const slots = await openDomainSlots(
      tx,
      perDomain > 0 ? rows.map((row) => domainOf(row.email)) : [],
      { at: Date.parse(at), perMinute: perDomain },
    );
    const claimed: ClaimedDelivery[] = [];
    const leaseUntil = later(at, leaseMs);
    const claims = new Map<string | null, string[]>();
    const delays = new Map<string, string[]>();
    for (const row of rows) {
      if (claimed.length === count) break;
      let slotAt = row.slot_at;
      if (perDomain > 0 && !isSlotGood(slotAt ? Date.parse(slotAt) : undefined, Date.parse(at))) {
        slotAt = new Date(slots.take(domainOf(row.email))).toISOString();
      }
      if (slotAt !== null && slotAt > at) push(delays, slotAt, row.id);
      else {
        push(claims, slotAt, row.id);
        claimed.push({ ...deliveryFromRow(row), leaseUntil });
      }
    }
    for (const [slotAt, ids] of claims) {
      // Until the lease is over nobody else finds it due, and after it whoever looks does.
      const changes = { slot_at: slotAt, lease_until: leaseUntil, run_at: leaseUntil };
      await tx.updateTable('deliveries').set(changes).where('id', 'in', ids).execute();
    }
    for (const [slotAt, ids] of delays) {
      const changes = { slot_at: slotAt, run_at: slotAt };
      await tx.updateTable('deliveries').set(changes).where('id', 'in', ids).execute();
    }
    await slots.save(tx);
    const isMore = claimed.length === count || delays.size > 0 || found.length === LOOKED_AT;
    return { claimed, isMore: isMore && found.length > 0 };
  });
}

async function timeOf(tx: Tx, database: Database): Promise<Instant> {
  const { rows } = await sql<{ at: Instant }>`
    select ${databaseTime(database.engine)} as at
  `.execute(tx);
  return (rows[0] as { at: Instant }).at;
}

/** Whoever handed these over was killed before the server answered: whether they arrived, nobody knows. */
async function reviveInFlight(tx: Tx, at: Instant): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', is_uncertain: 1, run_at: at, lease_until: null })
    .where('state', '=', 'sending')
    .where('lease_until', '<', at)
    .execute();
}

function findDue(tx: Tx, at: Instant) {
  return tx
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', WAITING)
    .where('run_at', '<=', at)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('deliveries as other')
            .select('other.id')
            .whereRef('other.email', '=', 'deliveries.email')
            .where('other.lease_until', '>', at),
        ),
      ),
    )
    .orderBy('run_at')
    .orderBy('id')
    .limit(LOOKED_AT)
    .execute();
}

function firstOfEach<T extends { email: string }>(rows: T[]): T[] {
  const seen = new Set<string>();
  return rows.filter(({ email }) => {
    if (seen.has(email)) return false;
    seen.add(email);
    return true;
  });
}

function push<K>(lists: Map<K, string[]>, key: K, id: string): void {
  const list = lists.get(key);
  if (list) list.push(id);
  else lists.set(key, [id]);
}

function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString() as Instant;
}
