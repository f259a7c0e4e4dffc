import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.ts';
import { addDays, type Day, isDay, parseDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { importExport, isExport } from '../database/export.ts';
import { markDemoEdition } from '../papers/paper-store.ts';
import { originOf } from '../sources/daily-list.ts';
import { fetchDailyUnits } from '../sources/fetch-daily.ts';
import { dailyUnits, paperUnits } from '../sources/import-files.ts';
import { importPage } from '../sources/import-page.ts';
import { type ImportReport, type ImportUnit, importRecords } from '../sources/import-records.ts';
import { openRejects } from '../sources/rejects.ts';
import { print, withApp, withExamples } from './command.ts';
import { openInput } from './input.ts';
import { createProgress } from './progress.ts';

export type Common = { json?: boolean };

/** Returns the group, for further kinds of import. */
export function addImportCommands(program: Command): Command {
  const group = program.command('import').description('bring papers in');
  withExamples(
    group
      .command('daily-papers <url-or-file>')
      .description('day lists of Hugging Face or another Broadsheet, or a file of recorded answers')
      .option('--date <day>', 'the day of the list, where the file does not say it', dayArgument)
      .option('--from <day>', 'from an address: the first day (default: a week ago)', dayArgument)
      .option('--to <day>', 'from an address: the last day (default: today)', dayArgument)
      .option('--origin <name>', 'where votes and comments in a file were counted', 'huggingface')
      .option('--json', 'print the report as JSON')
      .action((source: string, options: DailyOptions) =>
        withApp((app) => importDaily(app, source, options)),
      ),
    [
      'import daily-papers daily-papers.jsonl.xz',
      'import daily-papers https://huggingface.co --from 2025-10-01 --to 2025-10-31',
      'import daily-papers paper.json',
    ],
  );
  withExamples(
    group
      .command('page <file>')
      .description('the saved text of a Daily Papers page, kept as an edition')
      .requiredOption('--date <day>', 'the day the page was saved', dayArgument)
      .option('--list', 'also put its papers on the list of the day')
      .option('--json', 'print the report as JSON')
      .action((file: string, options: PageOptions) =>
        withApp((app) => importSavedPage(app, file, options)),
      ),
    [
      'import page daily-papers-page.txt --date 2025-10-29',
      'import page - --date 2025-10-29 --list',
    ],
  );
  withExamples(
    group
      .command('jsonl <file>')
      .description('papers as JSON lines, or the folder of an export')
      .option('--force', 'with an export: replace everything that is there')
      .option('--json', 'print the report as JSON')
      .action((file: string, options: Common & { force?: boolean }) =>
        withApp((app) => importJsonl(app, file, options)),
      ),
    [
      'import jsonl papers.jsonl.xz',
      'zcat papers.jsonl.gz | broadsheet import jsonl -',
      'import jsonl export/',
    ],
  );
  return group;
}

/** Lists still gain votes and papers for some days. */
const DEFAULT_DAYS = 7;

type DailyOptions = Common & { date?: Day; from?: Day; to?: Day; origin: string };
type PageOptions = Common & { date: Day; list?: boolean };

export function dayArgument(text: string): Day {
  if (isDay(text)) return parseDay(text);
  throw new InvalidArgumentError('Write a calendar day as YYYY-MM-DD, for example 2025-10-29.');
}

async function importDaily(app: App, source: string, options: DailyOptions): Promise<void> {
  if (!/^https?:\/\//.test(source)) {
    return importFile(app, 'daily-papers', source, options, (lines) =>
      dailyUnits(lines, options.origin, options.date),
    );
  }
  const to = options.to ?? options.date ?? app.today();
  const from = options.from ?? options.date ?? addDays(to, -DEFAULT_DAYS);
  if (from > to) throw new AppError('invalid', `--from ${from} is after --to ${to}: swap them.`);
  const fetched = fetchDailyUnits(source, { from, to, contact: app.config.contact });
  await runImport(app, 'daily-papers', options, {
    units: fetched.units,
    checkpointId: `daily-papers ${originOf(source)} ${from} ${to}`,
    share: fetched.share,
  });
}

async function importJsonl(
  app: App,
  file: string,
  options: Common & { force?: boolean },
): Promise<void> {
  if (file === '-' || !isExport(file)) return importFile(app, 'jsonl', file, options, paperUnits);
  const progress = createProgress('Restoring', 'rows', options.json);
  const manifest = await importExport(app.database, file, {
    isForced: options.force ?? false,
    onRows: (_table, rows) => progress.update(rows),
  });
  progress.stop();
  print(manifest, [`Took in the export ${file}: ${manifest.rows.papers} papers.`], options.json);
}

export async function importFile(
  app: App,
  kind: string,
  file: string,
  options: Common,
  units: (lines: AsyncIterable<(string | undefined)[]>) => AsyncIterable<ImportUnit[]>,
): Promise<void> {
  const input = openInput(file);
  try {
    await runImport(app, kind, options, {
      units: units(input.lines()),
      checkpointId: input.fingerprint && `${kind} ${input.fingerprint}`,
      share: () => (input.totalBytes ? input.bytesRead() / input.totalBytes : undefined),
    });
  } finally {
    input.close();
  }
}

async function runImport(
  app: App,
  kind: string,
  options: Common,
  work: {
    units: AsyncIterable<ImportUnit[]>;
    checkpointId: string | undefined;
    share: () => number | undefined;
  },
): Promise<void> {
  const rejects = openRejects(
    path.join(app.config.dataDir, 'rejects'),
    kind.split(' ')[0] as string,
  );
  const progress = createProgress('Importing', 'papers', options.json);
  let report: ImportReport;
  try {
    report = await importRecords(app.database, work.units, {
      checkpointId: work.checkpointId,
      rejects,
      onBatch: ({ report: so }) => progress.update(so.read, work.share()),
    });
  } finally {
    progress.stop();
    rejects.close();
  }
  await endDemoEdition(app);
  const file = rejects.file();
  print({ ...report, rejectsFile: file ?? null }, renderReport(report, file), options.json);
  if (report.read > 0 && report.rejected === report.read) process.exitCode = 1;
}

async function importSavedPage(app: App, file: string, options: PageOptions): Promise<void> {
  const input = openInput(file);
  const page = { day: options.date, isListed: options.list ?? false };
  const report = await importPage(app.database, await input.text(), page);
  await endDemoEdition(app);
  const lines = [...renderReport(report, undefined), `The page is at /editions/${report.edition}.`];
  print(report, lines, options.json);
}

/** The papers are no longer those that came with the program. */
async function endDemoEdition(app: App): Promise<void> {
  await app.database.transact((tx) => markDemoEdition(tx, false));
}

export function renderReport(report: ImportReport, rejectsFile: string | undefined): string[] {
  const number = (count: number) => count.toLocaleString('en');
  const { read, entries } = report;
  const lines = [
    `Read ${number(read)} ${read === 1 ? 'paper' : 'papers'}: ${number(report.new)} new, ${number(report.changed)} changed, ${number(report.unchanged)} unchanged, ${number(report.merged)} merged, ${number(report.rejected)} rejected.`,
  ];
  if (entries > 0) {
    const places = entries === 1 ? 'place on a day list is' : 'places on day lists are';
    lines.push(`${number(entries)} ${places} new or changed.`);
  }
  if (rejectsFile) lines.push(`What was rejected is in ${rejectsFile}, with the reasons.`);
  return lines;
}
