// What changed somebody's rights, kept when the people are gone.
import type { Selectable } from 'kysely';
import { now } from '../base/calendar.ts';
import type { Db, Tx } from '../database/database.ts';
import type { AuditLogTable } from '../database/schema.ts';

export type AuditAction =
  | 'joined'
  | 'became first administrator'
  | 'role changed'
  | 'account deleted'
  | 'token made'
  | 'token revoked'
  | 'sign-in method added'
  | 'sign-in method removed'
  | 'session ended'
  | 'invited'
  | 'barred'
  | 'bar lifted'
  | 'channel made'
  | 'channel changed'
  | 'channel removed'
  | 'settings changed';

export type AuditEntry = {
  action: AuditAction;
  /** Who did it; undefined for the command line and the program itself. */
  actorId?: string | undefined;
  /** Whose rights changed. */
  subjectId?: string | undefined;
  details?: Record<string, string | number | boolean | null>;
};

export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      acted_at: now(),
      actor_id: entry.actorId ?? null,
      action: entry.action,
      subject_id: entry.subjectId ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}

export type AuditPage = { items: Selectable<AuditLogTable>[]; hasMore: boolean };

/** Newest first, those before the entry `before`. */
export async function listAudit(
  db: Db,
  page: { limit: number; before?: number | undefined },
): Promise<AuditPage> {
  let query = db.selectFrom('audit_log').selectAll();
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return { items: rows.slice(0, page.limit), hasMore: rows.length > page.limit };
}
