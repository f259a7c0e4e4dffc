// The composition root: out of the settings, everything that a process keeps open.
import { pino } from 'pino';
import { type Day, today } from './base/calendar.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { migrate, pendingMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { openEmbedder } from './embeddings/open-embedder.ts';
import { chooseLanguage } from './language/words.ts';
import type { Mailer } from './mail/mailer.ts';
import { openMailer } from './mail/open-mailer.ts';
import { openSecret } from './people/secret.ts';
import { createSearch, type Search } from './search/search.ts';
import { loadSettings, savedSettingsNumber } from './settings/saved-settings.ts';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'isLevelEnabled'>;

export type App = {
  /** The environment's, else the saved ones; the same as long as this is open. */
  config: Config;
  /** Of the saved settings that `config` holds. */
  settingsNumber: number;
  /** After settings were saved: resolves when this process answers by them. */
  settingsSaved(): Promise<void>;
  database: Database;
  log: Log;
  /** Opens the index when it is first asked. */
  search: Search;
  mailer: Mailer;
  /** Says something to whoever started the program, on its terminal. */
  announce(line: string): void;
  /** What the instance signs with; made when it is first asked for. */
  secret(): string;
  /** The day of the instance's time zone. */
  today(): Day;
  close(): Promise<void>;
};

export type AppOptions = {
  log?: Log;
  migrates?: boolean;
  announce?: (line: string) => void;
  settingsSaved?: () => Promise<void>;
};

/**
 * Opens the database, brings its schema up to date and reads the saved settings. Throws AppErrors whose
 * one sentence says what to do; nothing stays open then.
 */
export async function openApp(given: Config, options: AppOptions = {}): Promise<App> {
  const database = await openDatabase(given.databaseUrl);
  let config = given;
  let settingsNumber = 0;
  try {
    const isBehind = (await pendingMigrations(database)).length > 0;
    if (isBehind && options.migrates !== false) await migrate(database);
    if (!isBehind || options.migrates !== false) {
      // First the number: what is saved in between makes for another look, not for none.
      settingsNumber = await savedSettingsNumber(database.read);
      config = await loadSettings(database.read, given);
    }
  } catch (error) {
    await database.close();
    throw error;
  }
  chooseLanguage(config.language);
  const log = options.log ?? createLog(config);
  const search = createSearch({ database, config, log, openEmbedder: () => openEmbedder(config) });
  const mailer = openMailer(config);
  let secret: string | undefined;
  return {
    config,
    settingsNumber,
    settingsSaved: options.settingsSaved ?? (async () => {}),
    database,
    log,
    search,
    mailer,
    announce: options.announce ?? ((line) => process.stdout.write(`${line}\n`)),
    secret() {
      secret ??= openSecret(config);
      return secret;
    },
    today: () => today(config.timeZone),
    async close() {
      await search.close();
      mailer.close();
      await database.close();
    },
  };
}

/** JSON lines on standard error, where they do not mix with a command's output. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  const auto = process.stderr.isTTY ? 'warn' : 'info';
  const level = config.logLevel === 'auto' ? auto : config.logLevel;
  return pino(
    { level, timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } },
    pino.destination({ dest: 2, sync: false }),
  );
}
