import {
  isSavedSettingName,
  type SavedSettingName,
  type SavedSettings,
  SETTINGS,
} from '../config/settings.ts';
import { type Config, ConfigError, parseConfig } from '../config.ts';

/** Each completes a sentence that begins with the name of the setting. */
export type SettingProblems = Partial<Record<SavedSettingName, string>>;

export type Checked =
  /** `given` is what may be saved. */
  | { given: SavedSettings; config: Config; problems?: undefined }
  | { given: SavedSettings; config?: undefined; problems: SettingProblems };

/**
 * What was typed, together with everything else that holds. Nothing typed means the default, and what the
 * environment says is left to it. Throws `ConfigError` for what is wrong with others than those.
 */
export function checkSettings(
  { environment }: Pick<Config, 'environment'>,
  saved: SavedSettings,
  typed: SavedSettings,
): Checked {
  const given: SavedSettings = {};
  for (const [name, text] of Object.entries(typed)) {
    if (!isSavedSettingName(name) || environment[name] !== undefined) continue;
    const plain = text.replaceAll('\r\n', '\n').trim();
    given[name] = plain === '' ? SETTINGS[name].default : plain;
  }
  try {
    return { given, config: parseConfig(environment, { ...saved, ...given }) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems: SettingProblems = {};
    for (const problem of error.problems) {
      const [, name = '', what = ''] = /^(\w+) (.*)$/s.exec(problem) ?? [];
      if (!isSavedSettingName(name)) throw error;
      problems[name] ??= what;
    }
    return { given, problems };
  }
}

const HIDDEN = '…';

/** An address without its password, to be shown. */
export function hidePassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*:)[^@]*@/, `$1${HIDDEN}@`);
}

/** The other way: what is shown of the known address, and typed back as it was, means that address. */
export function knownSecret(typed: string, known: string): string {
  return typed.trim() === hidePassword(known) ? known : typed;
}
