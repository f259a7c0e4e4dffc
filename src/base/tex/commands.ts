import { isAccent } from './accents.ts';
import { FORMULAS, SILENT_WITH_ARGUMENTS, STYLED, SWITCHES } from './command-tables.ts';
import { readBareFormula, readDelimited } from './formulas.ts';
import type { NodeList } from './node-list.ts';
import { readAccent } from './read-accent.ts';
import type { Reader } from './reader.ts';
import { readStructure } from './structure.ts';
import { FUNCTIONS, findMathSign, LETTERS, TEXT_SIGNS } from './symbols.ts';

const FILE_PATH = /(?:\\[\w.-]+){2,}\\?|\\[\w-]+\.\w+/y;
const ESCAPED_CHARACTER = /\\[nrt0](?=["'`])/y;

export function readCommand(reader: Reader, list: NodeList): void {
  if (readLiteral(reader, list)) return;
  const start = reader.at;
  reader.at += 1;
  const name = reader.takeName();
  if (name === '') readSignCommand(reader, list);
  else {
    if (reader.peek() === '*' && reader.peek(1) === '{') reader.at += 1;
    readWordCommand(reader, list, { name, start });
  }
}

/** `C:\Users\me` and `'\n'` are no TeX. */
function readLiteral(reader: Reader, list: NodeList): boolean {
  const before = reader.source.slice(Math.max(0, reader.at - 3), reader.at);
  const isPath = /(?:^|[^A-Za-z])[A-Za-z]:$/.test(before);
  const isQuoted = /["'`]$/.test(before);
  const literal =
    (isPath && reader.take(FILE_PATH)) || (isQuoted && reader.take(ESCAPED_CHARACTER));
  if (literal) list.text(literal[0]);
  return Boolean(literal);
}

function readSignCommand(reader: Reader, list: NodeList): void {
  const sign = reader.peek();
  reader.at += 1;
  if (isAccent(sign)) readAccent(reader, list, sign);
  else if (sign === '(' || sign === '[') readDelimited(reader, list, sign);
  else if (sign === '\\') readLineBreak(reader, list);
  else if (/[,:;>]/.test(sign)) list.text('\u202f');
  else if (/\s/.test(sign)) list.text(' ');
  else if (sign === '|') list.text('‖');
  else if (!/[!/\-@)\]*]/.test(sign)) list.text(sign);
}

/** `\\` ends a line; before a known command it is a backslash that someone escaped. */
function readLineBreak(reader: Reader, list: NodeList): void {
  const start = reader.at;
  const isEscape = STYLED.has(reader.takeName()) && reader.peek() === '{';
  reader.at = isEscape ? start - 1 : start;
  if (isEscape) return;
  reader.skipOption();
  list.separate('break');
}

function readWordCommand(
  reader: Reader,
  list: NodeList,
  { name, start }: { name: string; start: number },
): void {
  const letter = LETTERS.get(name);
  const styles = STYLED.get(name);
  const switched = SWITCHES.get(name);
  const skipped = SILENT_WITH_ARGUMENTS.get(name);
  const argumentCount = FORMULAS.get(name);
  if (isAccent(name)) readAccent(reader, list, name);
  else if (letter !== undefined) readLetter(reader, list, letter);
  else if (styles !== undefined) {
    reader.skipOption();
    if (reader.enterArgument()) list.openGroup(styles);
  } else if (switched !== undefined) {
    reader.skipBlanks();
    list.switchTo(switched);
  } else if (skipped !== undefined) {
    reader.skipOption();
    for (let left = skipped; left > 0; left -= 1) reader.takeArgument();
  } else if (argumentCount !== undefined) readBareFormula(reader, list, { start, argumentCount });
  else if (!readStructure(reader, list, name)) readWord(reader, list, name);
}

/** `J\o rgensen` swallows the blank, `5 \AA wide` does not. */
function readLetter(reader: Reader, list: NodeList, letter: string): void {
  const isUnit = letter === 'Å' && !/\p{L}/u.test(list.last);
  list.text(letter);
  if (!isUnit) reader.skipBlanks();
  if (reader.source.startsWith('{}', reader.at)) reader.at += 2;
}

/** A sign, a function's name, or an author's own command, which stands for a word. */
function readWord(reader: Reader, list: NodeList, name: string): void {
  const isAngle = name === 'deg' && /[\d.)°\u200b]/.test(list.last);
  const known = isAngle ? '°' : (TEXT_SIGNS.get(name) ?? findMathSign(name));
  const hasArgument = reader.closerAt() > reader.at + 1;
  const word = known ?? (hasArgument && !FUNCTIONS.has(name) ? '' : name);
  if (word.length > 1 && word.endsWith('.') && reader.peek() === '.') reader.at += 1;
  list.text(word);
  if (/quote|^slash$|^[lr]q$/.test(name)) reader.skipBlanks();
  if (reader.source.startsWith('{}', reader.at)) reader.at += 2;
}
