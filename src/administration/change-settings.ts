import type { SavedSettings } from '../config/settings.ts';
import type { Tx } from '../database/database.ts';
import { writeAudit } from '../people/audit-log.ts';
import { saveSettings } from '../settings/saved-settings.ts';
import { removeDemo } from './remove-demo.ts';

/**
 * Saves what was checked, and does what follows from it. Of secrets the log has no more than that they
 * changed.
 */
export async function changeSettings(
  tx: Tx,
  given: SavedSettings,
  by: { actorId: string | undefined },
): Promise<void> {
  const changed = await saveSettings(tx, given);
  if (changed.length === 0) return;
  const names = changed.map((name) => name.slice('BROADSHEET_'.length).toLowerCase()).join(' ');
  await writeAudit(tx, { action: 'settings changed', ...by, details: { names } });
  if (changed.includes('BROADSHEET_DEMO') && given.BROADSHEET_DEMO === 'false')
    await removeDemo(tx);
}
