// What becomes of links, images and names of people and papers once the text has been parsed.
import type { Env, MarkdownIt, StateCore, Token } from 'markdown-it';
import { isAllowedHref } from './allowed-href.ts';
import { findPaperOfUrl, splitReferences } from './reference-pattern.ts';

/**
 * Addresses and titles of links in one comment, together: one definition can be used thousands of
 * times, and would make gigabytes of 64 KiB.
 */
const MAX_LINK_CHARS = 262_144;

type Walk = {
  state: StateCore;
  out: Token[];
  isInLink: boolean;
  isLinkHidden: boolean;
  /** The character before the text that comes next. */
  before: string;
};

/**
 * Images become links, because pages load nothing from other hosts; links that lead nowhere safe
 * become their text; tokens `mention` and `paper` stand for names of people and papers.
 */
export function addLinkRules(markdown: MarkdownIt): void {
  markdown.linkify.set({ fuzzyLink: true, fuzzyEmail: false });
  // Top-level domains that are no endings of files, as `.py`, `.rs` and `.md` are.
  markdown.linkify.tlds(['ai', 'co', 'com', 'dev', 'edu', 'gov', 'io', 'net', 'org']);
  markdown.linkify.add('ftp:', null).add('//', null).add('mailto:', null);
  // Before escaped characters join the text: `\@name` mentions nobody.
  markdown.core.ruler.before('text_join', 'references', readLinks);
}

function readLinks(state: StateCore): void {
  state.env.linkChars = 0;
  for (const token of state.tokens) {
    if (token.type === 'inline') token.children = readInline(state, token.children ?? []);
  }
}

function readInline(state: StateCore, tokens: Token[]): Token[] {
  const walk: Walk = { state, out: [], isInLink: false, isLinkHidden: false, before: '' };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.type === 'link_open') at += openLink(walk, tokens, at);
    else if (token.type === 'link_close') closeLink(walk, token);
    else if (token.type === 'image') readImage(walk, token);
    else if (token.type === 'text' && !walk.isInLink) readText(walk, token);
    else walk.out.push(token);
    const isText = token.type === 'text' || token.type === 'text_special';
    walk.before = isText ? (token.content.at(-1) ?? walk.before) : '';
  }
  return walk.out;
}

/** Returns how many tokens it took beyond the first. */
function openLink(walk: Walk, tokens: Token[], at: number): number {
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  mendScheme(token, next);
  const href = String(token.attrGet('href') ?? '');
  const isAllowed = takeLink(walk.state.env, token);
  const isAddress = token.info === 'auto' && next?.type === 'text';
  const id = isAddress && isAllowed ? findPaperOfUrl(href) : undefined;
  if (id !== undefined && tokens[at + 2]?.type === 'link_close') {
    walk.out.push(paperToken(walk.state, { text: next?.content ?? '', id, href }));
    return 2;
  }
  walk.isInLink = true;
  walk.isLinkHidden = !isAllowed;
  token.hidden = !isAllowed;
  walk.out.push(token);
  // Nobody could see or choose a link without a text.
  if (next?.type === 'link_close' && isAllowed) walk.out.push(textToken(walk.state, href));
  return 0;
}

/** A bare domain is taken for `http:` by the parser; few are still served so. */
function mendScheme(token: Token, text: Token | undefined): void {
  if (token.markup !== 'linkify' || /^https?:/i.test(text?.content ?? '')) return;
  token.attrSet('href', String(token.attrGet('href')).replace(/^http:/, 'https:'));
}

function closeLink(walk: Walk, token: Token): void {
  token.hidden = walk.isLinkHidden;
  walk.isInLink = false;
  walk.isLinkHidden = false;
  walk.out.push(token);
}

function readImage(walk: Walk, image: Token): void {
  const { state, out } = walk;
  const open = new state.Token('link_open', 'a', 1);
  open.attrs = (image.attrs ?? []).flatMap(([name, value]): [string, string | number][] => {
    if (name === 'src') return [['href', value]];
    return name === 'title' ? [[name, value]] : [];
  });
  const isTaken = takeLink(state.env, open);
  const address = isTaken ? String(open.attrGet('href')) : '';
  const text = textToken(state, altOf(image.children ?? []).trim() || address);
  if (walk.isInLink || !isTaken) out.push(text);
  else out.push(open, text, new state.Token('link_close', 'a', -1));
}

function altOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'image') return altOf(token.children ?? []);
      return /break$/.test(token.type) ? ' ' : token.content;
    })
    .join('');
}

/** Whether the link may stand, which takes it from the comment's allowance. */
function takeLink(env: Env, token: Token): boolean {
  if (!isAllowedHref(String(token.attrGet('href') ?? ''))) return false;
  const chars = (token.attrs ?? []).reduce((sum, [, value]) => sum + String(value).length, 0);
  env.linkChars = (env.linkChars as number) + chars;
  return (env.linkChars as number) <= MAX_LINK_CHARS;
}

function readText(walk: Walk, token: Token): void {
  for (const part of splitReferences(token.content, walk.before)) {
    if (part.kind === 'paper') walk.out.push(paperToken(walk.state, part));
    else if (part.kind === 'text') walk.out.push(textToken(walk.state, part.text));
    else {
      const mention = new walk.state.Token('mention', '', 0);
      mention.content = part.text;
      mention.meta = { handle: part.handle };
      walk.out.push(mention);
    }
  }
}

function textToken(state: StateCore, text: string): Token {
  const token = new state.Token('text', '', 0);
  token.content = text;
  return token;
}

function paperToken(
  state: StateCore,
  { text, id, href }: { text: string; id: string; href?: string },
): Token {
  const token = new state.Token('paper', '', 0);
  token.content = text;
  token.meta = { id, href };
  return token;
}
