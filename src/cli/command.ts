// What every command shares: opening the instance, printing results, ending.
import type { Command } from 'commander';
import { type App, openApp } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { type Config, parseConfig } from '../config.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { loadSettings } from '../settings/saved-settings.ts';

/** Settings out of `.env` and the environment; the environment wins. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') {
      throw new AppError('invalid', `.env cannot be read (${(error as Error).message}).`, error);
    }
  }
  const config = parseConfig(process.env);
  for (const name of config.unknown) {
    process.stderr.write(
      `${name} is no setting of Broadsheet: look for its name in docs/settings.md.\n`,
    );
  }
  return config;
}

/** The same, and what administrators saved, for commands that need no more of the instance. */
export async function loadAllSettings(): Promise<Config> {
  const config = loadConfig();
  const database = await openDatabase(config.databaseUrl);
  try {
    const pending = await pendingMigrations(database);
    return pending.length > 0 ? config : await loadSettings(database.read, config);
  } finally {
    await database.close();
  }
}

/** Runs `work` on the opened instance and closes it, whatever happens. */
export async function withApp<T>(
  work: (app: App) => Promise<T>,
  options: { migrates?: boolean } = {},
): Promise<T> {
  const app = await openApp(loadConfig(), options);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Prints a result for a person, or as JSON for a script. */
export function print(result: object, lines: string[], isJson: boolean | undefined): void {
  process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
}

/** Adds examples below a command's help. */
export function withExamples(command: Command, examples: string[]): Command {
  const lines = examples.map((example) => `  $ broadsheet ${example}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
