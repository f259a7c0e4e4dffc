import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { loadPeople, type PublicPerson } from '../people/person.ts';
import type { Act } from './moderate.ts';
import { keyOf, loadTargets, type TargetKind, type TargetView } from './target.ts';

export type LogEntry = {
  id: number;
  at: Instant;
  act: Act;
  reason: string;
  until: Instant | undefined;
  /** Undefined: the account is gone. */
  actor: PublicPerson | undefined;
  view: TargetView;
  undoes: number | undefined;
  undoneAt: Instant | undefined;
};

/** Newest first, those before the entry `before`; a fixed number of queries. */
export async function listModerationLog(
  db: Db,
  page: { limit: number; before?: number | undefined },
): Promise<{ items: LogEntry[]; hasMore: boolean }> {
  let query = db.selectFrom('moderation_log').selectAll();
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const targetOf = (row: (typeof rows)[number]) => ({
    kind: row.target_kind as TargetKind,
    id: row.target_id,
  });
  const views = await loadTargets(db, shown.map(targetOf));
  const people = await loadPeople(
    db,
    shown.flatMap((row) => row.actor_id ?? []),
  );
  const items = shown.map((row) => {
    const { until } = JSON.parse(row.details) as { until?: Instant };
    return {
      id: row.id,
      at: row.acted_at as Instant,
      act: row.action as Act,
      reason: row.reason,
      until,
      actor: row.actor_id === null ? undefined : people.get(row.actor_id),
      view: views.get(keyOf(targetOf(row))) as TargetView,
      undoes: row.undoes ?? undefined,
      undoneAt: (row.undone_at as Instant | null) ?? undefined,
    };
  });
  return { items, hasMore: rows.length > page.limit };
}
