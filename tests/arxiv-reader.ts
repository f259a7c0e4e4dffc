// Reads a local arXiv into a database of tests, as the work process does, at the moments that the test
// chooses: the local arXiv's clock counts as now.
import { onTestFinished } from 'vitest';
import { type Day, type Instant, toInstant } from '../src/base/calendar.ts';
import { parseConfig } from '../src/config.ts';
import type { Database } from '../src/database/database.ts';
import { createArxivClient } from '../src/sources/arxiv/arxiv-client.ts';
import { setOfCategory } from '../src/sources/arxiv/categories.ts';
import { arxivHarvest } from '../src/sources/arxiv/harvest-oai.ts';
import { arxivLookup } from '../src/sources/arxiv/look-up-papers.ts';
import { arxivFeeds } from '../src/sources/arxiv/poll-feeds.ts';
import { listAnnouncementDays } from '../src/sources/completeness.ts';
import { openRejects } from '../src/sources/rejects.ts';
import { runSource, type SourceContext } from '../src/sources/source.ts';
import type { ReplayArxiv } from './replay-arxiv.ts';
import { openTestDatabase, temporaryFolder } from './test-database.ts';

export const CATEGORIES = ['cs.LG', 'cs.CL'];

export async function openReader(replay: ReplayArxiv, given?: Database) {
  const database = given ?? (await openTestDatabase());
  const config = parseConfig({
    ...replay.settings,
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_CATEGORIES: CATEGORIES.join(' '),
  });
  const rejects = openRejects(config.dataDir, 'arxiv');
  onTestFinished(() => rejects.close());
  const context: SourceContext = {
    database,
    client: createArxivClient(database, config),
    config,
    rejects,
    now: () => toInstant(replay.clock) as Instant,
  };
  const sets = CATEGORIES.map(setOfCategory);
  return {
    database,
    poll: () => runSource(arxivFeeds, context, { categories: CATEGORIES }),
    harvest: () => runSource(arxivHarvest, context, { sets, format: 'arXiv' }),
    fetchMissing: () => runSource(arxivLookup, context, { what: 'ids' }),
    resolveTitles: () => runSource(arxivLookup, context, { what: 'titles' }),
    days: (until: Day) =>
      listAnnouncementDays(database.read, {
        until,
        days: 14,
        categories: CATEGORIES,
        holidays: [],
      }),
  };
}
