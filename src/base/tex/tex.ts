// TeX as arXiv's authors type it, in titles, abstracts and names, for people and for search.
import { findPlainFormula } from './formula-text.ts';
import { parseTex } from './parse.ts';
import { type HtmlOptions, renderNodesHtml } from './render-html.ts';
import { escapeLatex, findSoundLatex, renderNodesLatex } from './render-latex.ts';
import { renderNodesText, type TextOptions } from './render-text.ts';

export { escapeLatex };

/**
 * HTML that is safe to insert as it is: everything is escaped but tags written here, `em strong code
 * sup sub a br` and MathML, without inline styles. A formula that cannot be set shows its source in
 * `<code class="tex">`. Never throws.
 */
export function renderTexHtml(raw: string, options: HtmlOptions = {}): string {
  return renderNodesHtml(parseTex(raw), options);
}

/** The same as plain text, for search, mail and the API; not escaped. Never throws. */
export function renderTexText(raw: string, options: TextOptions = {}): string {
  return renderNodesText(parseTex(raw), options);
}

/**
 * The same as LaTeX on one line, for bibliographies: its braces are balanced, and `& % # _ ^ ~` outside
 * formulas stand for themselves. Letters stay as they are typed. Never throws.
 */
export function renderTexLatex(raw: string): string {
  const nodes = parseTex(raw);
  return findSoundLatex(raw, nodes) ?? renderNodesLatex(nodes);
}

/** Whether the HTML takes a run of KaTeX, and so is worth keeping. */
export function hasTexMath(raw: string): boolean {
  if (!raw.includes('\\') && !raw.includes('$')) return false;
  return parseTex(raw).some(
    (node) =>
      node.kind === 'formula' && (node.isDisplay || findPlainFormula(node.source) === undefined),
  );
}
