import type { Token } from 'markdown-it';
import { renderFormulaText } from '../../base/tex/formula-text.ts';
import { oneLine, truncateText } from '../../base/text.ts';
import { dropInvisible } from './clean-text.ts';
import { parseMarkdown, walkTokens } from './parse-markdown.ts';

/** A comment as one line of plain text for lists, mails and titles; not escaped. Never throws. */
export function excerptOf(raw: string, maxLength: number): string {
  let text = '';
  for (const token of walkTokens(parseMarkdown(raw))) text += textOf(token);
  return truncateText(oneLine(dropInvisible(text)), maxLength);
}

function textOf({ type, content, block }: Token): string {
  switch (type) {
    case 'text':
    case 'code_inline':
    case 'mention':
    case 'paper':
      return content;
    case 'math':
    case 'math_block':
      return ` ${renderFormulaText(content)} `;
    case 'code_block':
    case 'fence':
      return ` ${content} `;
    case 'inline':
      return '';
    default:
      // Blocks and lines end words, marks of emphasis do not.
      return block || /break$/.test(type) ? ' ' : '';
  }
}
