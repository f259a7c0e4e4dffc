import { STYLED } from './command-tables.ts';
import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';
import { findMathSign } from './symbols.ts';

/** Raised and lowered terms outside dollars: `L_{1}`, `10^5`, `x^\infty`, but not `k_means`. */
export function readScript(reader: Reader, list: NodeList, mark: '^' | '_'): void {
  const tag = mark === '^' ? 'sup' : 'sub';
  const start = reader.at;
  reader.at += 1;
  if (reader.closerAt() > 0) {
    if (mark === '^' && readMark(reader, list, /\{\s*\\(circ|prime)\s*\}/y)) return;
    reader.at += 1;
    list.openGroup([tag]);
    return;
  }
  if (list.isCode || list.isInLink) {
    list.text(mark);
    return;
  }
  if (mark === '^' && readMark(reader, list, /\\(circ|prime)(?![A-Za-z])/y)) return;
  if (/^\\[A-Za-z]$/.test(reader.peek() + reader.peek(1))) readScriptCommand(reader, list, tag);
  else {
    const term = findShortTerm(reader, start, mark);
    reader.at += term.length;
    if (term === '') list.text(mark);
    else list.styled(tag, term);
  }
}

function readMark(reader: Reader, list: NodeList, pattern: RegExp): boolean {
  const name = reader.take(pattern)?.[1];
  if (name) list.text(name === 'circ' ? '°' : '′');
  return name !== undefined;
}

function readScriptCommand(reader: Reader, list: NodeList, tag: 'sup' | 'sub'): void {
  const start = reader.at;
  reader.at += 1;
  const name = reader.takeName();
  const sign = findMathSign(name);
  if (sign !== undefined) list.styled(tag, sign);
  else if (STYLED.has(name) && reader.enterArgument()) list.openGroup([tag]);
  else reader.at = start;
}

/** What a brace-less `x^2` or `L_1` raises or lowers; empty in identifiers such as `k_means`. */
function findShortTerm(reader: Reader, start: number, mark: '^' | '_'): string {
  const { source } = reader;
  const before = source[start - 1] ?? '';
  const pattern =
    mark === '^'
      ? /[+-]?\d+(?:\.\d+)?|\p{L}(?!\p{L})|[*+-](?![\w*+-])/uy
      : /[\p{L}\p{N}](?![\p{L}\p{N}_])/uy;
  const isAfterTerm =
    mark === '^'
      ? /[\p{L}\p{N})\]}$]/u.test(before)
      : /[}$|α-ωΑ-Ω]/.test(before) ||
        // The base is one letter, or a command: `\lambda_k`.
        /(?:^|[^\w\\])[A-Za-z]$|\\[A-Za-z]{2,9}$|\\\|$/.test(
          source.slice(Math.max(0, start - 10), start),
        );
  if (!isAfterTerm) return '';
  pattern.lastIndex = reader.at;
  return pattern.exec(source)?.[0] ?? '';
}
