// Keys that mail is signed with. Those of the data folder are files named by their selector; the file
// `selector` beside them says which one signs, so that a new key can be in the DNS before it does.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import type { Config } from '../config.ts';

export type DkimKey = { selector: string; privateKey: KeyObject };

type Where = Pick<Config, 'dataDir' | 'mail'>;

const BITS = 2_048;
const MIN_BITS = 1_024;
const POINTER = 'selector';
const OWNER_ONLY = 0o600;

/** The key that signs; undefined where there is none. Throws `unavailable` for one that cannot be used. */
export function findDkimKey(config: Where): DkimKey | undefined {
  const { key, selector } = config.mail.dkim;
  if (key !== '') {
    return { selector, privateKey: key.startsWith('-----') ? parse(key) : readKey(key) };
  }
  const current = currentSelector(config);
  return current === undefined ? undefined : readDkimKey(config, current);
}

export function readDkimKey(config: Where, selector: string): DkimKey {
  return { selector, privateKey: readKey(fileOf(config, selector)) };
}

/** Of the data folder, the one that signs first. */
export function listSelectors(config: Where): string[] {
  const current = currentSelector(config);
  const folder = folderOf(config);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const others = names
    .filter((name) => name.endsWith('.pem'))
    .map((name) => name.slice(0, -'.pem'.length))
    .filter((name) => name !== current)
    .sort();
  return current === undefined ? others : [current, ...others];
}

/** Makes a key in the data folder; it signs at once only when it is the first. Throws `conflict`. */
export function makeDkimKey(config: Where, selector: string): DkimKey {
  const file = fileOf(config, selector);
  const folder = folderOf(config);
  makeFolder(config.dataDir);
  makeFolder(folder);
  fs.chmodSync(folder, 0o700);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    fs.writeFileSync(file, pem, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new AppError('conflict', `There is a key ${selector} already: give another --selector.`);
  }
  if (currentSelector(config) === undefined) useDkimKey(config, selector);
  return { selector, privateKey };
}

/** From the next message on, in every process. Throws `not-found`. */
export function useDkimKey(config: Where, selector: string): void {
  if (!fs.existsSync(fileOf(config, selector))) {
    throw new AppError(
      'not-found',
      `There is no key ${selector}: make it with "broadsheet mail dkim --rotate --selector ${selector}".`,
    );
  }
  const pointer = path.join(folderOf(config), POINTER);
  fs.writeFileSync(`${pointer}.tmp`, `${selector}\n`, { mode: OWNER_ONLY, flush: true });
  fs.renameSync(`${pointer}.tmp`, pointer);
}

/** `p=` of the DNS record: the public half as base64. */
export function publicKeyOf({ privateKey }: DkimKey): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** Looks at the files again when they have changed. */
export function watchDkimKey(config: Where): () => DkimKey | undefined {
  let known: { stamp: string; key: DkimKey | undefined } | undefined;
  return () => {
    const stamp = config.mail.dkim.key === '' ? stampOf(config) : 'setting';
    if (known?.stamp !== stamp) known = { stamp, key: findDkimKey(config) };
    return known.key;
  };
}

function stampOf(config: Where): string {
  const stat = fs.statSync(path.join(folderOf(config), POINTER), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.ino}` : '';
}

function currentSelector(config: Where): string | undefined {
  try {
    return fs.readFileSync(path.join(folderOf(config), POINTER), 'utf8').trim();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readKey(file: string): KeyObject {
  let pem: string;
  try {
    pem = fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    throw new AppError(
      'unavailable',
      `The key that mail is signed with cannot be read from ${file} (${code}): put it there, or set BROADSHEET_DKIM_KEY.`,
    );
  }
  if ((fs.statSync(file).mode & 0o007) !== 0) {
    throw new AppError(
      'unavailable',
      `${file} can be read by everyone, and whoever reads it can write mail in your name: run "chmod 600 ${file}".`,
    );
  }
  return parse(pem);
}

function parse(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // Said below, without what the library says of it.
  }
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key?.asymmetricKeyType === 'rsa' && bits >= MIN_BITS) return key;
  throw new AppError(
    'unavailable',
    `The key that mail is signed with must be an RSA key of at least ${MIN_BITS} bits as PEM, without a password: make one with "broadsheet mail dkim".`,
  );
}

function folderOf(config: Where): string {
  return path.join(config.dataDir, 'dkim');
}

function fileOf(config: Where, selector: string): string {
  return path.join(folderOf(config), `${selector}.pem`);
}
