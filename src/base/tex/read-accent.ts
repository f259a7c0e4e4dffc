import { composeAccent, findBrokenGreek, isAccent } from './accents.ts';
import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';
import { GREEK, LETTERS } from './symbols.ts';

/** An accent over more than this is no accent. */
const MAX_ACCENT_CHARS = 24;
const UNBRACED_BASE = /\\(?:[A-Za-z]+\s?|["'`^~=.](?:\{\w\}|\w))|\p{L}/uy;

/** An accent command, whose name has been read, with its letter. */
export function readAccent(reader: Reader, list: NodeList, command: string): void {
  const start = reader.at;
  const isWord = /[A-Za-z]/.test(command);
  reader.skipBlanks();
  const isSpaced = reader.at > start;
  const end = reader.closerAt();
  if (end > 0 && end - reader.at <= MAX_ACCENT_CHARS) {
    const argument = (reader.takeArgument() ?? '').trim();
    const base = resolveLetters(argument);
    const letters = findBrokenGreek(command, argument) ?? composeAccent(command, base);
    list.text(letters ?? (/[A-Za-z=.]/.test(command) ? base : command + base));
    return;
  }
  // `\b geometric` is an author's bold, `na\" ive` no accent either; `\c c` and `\v Cech` are.
  const isOther = isSpaced && (!isWord || (/[bdt]/.test(command) && !/\p{L}/u.test(list.last)));
  const base = end > 0 || isOther ? null : reader.take(UNBRACED_BASE);
  const letter = base && composeAccent(command, [...resolveLetters(base[0])][0] ?? '');
  if (letter) list.text(letter);
  else {
    reader.at = start;
    if (!isWord && command !== '=' && command !== '.') list.text(command);
  }
}

/** The letters of an accent's argument: `{\i}`, `\ae`, or an accented letter of its own. */
function resolveLetters(argument: string): string {
  const bare = argument.replace(/[{}]/g, '').trim();
  const command = /^\\([A-Za-z]+|.)\s*([\s\S]*)$/.exec(bare);
  if (command === null) return bare;
  const [, name = '', rest = ''] = command;
  const letter = LETTERS.get(name) ?? GREEK.get(name);
  if (letter !== undefined) return letter + rest;
  return isAccent(name) ? (composeAccent(name, resolveLetters(rest)) ?? rest) : rest || name;
}
