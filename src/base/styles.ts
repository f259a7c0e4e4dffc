// The style sheets, put together at start from the files of styles/: one that every page carries in its head,
// so that nothing has to be fetched before the first paint; one for pages that are not lists; one for paper.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addAsset, assetPath } from './assets.ts';

const FOLDER = fileURLToPath(new URL('../../styles', import.meta.url));
/** tokens.css, which says the order of layers, comes first. */
const EVERYWHERE = ['tokens', 'base', 'frame', 'controls', 'lists', 'pictures', 'keys'];
const ON_PAPER = ['print'];

const others = fs
  .readdirSync(FOLDER)
  .filter((file) => file.endsWith('.css'))
  .map((file) => file.slice(0, -'.css'.length))
  .filter((name) => !EVERYWHERE.includes(name) && !ON_PAPER.includes(name))
  .sort();

/** What a reader may choose, each under an attribute of <html>: `compact` is `:root[data-density="compact"]`. */
const looks = new Map(
  fs
    .readdirSync(path.join(FOLDER, 'look'))
    .sort()
    .map((file) => [path.basename(file, '.css'), sheetOf([`look/${path.basename(file, '.css')}`])]),
);

/** Goes into each page as it is. */
export const CORE_STYLES = [
  sheetOf(EVERYWHERE),
  `@layer look{${[...looks.values()].join('')}}`,
  `@media (prefers-contrast:more){${renderLook(['contrast'])}}`,
].join('');
/** Allows exactly these styles in a content security policy. */
export const CORE_STYLES_SOURCE = `'sha256-${createHash('sha256').update(CORE_STYLES).digest('base64')}'`;
export const MORE_STYLES_PATH = addAsset('more.css', Buffer.from(sheetOf(others)));
export const PRINT_STYLES_PATH = addAsset('print.css', Buffer.from(sheetOf(ON_PAPER)));

/** The rules of looks as they are where they hold without attributes: for readers without script. */
export function renderLook(names: string[]): string {
  const rules = names.map((name) => looks.get(name) ?? '').join('');
  return `@layer look{${rules.replace(/:root\[[^\]]+\]/g, ':root')}}`;
}

function sheetOf(names: string[]): string {
  return names.map((name) => condense(fs.readFileSync(`${FOLDER}/${name}.css`, 'utf8'))).join('');
}

/** Without comments and indentation, and with the addresses of what it asks for: `url("asset:x.woff2")`. */
function condense(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/url\("asset:([^"]+)"\)/g, (_, name: string) => `url("${assetPath(name)}")`)
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/;\}/g, '}')
    .trim();
}
