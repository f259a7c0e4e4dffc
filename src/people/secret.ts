// What sessions, links and codes are signed with.
import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import type { Config } from '../config.ts';

const FILE = 'secret';
const OWNER_ONLY = 0o600;

/**
 * The setting, or what the data folder keeps, made there when it is missing. Throws `unavailable`
 * when others could read the file.
 */
export function openSecret(
  config: Pick<Config, 'dataDir'> & { people: { secret: string } },
): string {
  if (config.people.secret !== '') return config.people.secret;
  const file = path.join(config.dataDir, FILE);
  const known = read(file);
  if (known !== undefined) return known;
  makeFolder(config.dataDir);
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  fs.writeFileSync(mine, `${randomBytes(32).toString('hex')}\n`, { mode: OWNER_ONLY, flush: true });
  try {
    // A link fails where another process was quicker, a renaming would not.
    fs.linkSync(mine, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(mine);
  }
  return read(file) as string;
}

function read(file: string): string | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
  if ((fs.statSync(file).mode & 0o077) !== 0) {
    throw new AppError(
      'unavailable',
      `${file} can be read by others, and whoever reads it can sign in as anyone: run "chmod 600 ${file}".`,
    );
  }
  if (text.length < 32) {
    throw new AppError(
      'unavailable',
      `${file} is damaged: delete it, and all sessions end; a new one is made at the next start.`,
    );
  }
  return text;
}

/** A key of its own for each purpose, so that what one signs is worth nothing elsewhere. */
export function keyFor(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`broadsheet ${purpose}`).digest();
}
