import type { Command } from 'commander';
import { changeSettings } from '../administration/change-settings.ts';
import { AppError } from '../base/errors.ts';
import {
  isSavedSettingName,
  SAVED_SETTING_NAMES,
  SAVED_SETTINGS,
  type SavedSettingName,
  type SavedSettings,
  SETTINGS,
} from '../config/settings.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { checkSettings, hidePassword } from '../settings/check-settings.ts';
import { loadSavedSettings } from '../settings/saved-settings.ts';
import { loadConfig, print, withExamples } from './command.ts';

type SettingsOptions = { unset?: boolean; json?: boolean };
type Source = 'environment' | 'saved' | 'default';

export function addSettingsCommand(program: Command): void {
  withExamples(
    program
      .command('settings')
      .description(
        'show the settings that are saved in the database, or change one; what runs takes it on within seconds',
      )
      .argument('[name]', 'which one, such as BROADSHEET_NAME')
      .argument('[value]', 'what it is to be')
      .option('--unset', 'forget what is saved, so that the default holds')
      .option('--json', 'print as JSON')
      .action(settings),
    [
      'settings',
      'settings BROADSHEET_JOINING',
      'settings BROADSHEET_NAME "The Morning Paper"',
      'settings BROADSHEET_NAME --unset',
    ],
  );
}

async function settings(
  given: string | undefined,
  value: string | undefined,
  options: SettingsOptions,
): Promise<void> {
  const config = loadConfig();
  const name = given === undefined ? undefined : nameOf(given);
  if (options.unset && (name === undefined || value !== undefined)) {
    throw new AppError('invalid', 'Write --unset behind the name alone.');
  }
  // Not as an app: what is saved may be what keeps one from being opened.
  const database = await openDatabase(config.databaseUrl);
  try {
    await migrate(database);
    if (name !== undefined && (value !== undefined || options.unset)) {
      await change(database, config, name, value ?? '');
    }
    const shown = name === undefined ? SAVED_SETTING_NAMES : [name];
    show(shown, config, await loadSavedSettings(database.read), options.json);
  } finally {
    await database.close();
  }
}

function nameOf(given: string): SavedSettingName {
  const name = given.toUpperCase();
  if (isSavedSettingName(name)) return name;
  if (name in SETTINGS) {
    throw new AppError('invalid', `${name} is set in the environment or in .env only.`);
  }
  throw new AppError('invalid', `There is no setting ${given}: "broadsheet settings" lists them.`);
}

async function change(
  database: Database,
  config: Config,
  name: SavedSettingName,
  value: string,
): Promise<void> {
  if (config.environment[name] !== undefined) {
    throw new AppError(
      'conflict',
      `${name} is set in the environment or in .env, which wins: change it there.`,
    );
  }
  await database.transact(async (tx) => {
    const saved = await loadSavedSettings(tx);
    // What was wrong before may be mended one by one.
    const before = checkSettings(config, saved, {}).problems ?? {};
    const { given, problems = {} } = checkSettings(config, saved, { [name]: value });
    const lines = Object.entries(problems).flatMap(([which, what]) =>
      which === name || !(which in before) ? [`${which} ${what}`] : [],
    );
    if (lines.length > 0) throw new AppError('invalid', lines.join('\n'));
    await changeSettings(tx, given, { actorId: undefined });
  });
}

function show(
  names: SavedSettingName[],
  config: Config,
  saved: SavedSettings,
  isJson: boolean | undefined,
): void {
  const rows = names.map((name) => {
    const sources: [Source, string | undefined][] = [
      ['environment', config.environment[name]],
      ['saved', saved[name]],
      ['default', SETTINGS[name].default],
    ];
    const [source, text = ''] = sources.find(([, value]) => value !== undefined) ?? [];
    const isSecret = SAVED_SETTINGS[name].field === 'secret';
    return { name, value: isSecret ? hidePassword(text) : text, source };
  });
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(
    ({ name, value, source }) =>
      `${name.padEnd(width)}  ${value.replaceAll('\n', '\\n')}  (${source})`,
  );
  print({ settings: rows }, lines, isJson);
}
