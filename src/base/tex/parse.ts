import { readCommand } from './commands.ts';
import { readDollar } from './dollars.ts';
import { findBareAddress } from './links.ts';
import { NodeList } from './node-list.ts';
import type { TexNode } from './nodes.ts';
import { readDashes, readQuote, readTilde } from './punctuation.ts';
import { Reader } from './reader.ts';
import { readScript } from './scripts.ts';

const MAX_SET_CHARS = 200;
/** Bounded, because a run is cut where an address begins and would be read again behind it. */
const PLAIN_RUN =
  /[^\\${}~`'^_\-\n]{1,128}(?:(?:-(?!-)|'(?=[A-Za-z]))[^\\${}~`'^_\-\n]{1,64}){0,4}/y;
const SPECIAL = /[\\${}~`^_\n]|--|''|http/;
const LITERAL_SET = /^[\w.+\-|<>=:'" ]*[\w.](?:, ?[\w.+\-|<>=:'"… ]+)+$/;

/** Running text of an arXiv title, abstract or name as nodes. Takes any input, in linear time. */
export function parseTex(source: string): TexNode[] {
  const list = new NodeList();
  if (SPECIAL.test(source)) readAll(new Reader(source), list);
  else list.text(source);
  return list.finish();
}

function readAll(reader: Reader, list: NodeList): void {
  const { source } = reader;
  let nextAddress = findAddress(source, 0);
  while (reader.at < source.length) {
    if (reader.at > nextAddress) nextAddress = findAddress(source, reader.at);
    if (reader.at === nextAddress) readAddress(reader, list);
    else {
      const start = reader.at;
      if (reader.take(PLAIN_RUN)) {
        reader.at = Math.min(reader.at, nextAddress);
        list.text(source.slice(start, reader.at));
      } else readSpecial(reader, list, reader.peek());
    }
  }
}

function findAddress(source: string, from: number): number {
  const at = source.indexOf('http', from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function readAddress(reader: Reader, list: NodeList): void {
  const address = findBareAddress(reader.source, reader.at);
  if (address) {
    list.link(address.href);
    reader.at = address.end;
  } else {
    list.text('http');
    reader.at += 'http'.length;
  }
}

function readSpecial(reader: Reader, list: NodeList, character: string): void {
  switch (character) {
    case '\\':
      readCommand(reader, list);
      break;
    case '{':
      readBrace(reader, list);
      break;
    case '}':
      reader.at += 1;
      list.closeGroup();
      break;
    case '$':
      readDollar(reader, list);
      break;
    case '~':
      readTilde(reader, list);
      break;
    case '^':
    case '_':
      readScript(reader, list, character);
      break;
    case '-':
      readDashes(reader, list);
      break;
    case '\n':
      readLineEnd(reader, list);
      break;
    default:
      readQuote(reader, list, character);
  }
}

/** Braces group and vanish, but those of a set `{0, 1}` or of `exp{-x}` are the author's text. */
function readBrace(reader: Reader, list: NodeList): void {
  const end = reader.closerAt();
  const content = reader.source.slice(reader.at + 1, Math.min(end, reader.at + MAX_SET_CHARS));
  const isSet = end - reader.at < MAX_SET_CHARS && LITERAL_SET.test(content);
  const isTerm = /[A-Za-z]/.test(reader.peek(-1)) && /^[-+\d]\w*\W/.test(content);
  const isText = end > 0 && (isSet || isTerm);
  reader.at += 1;
  if (isText) list.text('{');
  list.openGroup([], isText ? '}' : '');
}

/** An empty line, or one that begins with two blanks as arXiv writes it, starts a paragraph. */
function readLineEnd(reader: Reader, list: NodeList): void {
  const found = reader.take(/\n(?:[ \t]*\n\s*| {2})?/y)?.[0];
  if (found === '\n') list.text(' ');
  else list.separate('paragraph');
}
