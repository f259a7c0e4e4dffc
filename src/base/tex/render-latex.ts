// A text as LaTeX that anything may be set with: what an author typed stays as it is where it is sound,
// and is written anew from what it means where it is not.
import { renderFormulaText } from './formula-text.ts';
import type { Tag, TexNode } from './nodes.ts';

const OPENERS: Record<Tag, string> = {
  em: '\\emph{',
  strong: '\\textbf{',
  code: '\\texttt{',
  sup: '\\textsuperscript{',
  sub: '\\textsubscript{',
};
const ESCAPES: Record<string, string> = {
  '\\': '\\textbackslash{}',
  // Not `\{`: programs that read BibTeX count the braces without looking for a backslash.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
/** Their arguments are no text, or they mean nothing outside the paper itself. */
const UNSOUND_COMMAND =
  /\\(?:begin|end|href|url|item|verb|not|footnote|thanks|cite|ref|label|hspace|def|input|[bckdrv]\{(?:eta|hi|appa|elta|ho))(?![A-Za-z])/;
/** A letter's accent, a sign that needs a backslash, a blank, or a word. */
const SOUND_CONTROL = /^\\(?:[A-Za-z]+|["'`^~=.&%#_$ \-/,])/;

/** Text without meaning for TeX, in which every character stands for itself. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\\{}~^]/g, (sign) => ESCAPES[sign] as string)
    .replace(/[&%#_$]/g, '\\$&')
    .replace(/\u00a0/g, '~');
}

/** The source with its bare signs escaped; undefined where it could not be set, or would mean something else. */
export function findSoundLatex(raw: string, nodes: readonly TexNode[]): string | undefined {
  const saysBraces = nodes.some((node) => node.kind === 'text' && /[{}]/.test(node.text));
  if (saysBraces || UNSOUND_COMMAND.test(raw) || !hasBalancedBraces(raw)) return undefined;
  let out = '';
  for (let at = 0; at < raw.length; ) {
    const sign = raw[at] as string;
    let piece = sign;
    if (sign === '$') {
      const formula = /^\$(?:[^$\\]|\\[^()[\]])+\$/.exec(raw.slice(at))?.[0];
      if (!formula || !isSoundFormula(formula.slice(1, -1))) return undefined;
      piece = formula;
    } else if (sign === '\\') {
      const control = SOUND_CONTROL.exec(raw.slice(at))?.[0];
      if (!control) return undefined;
      piece = control;
    } else if (sign === '^' || sign === '_') return undefined;
    at += piece.length;
    out += /^[&%#]$/.test(piece) ? `\\${piece}` : piece;
  }
  return out.replace(/\s+/g, ' ').trim();
}

export function renderNodesLatex(nodes: readonly TexNode[]): string {
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'text') out += escapeLatex(node.text);
    else if (node.kind === 'formula') out += formulaLatex(node.source);
    else if (node.kind === 'open') out += node.tag === 'link' ? '' : OPENERS[node.tag];
    else if (node.kind === 'close') out += node.tag === 'link' ? '' : '}';
    else out += ' ';
  }
  return out.replace(/[ \n\t]+/g, ' ').trim();
}

function formulaLatex(source: string): string {
  const formula = source
    .replace(/\\\{/g, '\\lbrace ')
    .replace(/\\\}/g, '\\rbrace ')
    .replace(/(?<!\\)[%#]/g, '\\$&');
  return isSoundFormula(formula) ? `$${formula}$` : escapeLatex(renderFormulaText(source));
}

function isSoundFormula(formula: string): boolean {
  return (
    hasBalancedBraces(formula) && formula.trim() !== '' && !/\\$|\\[{}]|(?<!\\)[$%#]/.test(formula)
  );
}

/** As BibTeX counts them: a backslash changes nothing. */
function hasBalancedBraces(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
