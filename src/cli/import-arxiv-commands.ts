// Bringing papers in from arXiv, by hand what the `work` process does on schedule.
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../app.ts';
import { type Day, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { createArxivClient } from '../sources/arxiv/arxiv-client.ts';
import { isCategory, setOfCategory } from '../sources/arxiv/categories.ts';
import { arxivHarvest } from '../sources/arxiv/harvest-oai.ts';
import { OAI_FORMATS, type OaiFormat } from '../sources/arxiv/oai.ts';
import { arxivFeeds } from '../sources/arxiv/poll-feeds.ts';
import type { ImportReport } from '../sources/import-records.ts';
import { openRejects } from '../sources/rejects.ts';
import { snapshotUnits } from '../sources/snapshot-lines.ts';
import { runSource, type Source } from '../sources/source.ts';
import { print, withApp, withExamples } from './command.ts';
import { type Common, dayArgument, importFile, renderReport } from './import-commands.ts';
import { createProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

type HarvestArguments = Common & {
  from?: Day;
  until?: Day;
  set?: string[];
  all?: boolean;
  format: OaiFormat;
};
type FeedArguments = Common & { category?: string[] };
type SnapshotArguments = Common & { category?: string[]; from?: Day; until?: Day };

export function addArxivImports(group: Command): void {
  withExamples(
    group
      .command('arxiv')
      .description("arXiv's metadata by OAI-PMH; without days, what changed since the last harvest")
      .option('--from <day>', 'records that changed on this day or later', dayArgument)
      .option('--until <day>', 'records that changed on this day or earlier', dayArgument)
      .option('--set <set>', 'a set such as cs:cs:LG (again for more)', collect)
      .option('--all', 'all of arXiv instead of the sets of the configured categories')
      .addOption(
        new Option('--format <format>', 'arXivRaw has all versions, arXiv has affiliations')
          .choices([...OAI_FORMATS])
          .default('arXiv'),
      )
      .option('--json', 'print the report as JSON')
      .action((options: HarvestArguments) => withApp((app) => harvest(app, options))),
    [
      'import arxiv',
      'import arxiv --from 2026-01-01',
      'import arxiv --set physics:hep-th --from 2026-01-01 --until 2026-01-31',
    ],
  );
  withExamples(
    group
      .command('announcements')
      .description("today's announcement feeds of arXiv")
      .option(
        '--category <category>',
        'instead of the configured ones (again for more)',
        addCategory,
      )
      .option('--json', 'print the report as JSON')
      .action((options: FeedArguments) =>
        withApp((app) => {
          const categories = options.category ?? app.config.categories;
          return run(app, arxivFeeds, { categories }, options);
        }),
      ),
    ['import announcements', 'import announcements --category hep-th'],
  );
  withExamples(
    group
      .command('snapshot <file>')
      .description("arXiv's snapshot of Kaggle, arxiv-metadata-oai-snapshot.json")
      .option(
        '--category <category>',
        'only papers in it; cs stands for all of cs.* (again for more)',
        addCategory,
      )
      .option('--from <day>', 'only papers submitted on this day or later', dayArgument)
      .option('--until <day>', 'only papers submitted on this day or earlier', dayArgument)
      .option('--json', 'print the report as JSON')
      .action((file: string, options: SnapshotArguments) =>
        withApp((app) => importSnapshot(app, file, options)),
      ),
    [
      'import snapshot arxiv-metadata-oai-snapshot.json',
      'import snapshot - --category cs --category stat.ML --from 2024-01-01 < snapshot.json',
    ],
  );
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function addCategory(value: string, before: string[] = []): string[] {
  if (isCategory(value)) return [...before, value];
  throw new InvalidArgumentError(
    'Write a category of arXiv such as cs.LG, or an archive such as cs.',
  );
}

async function harvest(app: App, options: HarvestArguments): Promise<void> {
  const { from, until, format } = options;
  if (from && until && from > until) {
    throw new AppError('invalid', `--from ${from} is after --until ${until}: swap them.`);
  }
  if (options.all && options.set) {
    throw new AppError('invalid', '--all and --set exclude each other: leave one out.');
  }
  const ofCategories = [...new Set(app.config.categories.map(setOfCategory))];
  const sets = options.all ? [undefined] : (options.set ?? ofCategories);
  await run(app, arxivHarvest, { sets, format, from, until }, options);
}

async function run<Options>(
  app: App,
  source: Source<Options>,
  sourceOptions: Options,
  { json }: Common,
): Promise<void> {
  const { database, config } = app;
  const rejects = openRejects(path.join(config.dataDir, 'rejects'), source.name);
  const progress = createProgress('Importing', 'papers', json);
  const stopping = new AbortController();
  void stopSignal().then(() => stopping.abort());
  let report: ImportReport;
  try {
    report = await runSource(
      source,
      {
        database,
        client: createArxivClient(database, config),
        config,
        rejects,
        now,
        signal: stopping.signal,
        onPage: ({ read }) => progress.update(read),
      },
      sourceOptions,
    );
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    throw new AppError(
      'unavailable',
      'Stopped; everything up to here is in. Give the same command again and it goes on.',
    );
  } finally {
    progress.stop();
    rejects.close();
  }
  const file = rejects.file();
  print({ ...report, rejectsFile: file ?? null }, renderReport(report, file), json);
}

async function importSnapshot(app: App, file: string, options: SnapshotArguments): Promise<void> {
  const { category: categories = [], from, until } = options;
  if (from && until && from > until) {
    throw new AppError('invalid', `--from ${from} is after --until ${until}: swap them.`);
  }
  const filter = { categories, from, until };
  const kind = ['snapshot', ...categories, from ?? '', until ?? ''].join(' ').trim();
  await importFile(app, kind, file, options, (lines) => snapshotUnits(lines, filter));
}
