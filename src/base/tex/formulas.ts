import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';

const TEXT_ONLY = /^\s*\\(?:text(?:bf|it|tt|sc|sf|rm|sl|up|normal)?|emph|href|url)\s*\{/;
const MAX_COMMAND_CHARS = 20;

/** The formula from here to `end`. */
export function readFormula(
  reader: Reader,
  list: NodeList,
  { end, closerLength, isDisplay }: { end: number; closerLength: number; isDisplay: boolean },
): void {
  list.formula(reader.source.slice(reader.at, end), isDisplay);
  reader.at = end + closerLength;
}

/** `$\textbf{first}$` is text, which wraps and reads better than a formula. */
export function isAllText(reader: Reader, end: number): boolean {
  const { source } = reader;
  const head = source.slice(reader.at, Math.min(end, reader.at + MAX_COMMAND_CHARS));
  if (!TEXT_ONLY.test(head)) return false;
  let at = reader.at + head.indexOf('{');
  while (at < end && source[at] === '{') {
    const closer = reader.closerAt(at);
    if (closer < 0 || closer >= end) return false;
    at = closer + 1;
  }
  return source.slice(at, end).trim() === '';
}

/** `\(…\)` and `\[…\]`; an opener without its closer vanishes, or is a bracket. */
export function readDelimited(reader: Reader, list: NodeList, opener: string): void {
  const isDisplay = opener === '[';
  const end = reader.findEnd(isDisplay ? '\\]' : '\\)', reader.at);
  if (end >= 0) {
    if (!isAllText(reader, end)) readFormula(reader, list, { end, closerLength: 2, isDisplay });
  } else if (isDisplay) list.text('[');
}

/** A formula command outside dollars, `\frac{1}{2}`, with its arguments. */
export function readBareFormula(
  reader: Reader,
  list: NodeList,
  { start, argumentCount }: { start: number; argumentCount: number },
): void {
  reader.skipOption();
  for (let left = argumentCount; left > 0; left -= 1) {
    const isTaken =
      reader.takeArgument() !== undefined || reader.take(/\s*(?:\\[A-Za-z]+|[^\s{}$\\])/y);
    if (!isTaken) return;
  }
  list.formula(reader.source.slice(start, reader.at), false);
}
