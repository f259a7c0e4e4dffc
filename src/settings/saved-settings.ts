// What administrators change while the instance runs. It is in the database, so that all processes of the
// instance work by the same; each change moves a number, by which they see that there is something new.
// Values are kept as they are written, passwords too: whoever can read the database can read them.
import { now } from '../base/calendar.ts';
import { isSavedSettingName, type SavedSettings, SETTINGS } from '../config/settings.ts';
import { type Config, ConfigError, parseConfig } from '../config.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';

const COUNTER = 'saved settings';

/** Moves with every change, in whatever process. */
export async function savedSettingsNumber(db: Db): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', COUNTER)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Those that this version has; what another one saved stays as it is. */
export async function loadSavedSettings(db: Db): Promise<SavedSettings> {
  const rows = await db.selectFrom('saved_settings').select(['name', 'value']).execute();
  return Object.fromEntries(
    rows.filter(({ name }) => isSavedSettingName(name)).map(({ name, value }) => [name, value]),
  );
}

/** The settings as they are now: the environment's, else the saved ones. Throws `ConfigError`. */
export async function loadSettings(db: Db, config: Config): Promise<Config> {
  const saved = await loadSavedSettings(db);
  try {
    return parseConfig(config.environment, saved);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError([
      ...error.problems,
      'Some of these may be saved: see "broadsheet settings", and "broadsheet settings NAME --unset".',
    ]);
  }
}

/**
 * Writes those that are given, and returns which have changed; what says the default is forgotten, so that it
 * follows the default of later versions. The caller has parsed them together with the environment.
 */
export async function saveSettings(tx: Tx, given: SavedSettings): Promise<string[]> {
  const before = await loadSavedSettings(tx);
  const changed: string[] = [];
  for (const [name, text] of Object.entries(given)) {
    if (!isSavedSettingName(name)) continue;
    const value = text === SETTINGS[name].default ? undefined : text;
    if (value === before[name]) continue;
    changed.push(name);
    await tx.deleteFrom('saved_settings').where('name', '=', name).execute();
    if (value === undefined) continue;
    await tx.insertInto('saved_settings').values({ name, value, changed_at: now() }).execute();
  }
  if (changed.length > 0) await noteChange(tx);
  return changed;
}

async function noteChange(tx: Tx): Promise<void> {
  await tx
    .insertInto('counters')
    .values({ name: COUNTER, value: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })),
    )
    .execute();
  // Readers see some of them.
  await takeChanges(tx, 1);
}
