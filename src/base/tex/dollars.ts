// A dollar sign opens a formula or names a price. TeX would know; an abstract often does not say.
import { isAllText, readFormula } from './formulas.ts';
import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';

/** More than this between two dollar signs is prose with two prices. */
const MAX_INLINE_CHARS = 1500;

const TEXT_ARGUMENTS = /\\(?:text[a-z]*|mbox|hbox|mathrm|emph|operatorname\*?|label)\s*\{[^{}]*\}/g;
const CONTROL_SEQUENCES = /\\(?:[A-Za-z]+|.)/g;
const PROSE = /(?:^|[\s(])(?:[A-Za-z]{2,}[,;:)]?\s+){2}[A-Za-z]{2,}/;
const LONG_PROSE = /(?:[A-Za-z]{2,}[,;:]?\s+){4}[A-Za-z]{2,}/;
/** `$^2$` and `$_{10}$`: a script that running text can show itself. */
const NUMBER_SCRIPT = /^\s*(?:\{\})?[\^_](?:\{\s*(?:[\d.+-]+|st|nd|rd|th)\s*\}|\d)\s*$/;

export function readDollar(reader: Reader, list: NodeList): void {
  const { source } = reader;
  const start = reader.at + 1;
  if (reader.at === reader.dollarToSkip) reader.at = start;
  else if (source[start] === '$') {
    const end = reader.findEnd('$$', start + 1);
    reader.at = start + 1;
    if (end > reader.at) readFormula(reader, list, { end, closerLength: 2, isDisplay: true });
    else list.text('$$');
  } else {
    const end = findDollar(source, start);
    reader.at = start;
    const content = source.slice(start, Math.max(start, end));
    if (end < 0 || !isFormula(content, source[end + 1] ?? '')) list.text('$');
    else if (NUMBER_SCRIPT.test(content) || isAllText(reader, end)) reader.dollarToSkip = end;
    else readFormula(reader, list, { end, closerLength: 1, isDisplay: false });
  }
}

/** Whether the text between two dollar signs is a formula; `after` is the character behind them. */
function isFormula(content: string, after: string): boolean {
  if (content.length > MAX_INLINE_CHARS || content.trim() === '') return false;
  if (/\n[ \t]*\n/.test(content)) return false;
  const bare = content.replace(TEXT_ARGUMENTS, ' ').replace(CONTROL_SEQUENCES, ' ');
  if (!/^\s*[\d.]/.test(content)) {
    if (LONG_PROSE.test(bare)) return false;
    return !(/^[\s)\].,;]/.test(content) && PROSE.test(bare));
  }
  if (PROSE.test(bare)) return false;
  if (/[\^_=<>{}]|\\[A-Za-z]/.test(content)) return true;
  if (/\d/.test(after)) return false;
  const wordCount = content.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  return wordCount === 0 || (wordCount === 1 && !/\s$/.test(content));
}

function findDollar(source: string, from: number): number {
  let at = source.indexOf('$', from);
  while (at >= 0 && isEscaped(source, at)) at = source.indexOf('$', at + 1);
  return at;
}

function isEscaped(source: string, at: number): boolean {
  let slashes = 0;
  while (source[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
