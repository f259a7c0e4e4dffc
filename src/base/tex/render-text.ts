import { raiseText, renderFormulaText } from './formula-text.ts';
import type { TexNode } from './nodes.ts';

export type TextOptions = {
  /** Whether paragraphs and list items start on new lines; off, the text is one line. */
  breaks?: boolean;
};

export function renderNodesText(nodes: readonly TexNode[], options: TextOptions): string {
  const { breaks = false } = options;
  const outer: string[] = [];
  let out = '';
  let href = '';
  for (const node of nodes) {
    switch (node.kind) {
      case 'text':
        out += node.text;
        break;
      case 'formula':
        out += renderFormulaText(node.source);
        break;
      case 'open':
        outer.push(out);
        out = '';
        if (node.tag === 'link') href = node.href;
        break;
      case 'close':
        out = (outer.pop() ?? '') + closeTag(out, node.tag, href);
        break;
      case 'break':
        out += breaks ? '\n' : ' ';
        break;
      case 'paragraph':
        out += breaks ? '\n\n' : ' ';
    }
  }
  return out.replace(/[ \u00a0\u202f]+/g, ' ').trim();
}

function closeTag(text: string, tag: string, href: string): string {
  if (tag === 'sup' || tag === 'sub') return raiseText(tag === 'sup' ? '^' : '_', text);
  if (tag !== 'link') return text;
  const isShown = text.replace(/[\s…]/g, '').includes(href.replace(/^https?:\/\/|\/$/g, ''));
  return isShown ? text : `${text} (${href})`;
}
