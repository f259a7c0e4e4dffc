// The handlers of the jobs that keep the sources current.
import path from 'node:path';
import type { App } from '../app.ts';
import { now } from '../base/calendar.ts';
import type { Handler } from '../queue/worker.ts';
import { createArxivClient } from '../sources/arxiv/arxiv-client.ts';
import { setOfCategory } from '../sources/arxiv/categories.ts';
import { arxivHarvest } from '../sources/arxiv/harvest-oai.ts';
import { arxivLookup } from '../sources/arxiv/look-up-papers.ts';
import { arxivFeeds } from '../sources/arxiv/poll-feeds.ts';
import { SourceFailure } from '../sources/outside-request.ts';
import { openRejects } from '../sources/rejects.ts';
import { runSource, type Source, type SourceContext } from '../sources/source.ts';
import { FETCH_PAPERS, HARVEST, POLL_FEEDS, RESOLVE_PAPERS } from '../sources/source-jobs.ts';
import { thenTakeSubmissions } from './submission-handlers.ts';

export function sourceHandlers(app: App): Record<string, Handler> {
  const client = createArxivClient(app.database, app.config);
  const { categories } = app.config;
  let isUnreachable = false;

  const handlerOf =
    <Options>(source: Source<Options>, options: Options): Handler =>
    async (_job, signal) => {
      const rejects = openRejects(path.join(app.config.dataDir, 'rejects'), source.name);
      const { database, config } = app;
      const context: SourceContext = { database, client, config, rejects, now, signal };
      try {
        const report = await runSource(source, context, options);
        if (isUnreachable) app.log.info({}, 'arXiv answers again');
        isUnreachable = false;
        app.log.info({ source: source.name, report }, 'a source was read');
      } catch (error) {
        const isCutOff = error instanceof SourceFailure && error.kind === 'unreachable';
        // Once, however often it is tried: a laptop without a network is no cause for noise.
        if (isCutOff && !isUnreachable) {
          app.log.warn(
            { problem: error.message },
            'arXiv cannot be reached; the papers that are here stay, and it is tried again',
          );
        }
        isUnreachable ||= isCutOff;
        throw error;
      } finally {
        rejects.close();
      }
    };

  const sets = [...new Set(categories.map(setOfCategory))];
  return {
    [POLL_FEEDS.kind]: handlerOf(arxivFeeds, { categories }),
    [HARVEST.kind]: handlerOf(arxivHarvest, { sets, format: 'arXiv' }),
    [FETCH_PAPERS.kind]: thenTakeSubmissions(app, handlerOf(arxivLookup, { what: 'ids' })),
    [RESOLVE_PAPERS.kind]: handlerOf(arxivLookup, { what: 'titles' }),
  };
}
