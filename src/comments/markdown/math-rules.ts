// Formulas in Markdown: `$…$` by pandoc's rule, so that prices stay prices, `$$…$$`, `\(…\)`, `\[…\]`.
// https://pandoc.org/MANUAL.html#extension-tex_math_dollars
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** No reader could follow a longer one; it also bounds how far each opener is looked after. */
const MAX_FORMULA_CHARS = 1500;
const CLOSERS: Readonly<Record<string, string>> = {
  $: '$',
  $$: '$$',
  '\\(': '\\)',
  '\\[': '\\]',
};

/** Adds tokens `math`, in text and as blocks: `content` is the source, `meta.isDisplay` its kind. */
export function addMathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'math', readInlineMath);
  markdown.block.ruler.before('fence', 'math', readMathBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

function findOpener(source: string, at: number): string | undefined {
  const two = source.slice(at, at + 2);
  if (two in CLOSERS) return two;
  return two.startsWith('$') ? '$' : undefined;
}

/** Where the formula that starts at `from` is closed; -1 where it is none. */
function findCloser(source: string, from: number, opener: string): number {
  const closer = CLOSERS[opener] as string;
  const end = Math.min(source.length, from + MAX_FORMULA_CHARS + closer.length);
  if (!source.slice(from, end).includes(closer)) return -1;
  for (let at = from; at < end; at += 1) {
    const character = source[at];
    if (source.startsWith(closer, at)) return isFormula(source, { from, at, opener }) ? at : -1;
    // Code comes before formulas, and no formula holds another.
    if (character === '`' || character === '$') return -1;
    if (character === '\\') at += 1;
  }
  return -1;
}

function isFormula(
  source: string,
  { from, at, opener }: { from: number; at: number; opener: string },
): boolean {
  if (source.slice(from, at).trim() === '') return false;
  if (opener !== '$') return true;
  const [first, last] = [source[from] as string, source[at - 1] as string];
  return !/\s/.test(first) && !/\s/.test(last) && !/\d/.test(source[at + 1] ?? '');
}

function readInlineMath(state: StateInline, isSilent: boolean): boolean {
  const opener = findOpener(state.src, state.pos);
  if (opener === undefined) return false;
  const start = state.pos + opener.length;
  const end = findCloser(state.src, start, opener);
  if (end < 0 || end + opener.length > state.posMax) return false;
  if (!isSilent) {
    const token = state.push('math', '', 0);
    token.content = state.src.slice(start, end);
    token.meta = { isDisplay: opener === '$$' || opener === '\\[' };
  }
  state.pos = end + opener.length;
  return true;
}

/** `$$` or `\[` at the start of a line, up to a line that ends with its closer. */
function readMathBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  isSilent: boolean,
): boolean {
  const opener = findOpener(state.src, lineStart(state, startLine));
  if (opener !== '$$' && opener !== '\\[') return false;
  if ((state.sCount[startLine] as number) - state.blkIndent >= 4) return false;
  const lastLine = findLastLine(state, startLine, endLine, opener);
  if (lastLine === undefined) return false;
  if (isSilent) return true;
  const text = state.getLines(startLine, lastLine + 1, state.blkIndent, false).trim();
  const token = state.push('math_block', '', 0);
  token.block = true;
  token.content = text.slice(opener.length, -opener.length);
  token.meta = { isDisplay: true };
  token.map = [startLine, lastLine + 1];
  state.line = lastLine + 1;
  return true;
}

function findLastLine(
  state: StateBlock,
  startLine: number,
  endLine: number,
  opener: string,
): number | undefined {
  const closer = CLOSERS[opener] as string;
  const start = lineStart(state, startLine);
  const reach = state.src.slice(start + opener.length, start + MAX_FORMULA_CHARS + 1);
  if (!reach.includes(closer)) return undefined;
  for (let line = startLine; line < endLine; line += 1) {
    // A blank line or the end of the quotation or list ends what may be a formula.
    if (state.isEmpty(line) || (state.sCount[line] as number) < state.blkIndent) return undefined;
    const end = (state.eMarks[line] as number) + 1;
    if (end - start > MAX_FORMULA_CHARS) return undefined;
    const text = state.src.slice(lineStart(state, line), end);
    const from = line === startLine ? opener.length : 0;
    const closes = text.indexOf(closer, from);
    if (closes < 0 && !text.includes('`')) continue;
    const isAtEnd = closes >= 0 && text.slice(closes + opener.length).trim() === '';
    return isAtEnd ? line : undefined;
  }
  return undefined;
}

function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] as number) + (state.tShift[line] as number);
}
