import { type Budget, MAX_KATEX_RUNS, renderMathml } from './formula-mathml.ts';
import { findPlainFormula } from './formula-text.ts';
import type { TexNode } from './nodes.ts';

export type HtmlOptions = {
  /** Whether addresses become links; off inside a link of the page. Default true. */
  links?: boolean;
  /** Whether paragraphs, line breaks and displayed formulas stand on their own. Default true. */
  breaks?: boolean;
};

export function renderNodesHtml(nodes: readonly TexNode[], options: HtmlOptions): string {
  const { links = true, breaks = true } = options;
  const budget: Budget = { katexRuns: MAX_KATEX_RUNS };
  let html = '';
  let isScript = false;
  for (const node of nodes) {
    switch (node.kind) {
      case 'text':
        html += escapeHtml(isScript ? withMinus(node.text) : node.text);
        break;
      case 'formula':
        html += renderFormula(node.source, node.isDisplay && breaks, budget);
        break;
      case 'open':
        if (node.tag !== 'link') html += `<${node.tag}>`;
        else if (links) html += `<a href="${escapeHtml(node.href)}" rel="noopener nofollow">`;
        break;
      case 'close':
        if (node.tag !== 'link') html += `</${node.tag}>`;
        else if (links) html += '</a>';
        break;
      case 'break':
        html += breaks ? '<br>' : ' ';
        break;
      case 'paragraph':
        html += breaks ? '<br><br>' : ' ';
    }
    isScript = node.kind === 'open' && (node.tag === 'sup' || node.tag === 'sub');
  }
  return html;
}

/** One formula: plain text where that is enough, MathML, or its source; the budget is reduced. */
export function renderFormula(source: string, isDisplay: boolean, budget: Budget): string {
  const plain = isDisplay ? undefined : findPlainFormula(source);
  if (plain !== undefined) return escapeHtml(plain);
  const mathml = renderMathml(source, isDisplay, budget);
  return mathml ?? `<code class="tex">${escapeHtml(source)}</code>`;
}

/** `10^{-3}` has a minus, not a hyphen. */
function withMinus(term: string): string {
  return term.replace(/^-(?=[\d\p{L}]|$)/u, '−');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text;
}
