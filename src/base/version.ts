import fs from 'node:fs';

const manifest = JSON.parse(
  fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** The program's own version, `0.1.0`. */
export const VERSION: string = manifest.version;
