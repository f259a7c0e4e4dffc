// Takes records in, batch by batch. A batch is one transaction with the position after it, so an
// import that is killed goes on after the last batch that was acknowledged.
import { now } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import type { EntryRecord } from '../days/entry.ts';
import { type SavedEntry, saveEntries } from '../days/entry-store.ts';
import type { PaperRecord } from '../papers/paper.ts';
import { type SavedRecord, savePapers } from '../papers/save-papers.ts';
import type { Rejects } from './rejects.ts';

export type ImportReport = {
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  /** Records whose identity turned out to be another name of a known paper. */
  merged: number;
  rejected: number;
  /** Places on day lists that are new or changed. */
  entries: number;
};

export function emptyReport(): ImportReport {
  return { read: 0, new: 0, changed: 0, unchanged: 0, merged: 0, rejected: 0, entries: 0 };
}

/** What one unit of input (a line, a page of a list) holds. */
export type ImportUnit = {
  records: { record: PaperRecord; raw: string; entry?: EntryRecord }[];
  /** What could not be read, with the reason. */
  rejected: { reason: string; text: string }[];
};

export type ImportProgress = { report: ImportReport; position: number };

type ImportOptions = {
  /** Under which a killed import is found again; undefined: it starts over, which changes nothing that is in. */
  checkpointId: string | undefined;
  rejects: Rejects;
  onBatch?: (progress: ImportProgress) => void;
};

const BATCH_RECORDS = 2_000;

/**
 * Imports a stream of units in order and returns the report over all runs of this import. The
 * checkpoint goes with the last batch.
 */
export async function importRecords(
  database: Database,
  units: AsyncIterable<ImportUnit[]>,
  options: ImportOptions,
): Promise<ImportReport> {
  const { checkpointId, rejects } = options;
  const checkpoint = checkpointId ? await findCheckpoint(database, checkpointId) : undefined;
  let report = checkpoint?.report ?? emptyReport();
  const skip = checkpoint?.position ?? 0;
  let position = 0;
  let batch: { unit: ImportUnit; position: number }[] = [];
  let batchRecords = 0;

  const flush = async (isLast: boolean) => {
    const end = batch.at(-1)?.position ?? position;
    for (const item of batch) {
      for (const rejected of item.unit.rejected) rejects.add(item.position, rejected);
    }
    report = await database.transact(async (tx) => {
      const after = await saveUnits(
        tx,
        batch.map((item) => item.unit),
        report,
      );
      if (checkpointId) await saveCheckpoint(tx, checkpointId, isLast ? undefined : end, after);
      return after;
    });
    batch = [];
    batchRecords = 0;
    options.onBatch?.({ report, position: end });
  };

  for await (const run of units) {
    for (const unit of run) {
      position++;
      if (position <= skip) continue;
      batch.push({ unit, position });
      batchRecords += unit.records.length + unit.rejected.length;
      if (batchRecords >= BATCH_RECORDS) await flush(false);
    }
  }
  await flush(true);
  return report;
}

/** Saves units inside a transaction and returns `report` with them counted. */
export async function saveUnits(
  tx: Tx,
  units: ImportUnit[],
  report: ImportReport,
): Promise<ImportReport> {
  const records = units.flatMap((unit) => unit.records);
  const saved: SavedRecord[] = records.map(({ record, raw, entry }) => ({
    record,
    raw,
    ...(entry ? { isListed: true } : {}),
  }));
  const outcomes = await savePapers(tx, saved);
  const after = { ...report };
  const entries: SavedEntry[] = [];
  outcomes.forEach((outcome, index) => {
    after.read++;
    after[outcome.status]++;
    const entry = records[index]?.entry;
    if (entry) entries.push({ entry, paperKey: outcome.key });
  });
  for (const unit of units) {
    after.read += unit.rejected.length;
    after.rejected += unit.rejected.length;
  }
  if (entries.length > 0) after.entries += await saveEntries(tx, entries);
  return after;
}

async function findCheckpoint(database: Database, id: string): Promise<ImportProgress | undefined> {
  const row = await database.read
    .selectFrom('imports')
    .select(['position', 'report'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { position: row.position, report: JSON.parse(row.report) as ImportReport };
}

async function saveCheckpoint(
  tx: Tx,
  id: string,
  position: number | undefined,
  report: ImportReport,
): Promise<void> {
  if (position === undefined) {
    await tx.deleteFrom('imports').where('id', '=', id).execute();
    return;
  }
  const at = now();
  const row = { position, report: JSON.stringify(report), changed_at: at };
  await tx
    .insertInto('imports')
    .values({ id, started_at: at, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
