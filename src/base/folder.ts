import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it where they are missing. (`mkdir` with `recursive` may never return
 * below /proc.)
 */
export function makeFolder(folder: string): void {
  const target = path.resolve(folder);
  if (fs.existsSync(target)) return;
  const parent = path.dirname(target);
  if (parent !== target) makeFolder(parent);
  try {
    fs.mkdirSync(target);
  } catch (error) {
    // Another process was quicker.
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}
