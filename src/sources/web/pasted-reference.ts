// What a person pastes to name a paper.
import { AppError } from '../../base/errors.ts';
import { truncateText } from '../../base/text.ts';
import { findPaperId, homeUrlOf, isArxivId, sourceOfId } from '../../papers/paper-id.ts';

export type PastedReference =
  /** A paper that arXiv knows, or that is here under its title only (`page:…`). */
  | { kind: 'paper-id'; id: string }
  | { kind: 'doi'; doi: string; id: string }
  /** `id`: the identity that the paper at the address has, where the address says so. */
  | { kind: 'url'; url: string; id?: string };

const MAX_LENGTH = 2_000;
/** An address without its scheme. */
const BARE_ADDRESS = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\/\S*$/i;
const ARXIV_HOST = /(?:^|\.)(?:arxiv\.org|ar5iv\.org|alphaxiv\.org)$/;

/** Throws `invalid`, saying what may be pasted. */
export function parsePasted(text: string): PastedReference {
  const trimmed = unquoted(text.trim());
  const found = findPaperId(trimmed);
  if (found) return ofId(found.id, text);
  const url = trimmed.length > MAX_LENGTH || /\s/.test(trimmed) ? undefined : urlOf(trimmed);
  if (!url) throw unknown(text);
  if (ARXIV_HOST.test(url.hostname)) {
    throw new AppError(
      'invalid',
      `${shown(trimmed)} names no paper of arXiv: paste an address such as https://arxiv.org/abs/2502.01441.`,
    );
  }
  return { kind: 'url', url: url.href };
}

function ofId(id: string, text: string): PastedReference {
  const source = sourceOfId(id);
  if (isArxivId(id) || source === 'page') return { kind: 'paper-id', id };
  if (source === 'doi') return { kind: 'doi', doi: id.slice('doi:'.length), id };
  const url = homeUrlOf(id);
  if (url) return { kind: 'url', url, id };
  throw unknown(text);
}

function urlOf(text: string): URL | undefined {
  const address = BARE_ADDRESS.test(text) ? `https://${text}` : text;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.username === '' && url.password === '' ? url : undefined;
}

/** Without the brackets, quotes and commas that come along when something is copied. */
function unquoted(text: string): string {
  return text.replace(/^[<"'“‘]+/, '').replace(/[>"'”’,;.]+$/, '');
}

function unknown(text: string): AppError {
  return new AppError(
    'invalid',
    `"${shown(text.trim())}" names no paper: paste an arXiv id such as 2502.01441, a DOI such as 10.1000/182, or the address of a paper's page.`,
  );
}

function shown(text: string): string {
  return truncateText(text, 60);
}
