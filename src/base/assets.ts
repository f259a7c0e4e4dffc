// The files of public/ under addresses that carry a hash of their content, so that browsers may
// keep them for ever.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Asset = { body: Buffer; type: string };

const FOLDER = fileURLToPath(new URL('../../public', import.meta.url));
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const pathByName = new Map<string, string>();
const assetByPath = new Map<string, Asset>();

/** What a script takes from another one of public/: `from './page.js'`. */
const IMPORT = /(?<=\bfrom ')\.\/([\w-]+\.js)(?=')/g;

for (const name of fs.readdirSync(FOLDER).sort()) {
  if (TYPES[path.extname(name)]) addFile(name);
}

function addFile(name: string): string {
  const known = pathByName.get(name);
  if (known) return known;
  const body = fs.readFileSync(path.join(FOLDER, name));
  if (!name.endsWith('.js')) return addAsset(name, body);
  // What it imports comes first, for its address holds the hash.
  const text = body.toString().replace(IMPORT, (_, imported: string) => addFile(imported));
  return addAsset(name, Buffer.from(text));
}

/** Serves `body` under the address that it returns, as if it were that file of public/. */
export function addAsset(name: string, body: Buffer): string {
  const { name: stem, ext } = path.parse(name);
  const type = TYPES[ext];
  if (!type) throw new Error(`${name} is of no type that is served`);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const address = `/assets/${stem}-${hash}${ext}`;
  pathByName.set(name, address);
  assetByPath.set(address, { body, type });
  return address;
}

/** The address of a file of public/. Throws for a name that is not there. */
export function assetPath(name: string): string {
  const address = pathByName.get(name);
  if (!address) throw new Error(`public/ has no ${name}`);
  return address;
}

export function findAsset(address: string): Asset | undefined {
  return assetByPath.get(address);
}
