import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';

const MAX_QUOTE_CHARS = 80;

/** `Theorem~1` holds together; `of ~50 papers` is a rough number and `10~40` a range. */
export function readTilde(reader: Reader, list: NodeList): void {
  const after = reader.source.slice(reader.at + 1, reader.at + 3);
  const isRough = /[\s([/=:,—–-]/.test(list.last) && /^ ?[\d$/.]|^ /.test(after);
  const isRange = /\d/.test(list.last) && /^\d/.test(after);
  list.text(isRough || isRange || list.isCode ? '~' : '\u00a0');
  reader.at += 1;
}

/** Two hyphens are an en dash, three an em dash, but `--flag` is an option. */
export function readDashes(reader: Reader, list: NodeList): void {
  const before = reader.peek(-1);
  const dashes = reader.take(/-+/y)?.[0] ?? '';
  const isOption =
    /^[\s("'`]?$/.test(before) &&
    /[a-z]/.test(reader.peek()) &&
    !/^[^-]*[^-\s]--/.test(reader.source.slice(reader.at, reader.at + MAX_QUOTE_CHARS));
  if (dashes.length === 1 || dashes.length > 3 || list.isCode || isOption) list.text(dashes);
  else list.text(dashes.length === 2 ? '–' : '—');
}

export function readQuote(reader: Reader, list: NodeList, mark: string): void {
  const start = reader.at;
  const isDouble = reader.peek(1) === mark;
  reader.at += isDouble ? 2 : 1;
  if (list.isCode) list.text(isDouble ? mark + mark : mark);
  else if (isDouble) {
    const isOpening = mark === '`' || (/[\s([]/.test(list.last) && /\S/.test(reader.peek()));
    list.text(isOpening ? '“' : '”');
  } else if (mark === "'") list.text(start === reader.closingQuote ? '’' : mark);
  else readSingleQuote(reader, list);
}

/** "`such'" is a quotation; a backtick that meets another one is code in Markdown, and stays. */
function readSingleQuote(reader: Reader, list: NodeList): void {
  const rest = reader.source.slice(reader.at, reader.at + MAX_QUOTE_CHARS);
  const quotation = /^[^`']+(?:'\w[^`']*)*'(?!\w)/.exec(rest);
  if (quotation) reader.closingQuote = reader.at + quotation[0].length - 1;
  list.text(quotation ? '‘' : '`');
}
