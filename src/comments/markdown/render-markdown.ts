// A comment's Markdown as HTML that is safe to insert as it is.
import type { Env, RendererRule, Token } from 'markdown-it';
import type { Budget } from '../../base/tex/formula-mathml.ts';
import { renderFormula } from '../../base/tex/render-html.ts';
import { renderTexText } from '../../base/tex/tex.ts';
import { pathOfPaper } from '../../papers/paper-id.ts';
import { dropInvisible } from './clean-text.ts';
import { markdown, parseMarkdown } from './parse-markdown.ts';
import type { ResolvedReferences } from './references.ts';
import { sanitise } from './sanitise.ts';

/** Raised when the renderer's output changes; what was kept of another version is made anew. */
export const MARKDOWN_VERSION = '1';

/** One comment's allowance; what comes after shows its source. */
const MAX_KATEX_RUNS = 200;
const MAX_MATHML_CHARS = 262_144;
const MAX_REFERENCE_CHARS = 262_144;

type Rendering = {
  resolved: ResolvedReferences;
  katex: Budget;
  mathmlChars: number;
  referenceChars: number;
  /** Links to papers that were made before. */
  papers: Map<string, string>;
};

const { escapeHtml } = markdown.utils;
const { rules } = markdown.renderer;
rules.math = withRendering(renderMath);
rules.math_block = withRendering((token, rendering) => `<p>${renderMath(token, rendering)}</p>\n`);
rules.mention = withRendering(renderMention);
rules.paper = withRendering(renderPaper);

/**
 * The same for the same input, whoever reads it: the caller decides with `resolved` which people and
 * papers become links. Never throws.
 */
export function renderMarkdown(raw: string, resolved: ResolvedReferences): string {
  const rendering: Rendering = {
    resolved,
    katex: { katexRuns: MAX_KATEX_RUNS },
    mathmlChars: 0,
    referenceChars: 0,
    papers: new Map(),
  };
  const html = markdown.renderer.render(parseMarkdown(raw), markdown.options, { rendering });
  return dropInvisible(sanitise(html));
}

function withRendering(render: (token: Token, rendering: Rendering) => string): RendererRule {
  return (tokens, index, _options, env) =>
    render(tokens[index] as Token, (env as Env & { rendering: Rendering }).rendering);
}

function renderMath({ content, meta }: Token, rendering: Rendering): string {
  if (rendering.mathmlChars > MAX_MATHML_CHARS) rendering.katex.katexRuns = 0;
  const html = renderFormula(content, meta?.isDisplay === true, rendering.katex);
  rendering.mathmlChars += html.length;
  return html;
}

function renderMention({ content, meta }: Token, rendering: Rendering): string {
  const handle = String(meta?.handle);
  const person = rendering.resolved.people.get(handle);
  if (!person) return escapeHtml(content);
  const title = escapeHtml(person.name);
  const link = `<a class="mention" href="/people/${handle}" title="${title}">${escapeHtml(content)}</a>`;
  return takeReference(rendering, link) ?? escapeHtml(content);
}

function renderPaper({ content, meta }: Token, rendering: Rendering): string {
  const id = String(meta?.id);
  const paper = rendering.resolved.papers.get(id);
  const known = rendering.papers.get(id);
  const link = known ?? (paper && renderPaperLink(id, paper.title));
  if (link !== undefined) rendering.papers.set(id, link);
  const taken = link && takeReference(rendering, link);
  if (taken !== undefined) return taken;
  const text = escapeHtml(content);
  return meta?.href === undefined ? text : `<a href="${escapeHtml(String(meta.href))}">${text}</a>`;
}

function renderPaperLink(id: string, title: string): string {
  const href = escapeHtml(pathOfPaper(id));
  return `<a class="paper-ref" href="${href}">${escapeHtml(renderTexText(title) || id)}</a>`;
}

/** Undefined where the comment has used up its allowance: one title can be asked for thousands of times. */
function takeReference(rendering: Rendering, link: string): string | undefined {
  rendering.referenceChars += link.length;
  return rendering.referenceChars > MAX_REFERENCE_CHARS ? undefined : link;
}
