import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../base/errors.ts';
import { backupDatabase, restoreBackup } from '../database/backup.ts';
import { exportDatabase, importExport, isExport } from '../database/export.ts';
import { migrate } from '../database/migrate.ts';
import { deriveRenderings, resetRenderings } from '../papers/renderings.ts';
import { loadConfig, print, withApp, withExamples } from './command.ts';
import { createProgress } from './progress.ts';

export function addDatabaseCommands(program: Command): void {
  withExamples(
    program
      .command('migrate')
      .description('bring the database’s schema up to date (serve does it too)')
      .option('--json', 'print the result as JSON')
      .action((options: { json?: boolean }) =>
        withApp(
          async ({ database }) => {
            const ran = await migrate(database);
            const lines =
              ran.length > 0 ? ran.map((name) => `Ran ${name}.`) : ['The schema is current.'];
            print({ ran }, lines, options.json);
          },
          { migrates: false },
        ),
      ),
    ['migrate'],
  );
  withExamples(
    program
      .command('backup <file>')
      .description('write a consistent copy of everything, while the server serves')
      .option('--force', 'replace the file when it exists')
      .option('--json', 'print the result as JSON')
      .action((file: string, options: { force?: boolean; json?: boolean }) =>
        withApp(async ({ database }) => {
          const progress = createProgress('Writing', 'rows', options.json);
          await backupDatabase(database, file, {
            isForced: options.force ?? false,
            onRows: (_table, rows) => progress.update(rows),
          });
          progress.stop();
          const bytes = fs.statSync(file).size;
          print({ file, bytes }, [`Wrote ${file} (${Math.ceil(bytes / 1e6)} MB).`], options.json);
        }),
      ),
    ['backup backup-2026-01-05.db', 'backup nightly.db --force'],
  );
  withExamples(
    program
      .command('restore <file-or-folder>')
      .description('put a backup, or the folder of an export, in the place of the database')
      .option('--force', 'replace everything that is there')
      .option('--json', 'print the result as JSON')
      .action(restore),
    ['restore backup-2026-01-05.db --force', 'restore export/'],
  );
  withExamples(
    program
      .command('export <folder>')
      .description('write everything as JSON lines, one file a table')
      .option('--json', 'print the manifest as JSON')
      .action((folder: string, options: { json?: boolean }) =>
        withApp(async ({ database }) => {
          const progress = createProgress('Exporting', 'rows', options.json);
          const manifest = await exportDatabase(database, folder, (_table, rows) =>
            progress.update(rows),
          );
          progress.stop();
          print(
            manifest,
            [`Exported ${manifest.rows.papers} papers into ${folder}.`],
            options.json,
          );
        }),
      ),
    ['export export/'],
  );
  withExamples(
    program
      .command('derive')
      .description('make again what follows from the papers: rendered titles and abstracts')
      .option('--all', 'from the beginning, not only what has changed')
      .option('--json', 'print the result as JSON')
      .action((options: { all?: boolean; json?: boolean }) =>
        withApp(async ({ database }) => {
          if (options.all) await resetRenderings(database);
          const progress = createProgress('Rendering', 'papers', options.json);
          const rendered = await deriveRenderings(database, (seen) => progress.update(seen));
          progress.stop();
          print({ rendered }, [`Rendered ${rendered} papers that have formulas.`], options.json);
        }),
      ),
    ['derive', 'derive --all'],
  );
}

async function restore(
  source: string,
  options: { force?: boolean; json?: boolean },
): Promise<void> {
  const isForced = options.force ?? false;
  const progress = createProgress('Restoring', 'rows', options.json);
  const onRows = (_table: string, rows: number) => progress.update(rows);
  if (fs.existsSync(source) && fs.statSync(source).isDirectory()) {
    if (!isExport(source)) {
      throw new AppError('invalid', `${source} holds no complete export: it has no manifest.json.`);
    }
    await withApp(({ database }) => importExport(database, source, { isForced, onRows }));
  } else {
    const { databaseUrl } = loadConfig();
    await restoreBackup(databaseUrl, path.resolve(source), { isForced, onRows });
  }
  progress.stop();
  print({ restored: source }, [`Restored ${source}.`], options.json);
}
