// Links that authors write into abstracts and comments: code, project pages, models, data.
import type { LinkKind, PaperLink } from './paper.ts';

const URL_PATTERN =
  /(?:https?:\/\/|www\.|(?:github|gitlab|huggingface|codeberg|bitbucket)\.(?:com|co|org)\/|[\w-]+\.github\.io\b)[^\s<>"'`|\\^{}]*/gi;
/** One of these is in every text with a link; looking for them is much quicker than the pattern. */
const HINTS = ['://', 'www.', 'ithub', 'itlab', 'uggingface', 'odeberg', 'itbucket'];
const MAX_LINKS = 20;
const MAX_URL = 500;

/** The addresses in a text, in order, each once, with what kind of thing each leads to. */
export function findLinks(text: string, from: 'abstract' | 'comment'): PaperLink[] {
  if (!HINTS.some((hint) => text.includes(hint))) return [];
  const links = new Map<string, PaperLink>();
  for (const match of joinBrokenTex(text).matchAll(URL_PATTERN)) {
    const url = normaliseUrl(match[0]);
    if (!url) continue;
    const key = url.toLowerCase();
    if (!links.has(key)) links.set(key, { kind: linkKindOf(url), url, from });
    if (links.size >= MAX_LINKS) break;
  }
  return [...links.values()];
}

/** `\url{…}`, `\href{…}{…}` and escaped characters as plain addresses. */
function joinBrokenTex(text: string): string {
  if (!/[\\{}]/.test(text)) return text;
  return text
    .replace(/\\(?:url|path|texttt|href)\s*\{/g, ' {')
    .replace(/\\([_%#&~])/g, '$1')
    .replace(/\$\\sim\$|\\~\{?\}?|\{\\textasciitilde\}/g, '~')
    .replace(/[{}]/g, ' ');
}

function normaliseUrl(found: string): string | undefined {
  let text = found.replace(/[.,;:!?*$]+$/, '');
  while (/[)\]]$/.test(text) && !isBalanced(text))
    text = text.slice(0, -1).replace(/[.,;:!?*$]+$/, '');
  text = text.replace(/\/+$/, '');
  if (text.length > MAX_URL) return undefined;
  if (!/^https?:\/\//i.test(text)) text = `https://${text}`;
  try {
    const url = new URL(text);
    if (!/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}$/i.test(url.hostname)) return undefined;
    if (/^(?:www\.)?(?:arxiv\.org|doi\.org|dx\.doi\.org)$/i.test(url.hostname)) return undefined;
    return text;
  } catch {
    return undefined;
  }
}

function isBalanced(text: string): boolean {
  const count = (character: string) => text.split(character).length;
  return count('(') === count(')') && count('[') === count(']');
}

/** What an address leads to, judged by its host and path. */
function linkKindOf(address: string): LinkKind {
  const url = new URL(address);
  const host = url.hostname.toLowerCase().replace(/^www\./, '');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (
    /^(?:github\.com|gitlab\.[\w.]+|codeberg\.org|bitbucket\.org|git\.[\w.-]+|anonymous\.4open\.science)$/.test(
      host,
    )
  ) {
    return parts.length >= 1 ? 'code' : 'other';
  }
  if (host === 'huggingface.co' || host === 'hf.co') {
    if (parts[0] === 'datasets') return 'dataset';
    if (parts[0] === 'spaces') return 'space';
    if (parts[0] === 'papers' || parts[0] === 'collections') return 'other';
    return parts.length === 2 ? 'model' : 'project';
  }
  if (/(?:^|\.)(?:zenodo\.org|figshare\.com|kaggle\.com|datadryad\.org)$/.test(host))
    return 'dataset';
  if (
    /\.(?:github|gitlab)\.io$/.test(host) ||
    host.endsWith('.pages.dev') ||
    host === 'sites.google.com'
  ) {
    return 'project';
  }
  return /youtu|twitter|x\.com$|linkedin/.test(host) ? 'other' : 'project';
}
