// In which form an address answers: as a page, as Markdown, or as the citation of its papers.
import { parseAccept } from 'hono/utils/accept';
import {
  type CitationForm,
  FORMAT_FACTS,
  FORMATS,
  type Format,
  findStyle,
} from '../citations/formats.ts';

export type Form =
  | { kind: 'html' | 'markdown' }
  | { kind: 'citation'; form: CitationForm }
  /** Nothing was accepted but text in a style that is not here. */
  | { kind: 'unknown-style'; style: string };

const HTML: Form = { kind: 'html' };
/** Whatever a browser sends has none of these. */
const HAS_OTHERS = /markdown|bibtex|research-info|citationstyles|x-bibliography/i;
const DEFAULT_STYLE = 'apa';

/**
 * What is named with the highest weight, the first of equals; a page for whatever is named only by `*`
 * (RFC 9110, section 12.5.1), for nothing else, and for what is not understood.
 */
export function chooseForm(accept: string | undefined): Form {
  if (!accept || !HAS_OTHERS.test(accept)) return HTML;
  const ranges = parseAccept(accept).map((range) => ({ ...range, type: range.type.toLowerCase() }));
  let best: { form: Form; q: number } | undefined;
  let unknown: Form | undefined;
  for (const { type, params, q } of ranges) {
    const form = q > 0 ? formOf(type, params) : undefined;
    if (form?.kind === 'unknown-style') unknown = form;
    else if (form && (!best || q > best.q)) best = { form, q };
  }
  const isHtmlNamed = ranges.some(({ type }) => type === 'text/html');
  const anything = Math.max(0, ...ranges.filter(isOfAnything).map(({ q }) => q));
  const fallback = isHtmlNamed ? 0 : anything;
  if (best && best.q >= fallback) return best.form;
  return unknown && fallback === 0 ? unknown : HTML;
}

/** One text for each form that answers may have, for telling kept answers apart. */
export function formKey(form: Form): string {
  if (form.kind !== 'citation') return form.kind;
  const { format, style } = form.form;
  return format === 'text' ? `text ${style}` : format;
}

function formOf(type: string, params: Record<string, string>): Form | undefined {
  if (type === 'text/html' || type === 'application/xhtml+xml') return HTML;
  if (type === 'text/markdown') return { kind: 'markdown' };
  const format = formatOfType(type);
  if (!format) return undefined;
  const named = params.style ?? DEFAULT_STYLE;
  const style = findStyle(named);
  if (style) return { kind: 'citation', form: { format, style } };
  if (format === 'text') return { kind: 'unknown-style', style: named.slice(0, 40) };
  return { kind: 'citation', form: { format, style: DEFAULT_STYLE } };
}

function formatOfType(type: string): Format | undefined {
  if (type === 'text/x-bibtex') return 'bibtex';
  return FORMATS.find((format) => FORMAT_FACTS[format].mediaType === type);
}

function isOfAnything({ type }: { type: string }): boolean {
  return type === '*/*' || type === 'text/*';
}
