// What people report, for moderators to look at.
import { type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Db, Tx } from '../database/database.ts';
import type { Target, TargetKind } from './target.ts';

/** Reasons that a report may have; the first six are Hugging Face's for hiding a comment. */
export const REASONS = [
  'Spam',
  'Abuse',
  'Graphic Content',
  'Resolved',
  'Off-Topic',
  'Low Quality',
  'Copyright',
  'Personal data',
  'Other',
] as const;
export type Reason = (typeof REASONS)[number];

export const MAX_NOTE_LENGTH = 2_000;

export function parseReason(text: string | undefined): Reason {
  const reason = REASONS.find((one) => one === text);
  if (reason) return reason;
  throw new AppError('invalid', `Choose a reason: ${REASONS.join(', ')}.`);
}

/** One open report a person and target: reporting again changes the reason of the first. */
export async function fileReport(
  tx: Tx,
  report: { by: string; target: Target; reason: Reason; note: string },
): Promise<void> {
  const { by, target, reason } = report;
  const note = report.note.trim().slice(0, MAX_NOTE_LENGTH);
  const known = await tx
    .selectFrom('reports')
    .select('id')
    .where('reported_by', '=', by)
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (known) {
    await tx.updateTable('reports').set({ reason, note }).where('id', '=', known.id).execute();
    return;
  }
  await tx
    .insertInto('reports')
    .values({
      target_kind: target.kind,
      target_id: target.id,
      reported_by: by,
      reason,
      note,
      created_at: now(),
      state: 'open',
      handled_by: null,
      handled_at: null,
    })
    .execute();
}

export type Report = {
  id: number;
  by: string | undefined;
  reason: string;
  note: string;
  at: Instant;
};

export type ReportedTarget = { target: Target; reports: Report[] };

/** Open reports by target, the longest waiting first; of at most 500 reports. */
export async function listOpenReports(db: Db): Promise<ReportedTarget[]> {
  const rows = await db
    .selectFrom('reports')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('id')
    .limit(500)
    .execute();
  const found = new Map<string, ReportedTarget>();
  for (const row of rows) {
    const target = { kind: row.target_kind as TargetKind, id: row.target_id };
    const key = `${target.kind} ${target.id}`;
    const group = found.get(key) ?? { target, reports: [] };
    group.reports.push({
      id: row.id,
      by: row.reported_by ?? undefined,
      reason: row.reason,
      note: row.note,
      at: row.created_at as Instant,
    });
    found.set(key, group);
  }
  return [...found.values()];
}

/** Closes every open report of a target. */
export async function closeReports(
  tx: Tx,
  closed: { target: Target; by: string; as: 'upheld' | 'dismissed' },
): Promise<void> {
  await tx
    .updateTable('reports')
    .set({ state: closed.as, handled_by: closed.by, handled_at: now() })
    .where('target_kind', '=', closed.target.kind)
    .where('target_id', '=', closed.target.id)
    .where('state', '=', 'open')
    .execute();
}
