import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import { dropInvisible } from './clean-text.ts';
import { addLinkRules } from './link-rules.ts';
import { addMathRules } from './math-rules.ts';

/** What a comment may hold; the renderer reads no further. */
export const MAX_COMMENT_CHARS = 65_536;
/** Quotations and lists within each other; what lies deeper is not shown. */
const MAX_NESTING = 50;
/** The page has its own outline, in which a comment's first heading is the fourth. */
const HEADINGS: Readonly<Record<string, string>> = {
  h1: 'h4',
  h2: 'h5',
  h3: 'h6',
  h4: 'h6',
  h5: 'h6',
};

/** One parser for every comment: what is code to the renderer holds no mention for anyone else. */
export const markdown = new MarkdownIt({ html: false, linkify: true, maxNesting: MAX_NESTING });
addMathRules(markdown);
addLinkRules(markdown);
markdown.core.ruler.push('outline', adaptBlocks);

/** Never throws. */
export function parseMarkdown(raw: string): Token[] {
  return markdown.parse(dropInvisible(raw.slice(0, MAX_COMMENT_CHARS)), {});
}

/** Lowers headings, and says with a class what a table says with a style. */
function adaptBlocks(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type.startsWith('heading_')) token.tag = HEADINGS[token.tag] ?? token.tag;
    const alignment = /^text-align:(\w+)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
    if (alignment !== undefined) token.attrs = [['class', `align-${alignment}`]];
  }
}

/** The tokens of running text and blocks, one after the other. */
export function* walkTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === 'inline') yield* token.children ?? [];
  }
}
