// How people and papers are named in a comment's text.
import { findPaperId } from '../../papers/paper-id.ts';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; text: string; handle: string }
  | { kind: 'paper'; text: string; id: string };

// Letters are written out, not matched without regard to case: that would take in K (Kelvin) and ſ.
const HANDLE = String.raw`@(?<handle>[A-Za-z0-9][A-Za-z0-9-]{1,30})(?![\p{L}\p{N}_@/-]|\.[\p{L}\p{N}])`;
const PREFIX = '[aA][rR][xX][iI][vV]: ?';
const NEW_STYLE = String.raw`\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}`;
const OLD_STYLE = String.raw`[a-z]{1,10}(?:-[a-z]{1,10}){0,2}(?:\.[A-Z]{2})?/\d{7}`;
const PAPER = String.raw`(?<paper>(?:(?:${PREFIX})?${NEW_STYLE}|${PREFIX}${OLD_STYLE})(?:v\d{1,3})?)(?![\p{L}\p{N}_/]|[.,]\d)`;
const REFERENCE = new RegExp(String.raw`(?<![\p{L}\p{N}_@./\\-])(?:${HANDLE}|${PAPER})`, 'gu');

/** The text in parts, in order; `before` is the character that stands before it. */
export function splitReferences(text: string, before: string): TextPart[] {
  const parts: TextPart[] = [];
  const source = before + text;
  let end = before.length;
  for (const match of source.matchAll(REFERENCE)) {
    const part = partOf(match);
    if (part === undefined || match.index < before.length) continue;
    if (match.index > end) parts.push({ kind: 'text', text: source.slice(end, match.index) });
    parts.push(part);
    end = match.index + match[0].length;
  }
  if (end < source.length) parts.push({ kind: 'text', text: source.slice(end) });
  return parts;
}

function partOf(match: RegExpExecArray): TextPart | undefined {
  const { handle, paper } = match.groups as { handle?: string; paper?: string };
  if (handle !== undefined) {
    return { kind: 'mention', text: match[0], handle: handle.toLowerCase() };
  }
  const id = findPaperId(paper ?? '')?.id;
  return id === undefined ? undefined : { kind: 'paper', text: match[0], id };
}

/** The paper whose page an address is; one with a fragment means a place that our page lacks. */
export function findPaperOfUrl(href: string): string | undefined {
  if (!/^https?:\/\//i.test(href) || href.includes('#')) return undefined;
  return findPaperId(href)?.id;
}
