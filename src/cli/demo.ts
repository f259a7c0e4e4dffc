// The demo edition: real papers of October 2025 that come with the program, for a first look. They
// take the way of every other paper, through the importers.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from '../app.ts';
import type { Day } from '../base/calendar.ts';
import { countPapers, markDemoEdition, noteLastDemoPaper } from '../papers/paper-store.ts';
import { deriveRenderings } from '../papers/renderings.ts';
import { dailyUnits, paperUnits } from '../sources/import-files.ts';
import { importPage } from '../sources/import-page.ts';
import { type ImportUnit, importRecords } from '../sources/import-records.ts';
import { openRejects } from '../sources/rejects.ts';
import { openInput } from './input.ts';
import { createProgress, type Progress } from './progress.ts';

const FOLDER = fileURLToPath(new URL('../../demo', import.meta.url));
const PAGE_DAY = '2025-10-29' as Day;
/** Its row in `imports` says that a load has begun and not ended. */
const LOAD = 'demo edition';

/** Fills an empty database; goes on with a load that was killed. */
export async function loadDemoIfEmpty(app: App): Promise<void> {
  const { database } = app;
  const begun = await database.read
    .selectFrom('imports')
    .select('id')
    .where('id', '=', LOAD)
    .executeTakeFirst();
  if (!begun) {
    if ((await countPapers(database.read)) > 0) return;
    const at = new Date().toISOString();
    await database.transact(async (tx) => {
      await tx
        .insertInto('imports')
        .values({ id: LOAD, position: 0, report: '{}', started_at: at, changed_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await markDemoEdition(tx, true);
    });
  }
  const progress = createProgress('Loading the demo edition', 'papers');
  const before = await loadFile(app, progress, 0, 'daily-papers.jsonl.gz', (lines) =>
    dailyUnits(lines, 'huggingface', undefined),
  );
  await loadFile(app, progress, before, 'arxiv.jsonl.gz', paperUnits);
  const page = openInput(path.join(FOLDER, 'daily-papers-page.txt.gz'));
  await importPage(database, await page.text(), { day: PAGE_DAY, isListed: false });
  await deriveRenderings(database);
  await database.transact(async (tx) => {
    await tx.deleteFrom('imports').where('id', '=', LOAD).execute();
    await noteLastDemoPaper(tx);
  });
  progress.stop();
}

async function loadFile(
  app: App,
  progress: Progress,
  before: number,
  name: string,
  units: (lines: AsyncIterable<(string | undefined)[]>) => AsyncIterable<ImportUnit[]>,
): Promise<number> {
  const input = openInput(path.join(FOLDER, name));
  const rejects = openRejects(path.join(app.config.dataDir, 'rejects'), 'demo');
  try {
    const report = await importRecords(app.database, units(input.lines()), {
      checkpointId: `${LOAD} ${name}`,
      rejects,
      onBatch: ({ report }) =>
        progress.update(before + report.read, input.bytesRead() / (input.totalBytes ?? 1)),
    });
    return before + report.read;
  } finally {
    rejects.close();
    input.close();
  }
}
