import {
  LINE_BREAKS,
  LINKS,
  NOTES,
  PARAGRAPHS,
  REFERENCES,
  SILENT,
  SPACES,
  TARGET_LINKS,
} from './command-tables.ts';
import { readEnvironment, readEnvironmentEnd, readItem } from './environments.ts';
import { parseTarget, unescapeAddress } from './links.ts';
import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';
import { findMathSign } from './symbols.ts';

const MAX_VERBATIM_CHARS = 200;
const MAX_KEY_CHARS = 60;

/** Commands that shape the text; false for one that stands for a word or a sign. */
export function readStructure(reader: Reader, list: NodeList, name: string): boolean {
  if (TARGET_LINKS.has(name)) readTargetLink(reader, list);
  else if (LINKS.has(name)) readPrintedLink(reader, list);
  else if (REFERENCES.has(name)) readReference(reader, list);
  else if (NOTES.has(name)) readNote(reader, list);
  else if (name === 'begin') readEnvironment(reader, list);
  else if (name === 'end') readEnvironmentEnd(reader, list);
  else if (name === 'item') readItem(reader, list);
  else if (name === 'verb') readVerbatim(reader, list);
  else if (name === 'not') readNegation(reader, list);
  else if (LINE_BREAKS.has(name)) list.separate('break');
  else if (PARAGRAPHS.has(name)) list.separate('paragraph');
  else if (SILENT.has(name)) readSilence(reader, list, name);
  else if (SPACES.has(name)) {
    list.text(' ');
    if (name === 'hspace') reader.takeArgument();
  } else return false;
  return true;
}

/** `\href{address}{text}`: the text may hold anything but another link. */
function readTargetLink(reader: Reader, list: NodeList): void {
  reader.skipOption();
  const typed = reader.takeArgument();
  if (typed === undefined) return;
  if (reader.enterArgument()) list.openLinkGroup(parseTarget(typed));
  else printAddress(list, typed);
}

function readPrintedLink(reader: Reader, list: NodeList): void {
  const typed = reader.takeArgument();
  if (typed !== undefined) printAddress(list, typed);
}

function printAddress(list: NodeList, typed: string): void {
  const href = parseTarget(typed);
  if (href) list.link(href);
  else list.text(unescapeAddress(typed));
}

/** `\cite{Knuth84}` as [Knuth84]: the key is all there is, and often says enough. */
function readReference(reader: Reader, list: NodeList): void {
  reader.skipOption();
  reader.skipOption();
  const typed = reader.takeArgument();
  if (typed === undefined) return;
  const keys = typed
    .trim()
    .split(/\s*,\s*/)
    .join(', ');
  const isReadable = keys.length <= MAX_KEY_CHARS && /^[\w:.+\-/', ]+$/.test(keys);
  if (/[\p{L}\p{N}]/u.test(list.last)) list.text(' ');
  list.text(isReadable ? `[${keys}]` : '[…]');
}

/** A footnote goes into parentheses where it stands. */
function readNote(reader: Reader, list: NodeList): void {
  reader.skipOption();
  if (!reader.enterArgument()) return;
  if (reader.take(/\s*\}/y)) return;
  list.text(' (');
  list.openGroup([], ')');
}

function readVerbatim(reader: Reader, list: NodeList): void {
  const mark = reader.peek();
  const rest = reader.source.slice(reader.at + 1, reader.at + 1 + MAX_VERBATIM_CHARS);
  const length = rest.indexOf(mark === '{' ? '}' : mark);
  if (mark === '' || length < 0) return;
  reader.at += length + 2;
  list.styled('code', rest.slice(0, length));
}

function readNegation(reader: Reader, list: NodeList): void {
  const start = reader.at;
  const found = reader.take(/\s*(?:\\([A-Za-z]+)|([=<>∈]))/y);
  const sign = found?.[2] ?? findMathSign(found?.[1] ?? '');
  if (sign === undefined) reader.at = start;
  else list.text(`${sign}\u0338`.normalize('NFC'));
}

function readSilence(reader: Reader, list: NodeList, name: string): void {
  if (name === 'footnotemark') reader.skipOption();
  const isDelimiter = /^(?:left|right|middle|[bB]igg?[lrm]?)$/.test(name);
  if (isDelimiter && reader.peek() === '.') reader.at += 1;
  else if (isDelimiter || /[\s\u00a0]/.test(list.last)) reader.skipBlanks();
}
