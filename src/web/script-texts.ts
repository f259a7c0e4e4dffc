import { addAsset } from '../base/assets.ts';
import { words } from '../language/words.ts';

const pathByLanguage = new Map<string, string>();

/** The address of the texts that scripts show, in the language of the instance. public/page.js takes them from there. */
export function scriptTextsPath(): string {
  const known = pathByLanguage.get(words.tag);
  if (known) return known;
  const source = `export const texts = ${JSON.stringify(words.script)};\n`;
  const path = addAsset('texts.js', Buffer.from(source));
  pathByLanguage.set(words.tag, path);
  return path;
}
