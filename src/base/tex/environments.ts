import { BULLETED, isFormulaEnvironment, NUMBERED } from './command-tables.ts';
import { readFormula } from './formulas.ts';
import type { NodeList } from './node-list.ts';
import type { Reader } from './reader.ts';

const INLINE = /^(?:cases|array|.*matrix|math)$/;

/** `\begin{…}`: a formula, a list, or nothing to see. */
export function readEnvironment(reader: Reader, list: NodeList): void {
  const start = reader.at - '\\begin'.length;
  const name = reader.takeArgument() ?? '';
  const closer = `\\end{${name}}`;
  if (isFormulaEnvironment(name)) {
    const end = reader.findEnd(closer, reader.at);
    if (end < 0) return;
    reader.at = start;
    const isDisplay = !INLINE.test(name);
    readFormula(reader, list, { end: end + closer.length, closerLength: 0, isDisplay });
    return;
  }
  reader.skipOption();
  if (BULLETED.has(name)) reader.lists.push(undefined);
  else if (NUMBERED.has(name)) reader.lists.push({ next: 1 });
  else list.text(' ');
}

export function readEnvironmentEnd(reader: Reader, list: NodeList): void {
  const name = reader.takeArgument() ?? '';
  if (!BULLETED.has(name) && !NUMBERED.has(name)) return;
  reader.lists.pop();
  list.separate('break');
}

export function readItem(reader: Reader, list: NodeList): void {
  const numbers = reader.lists[reader.lists.length - 1];
  list.separate('break');
  reader.skipOption();
  list.text(numbers ? `${numbers.next}. ` : '• ');
  if (numbers) numbers.next += 1;
}
