import { addDays, type Day, type Instant } from '../base/calendar.ts';
import type { Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import type { DatedKey } from './gained-papers.ts';

export type NewMatch = DatedKey & { alertId: string };

/** Ids in the order of the matches, and their days, the end excluded. */
export type FreshMatches = { ids: string[]; days: { first: Day; end: Day } };

/** Writes down what alerts have found; returns by alert what they had not found before. Idempotent. */
export async function saveMatches(
  tx: Tx,
  matches: NewMatch[],
  at: Instant,
): Promise<Map<string, FreshMatches>> {
  const rows = matches.map(({ alertId, key, day }) => ({
    alert_id: alertId,
    paper_key: key,
    day,
    matched_at: at,
  }));
  const fresh = new Set<string>();
  for (const some of chunkedForInsert(rows)) {
    const inserted = await tx
      .insertInto('alert_matches')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['alert_id', 'paper_key'])
      .execute();
    for (const row of inserted) fresh.add(`${row.alert_id} ${row.paper_key}`);
  }
  const left = matches.filter(({ alertId, key }) => fresh.has(`${alertId} ${key}`));
  const ids = await idsOf(tx, [...new Set(left.map(({ key }) => key))]);
  const found = new Map<string, FreshMatches>();
  for (const { alertId, key, day } of left) {
    const id = ids.get(key) as string;
    const end = addDays(day, 1);
    const known = found.get(alertId);
    if (!known) {
      found.set(alertId, { ids: [id], days: { first: day, end } });
      continue;
    }
    known.ids.push(id);
    if (day < known.days.first) known.days.first = day;
    if (end > known.days.end) known.days.end = end;
  }
  return found;
}

const KEYS_AT_ONCE = 10_000;

async function idsOf(tx: Tx, keys: number[]): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
    const some = keys.slice(at, at + KEYS_AT_ONCE);
    const rows = await tx
      .selectFrom('papers')
      .select(['key', 'id'])
      .where('key', 'in', some)
      .execute();
    for (const row of rows) ids.set(row.key, row.id);
  }
  return ids;
}
