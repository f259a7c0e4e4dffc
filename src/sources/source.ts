// What the sources that need a network have in common. Each brings pages: what one answer held. A
// page is saved in one transaction with the place after it, so a killed run goes on where it was.
import type { Instant } from '../base/calendar.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { ArxivClient } from './arxiv/arxiv-client.ts';
import type { ImportReport } from './import-records.ts';
import type { Rejects } from './rejects.ts';
import { noteRun, type SourceName } from './source-store.ts';

export type SourceContext = {
  database: Database;
  client: ArxivClient;
  config: Pick<Config, 'categories' | 'arxiv'>;
  rejects: Rejects;
  /** The moment that counts as now. */
  now(): Instant;
  signal?: AbortSignal | undefined;
  /** After every page that was saved. */
  onPage?: (report: ImportReport) => void;
};

/** A place that papers come from over the network. */
export interface Source<Options> {
  name: SourceName;
  /** Brings in what is new since the last run, or what `options` name. Throws `SourceFailure`. */
  run(context: SourceContext, options: Options): Promise<ImportReport>;
}

/** Runs a source and writes down how it went. */
export async function runSource<Options>(
  source: Source<Options>,
  context: SourceContext,
  options: Options,
): Promise<ImportReport> {
  const requestsBefore = context.client.requests();
  const note = (outcome: { report?: ImportReport; problem?: unknown }) =>
    noteRun(context.database, source.name, {
      at: context.now(),
      requests: context.client.requests() - requestsBefore,
      ...outcome,
    });
  try {
    const report = await source.run(context, options);
    await note({ report });
    return report;
  } catch (problem) {
    if (!context.signal?.aborted) await note({ problem });
    throw problem;
  }
}
