// Every way of writing a paper's identity, and the one way in which it is kept: the arXiv id
// without version (https://info.arxiv.org/help/arxiv_identifier.html), or `source:key`.
import { createHash } from 'node:crypto';
import type { Day } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';

export type PaperId = {
  /** `2502.01441`, `hep-th/9901001`, `doi:10.1000/x`, `openreview:AbC`, `acl:2025.acl-long.1`, `page:slug`. */
  id: string;
  /** The arXiv version that was asked for. */
  version?: number;
};

const NEW_STYLE = String.raw`\d{4}\.\d{4,5}`;
const OLD_STYLE = String.raw`[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?/\d{7}`;
const ARXIV = new RegExp(`^(${NEW_STYLE}|${OLD_STYLE})(?:v(\\d+))?$`, 'i');
const ARXIV_ID = new RegExp(`^(?:${NEW_STYLE}|[a-z-]+/\\d{7})$`);
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;
const DOI = /^10\.\d{4,9}\/\S+$/;
const SOURCE_KEY = /^([a-z][a-z0-9-]*):(\S+)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;
const MAX_LENGTH = 300;
const MAX_SLUG = 80;

/** Hosts whose paths name arXiv papers, with the path segments that come before the id. */
const ARXIV_HOST =
  /^(?:(?:www|export|browse|[a-z]{2})\.)?(?:arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|alphaxiv\.org|huggingface\.co|hf\.co)$/;

/**
 * The identity in `text`: an id with or without `arXiv:` prefix, version or category, a DOI, or an
 * address at arXiv, ar5iv, alphaXiv, Hugging Face, doi.org, OpenReview or the ACL Anthology.
 * Throws `invalid` when there is none.
 */
export function parsePaperId(text: string): PaperId {
  const found = findPaperId(text);
  if (found) return found;
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw new AppError(
    'invalid',
    `"${shown}" is not a paper's identifier: write an arXiv id such as 2502.01441, a DOI such as doi:10.1000/182, or the address of its abstract page.`,
  );
}

/** As `parsePaperId`, but undefined where there is no identity. */
export function findPaperId(text: string): PaperId | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_LENGTH || CONTROL.test(trimmed)) return undefined;
  if (/^https?:\/\//i.test(trimmed)) return fromUrl(trimmed);
  const bare = trimmed.replace(/^arxiv:\s*/i, '').replace(/\s*\[[\w.-]+\]$/, '');
  const arxiv = ARXIV.exec(bare.replace(/\.pdf$/i, ''));
  if (arxiv) return arxivId(arxiv);
  const doi = bare.replace(/^(?:doi:\s*|(?:dx\.)?doi\.org\/)/i, '');
  if (DOI.test(doi)) return fromDoi(doi);
  if (
    /^(?:[\w-]+\.)*(?:arxiv|ar5iv|alphaxiv|huggingface|hf|openreview|aclanthology)\.\w+\//i.test(
      bare,
    )
  ) {
    return fromUrl(`https://${bare}`);
  }
  const keyed = SOURCE_KEY.exec(trimmed);
  if (keyed?.[1] === 'http' || keyed?.[1] === 'https') return undefined;
  return keyed ? { id: `${keyed[1]}:${keyed[2]}` } : undefined;
}

function arxivId(match: RegExpExecArray): PaperId {
  const text = (match[1] as string).toLowerCase();
  // A subject class (`math.GT/0309136`) is not part of an old identifier.
  const id = text.includes('/') ? text.replace(/\.[a-z]{2}\//, '/') : text;
  const version = match[2] === undefined ? 0 : Number(match[2]);
  return version > 0 ? { id, version } : { id };
}

function fromDoi(doi: string): PaperId | undefined {
  const arxiv = ARXIV_DOI.exec(doi);
  if (arxiv) {
    const match = ARXIV.exec(arxiv[1] as string);
    return match ? arxivId(match) : undefined;
  }
  return { id: `doi:${doi.toLowerCase()}` };
}

function fromUrl(text: string): PaperId | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const host = url.hostname.toLowerCase();
  const route = safeDecode(url.pathname).replace(/^\/+|\/+$/g, '');
  if (ARXIV_HOST.test(host)) {
    const name = route
      .replace(/^(?:abs|pdf|html|format|src|e-print|papers|overview|resources|api\/papers)\//, '')
      .replace(/\.(?:pdf|md)$/i, '');
    const match = ARXIV.exec(name);
    return match ? arxivId(match) : undefined;
  }
  if (/^(?:dx\.|www\.)?doi\.org$/.test(host)) return DOI.test(route) ? fromDoi(route) : undefined;
  if (/^(?:www\.|api\d?\.)?openreview\.net$/.test(host)) {
    const key = url.searchParams.get('id');
    return key && /^[\w-]+$/.test(key) ? { id: `openreview:${key}` } : undefined;
  }
  if (/^(?:www\.)?aclanthology\.org$/.test(host)) {
    const key = route.replace(/\.(?:pdf|bib)$/, '');
    return /^[\w.-]+$/.test(key) ? { id: `acl:${key}` } : undefined;
  }
  return undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function isArxivId(id: string): boolean {
  return ARXIV_ID.test(id);
}

/** Whether arXiv can have given out this identity up to a day: its month is one, and not to come. */
export function isPlausibleArxivId(id: string, today: Day): boolean {
  if (!isArxivId(id)) return false;
  const digits = /(?:^|\/)(\d{2})(\d{2})/.exec(id);
  const month = Number(digits?.[2]);
  if (!digits || month < 1 || month > 12) return false;
  const short = Number(digits[1]);
  const year = short >= 91 ? 1900 + short : 2000 + short;
  return `${year}-${digits[2]}` <= today.slice(0, 7);
}

/** `arxiv`, `doi`, `openreview`, `acl`, `page` … */
export function sourceOfId(id: string): string {
  return isArxivId(id) ? 'arxiv' : id.slice(0, id.indexOf(':'));
}

/** How good a registry an identity comes from; lower is better. */
export function identityRank(id: string): number {
  const source = sourceOfId(id);
  if (source === 'arxiv') return 0;
  if (source === 'doi') return 1;
  return source === 'page' ? 3 : 2;
}

export function arxivAbsUrl(id: string): string {
  return `https://arxiv.org/abs/${id}`;
}

export function arxivPdfUrl(id: string): string {
  return `https://arxiv.org/pdf/${id}`;
}

/** Where a paper without an arXiv id is at home, where its identity says so. */
export function homeUrlOf(id: string): string | undefined {
  const key = id.slice(id.indexOf(':') + 1);
  switch (sourceOfId(id)) {
    case 'arxiv':
      return arxivAbsUrl(id);
    case 'doi':
      return `https://doi.org/${encodeURI(key)}`;
    case 'openreview':
      return `https://openreview.net/forum?id=${encodeURIComponent(key)}`;
    case 'acl':
      return `https://aclanthology.org/${encodeURIComponent(key)}`;
    default:
      return undefined;
  }
}

/** The path of a paper's page; an id's own slashes stay as they are. */
export function pathOfPaper(id: string): string {
  return `/papers/${id.split('/').map(encodePathSegment).join('/')}`;
}

function encodePathSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%3A', ':').replaceAll('%40', '@');
}

/**
 * A title as a key for `page:<slug>`: at most 80 characters of a-z, 0-9 and hyphens. Where
 * that loses part of the title, a hash of it keeps different titles apart.
 */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}+/gu, '');
  const slug = plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const isWhole = slug.length <= MAX_SLUG && !/[^\p{ASCII}\p{P}\p{S}\p{Z}]/u.test(plain);
  if (isWhole && slug !== '') return slug;
  const hash = createHash('sha256').update(title).digest('hex').slice(0, 10);
  const head = slug.slice(0, MAX_SLUG - hash.length - 1).replace(/-+[^-]*$|-+$/, '');
  return head === '' ? hash : `${head}-${hash}`;
}
