// The paper that a pasted DOI or address names. What a page claims of itself is believed least of all:
// a DOI that it names is asked for at its registry.
import { type Instant, now } from '../../base/calendar.ts';
import { AppError } from '../../base/errors.ts';
import {
  type Fetched,
  FetchFailure,
  type FetchFailureKind,
  type FetchOptions,
  fetchPublic,
} from '../../base/outside/guarded-fetch.ts';
import type { Config } from '../../config.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { findPaperId, isArxivId } from '../../papers/paper-id.ts';
import type { PastedReference } from './pasted-reference.ts';
import { readCsl } from './read-csl.ts';
import { decodeHtml } from './read-html.ts';
import { type PaperPage, readPaperPage } from './read-paper-page.ts';

export type PastedContext = {
  config: Pick<Config, 'contact' | 'sourceTimeoutMs' | 'privateHosts' | 'doiUrl'>;
  /** The moment that counts as now. */
  now?: () => Instant;
  resolve?: FetchOptions['resolve'];
  signal?: AbortSignal | undefined;
};

const CSL_JSON = 'application/vnd.citationstyles.csl+json';
const HTML = ['text/html', 'application/xhtml+xml'];
const MAX_BYTES = 8 * 1024 * 1024;
/** Somebody waits for it. */
const MAX_TIMEOUT_MS = 30_000;

/**
 * The record of the paper, or the arXiv id of a paper that is to be looked up there. Throws
 * `FetchFailure`, and `invalid` where there is no paper.
 */
export async function fetchPasted(
  reference: Exclude<PastedReference, { kind: 'paper-id' }>,
  context: PastedContext,
): Promise<PaperPage> {
  if (reference.kind === 'doi') {
    const { paper } = await fetchDoi(reference.doi, context);
    return paper;
  }
  let fetched: Fetched;
  try {
    fetched = await fetchPage(reference.url, context);
  } catch (error) {
    // Publishers keep programs out or show a PDF, but their addresses often hold the DOI.
    const doi = doiIn(reference.url);
    if (!doi || !(error instanceof FetchFailure) || !MAY_KNOW_DOI.includes(error.kind)) throw error;
    return fetchPasted({ kind: 'doi', doi, id: `doi:${doi}` }, context);
  }
  const arxivId = arxivIdOf(fetched.url);
  if (arxivId) return { is: 'arxiv', id: arxivId };
  return readPage(fetched, context);
}

const MAY_KNOW_DOI: FetchFailureKind[] = ['status', 'wrong-type', 'redirects', 'too-large'];
/** `/doi/full/10.1145/1.2`, `/content/10.1101/2025.01.02v1.full.pdf`, `/content/pdf/10.1007/x.pdf` */
const DOI_IN_PATH =
  /\/(10\.\d{4,9}\/[^\s?#]+?)(?:\/(?:full|pdf|abstract|meta))?(?:v\d{1,2})?(?:\.full|\.abstract)?(?:\.pdf)?\/?$/;

function doiIn(address: string): string | undefined {
  const path = new URL(address).pathname.replaceAll(/%2f/gi, '/');
  return DOI_IN_PATH.exec(path)?.[1]?.toLowerCase();
}

async function readPage(fetched: Fetched, context: PastedContext): Promise<PaperPage> {
  const html = decodeHtml(fetched.body, fetched.headers['content-type'] ?? '');
  const page = readPaperPage(html, fetched.url, (context.now ?? now)());
  if (page.is === 'arxiv' || page.record.source !== 'page' || !page.record.doi) return page;
  const { authors = [], doi } = page.record;
  try {
    const { paper, homeHost } = await fetchDoi(doi, context);
    const isAtHome = homeHost && bareHost(homeHost) === bareHost(new URL(fetched.url).hostname);
    return isAtHome ? withAbstract(paper, page.record) : paper;
  } catch (error) {
    // A DOI that nobody knows, or not yet: the page speaks for itself, but not in the DOI's name.
    const isUnknown = error instanceof AppError && error.code === 'invalid';
    if (!isUnknown || authors.length === 0) throw error;
    const { doi: _, ...record } = page.record;
    return { ...page, record };
  }
}

/** Registries often lack the abstract, which the publisher's page has. */
function withAbstract(paper: PaperPage, { abstract }: PaperRecord): PaperPage {
  if (paper.is === 'arxiv' || paper.record.abstract || !abstract) return paper;
  return { ...paper, record: { ...paper.record, abstract } };
}

async function fetchDoi(
  doi: string,
  context: PastedContext,
): Promise<{ paper: PaperPage; homeHost?: string | undefined }> {
  const fetched = await fetchRegistered(doi, context);
  const arxivId = arxivIdOf(fetched.url);
  if (arxivId) return { paper: { is: 'arxiv', id: arxivId } };
  if (HTML.includes(fetched.type)) {
    // Some registries have no metadata and lead to the page; that the DOI is its own, they vouch for.
    const html = decodeHtml(fetched.body, fetched.headers['content-type'] ?? '');
    const page = readPaperPage(html, fetched.url, (context.now ?? now)());
    if (page.is === 'arxiv' || page.record.source !== 'page') return { paper: page };
    return { paper: { ...page, record: { ...page.record, id: `doi:${doi}`, doi } } };
  }
  const raw = fetched.body.toString('utf8');
  const { record, arxivId: preprint, homeHost } = readCsl(jsonOf(raw), doi, (context.now ?? now)());
  if (preprint) return { paper: { is: 'arxiv', id: preprint } };
  return { paper: { is: 'record', record, raw }, homeHost };
}

async function fetchRegistered(
  doi: string,
  context: PastedContext,
  accept = `${CSL_JSON}, text/html;q=0.5`,
): Promise<Fetched> {
  const base = new URL(context.config.doiUrl);
  const port = base.port || (base.protocol === 'https:' ? '443' : '80');
  try {
    return await fetchPublic(doiAddress(context.config.doiUrl, doi), {
      ...optionsOf(context),
      accept,
      types: [CSL_JSON, 'application/json', ...HTML],
      // Whoever runs this has named the mirror.
      privateHosts: [...context.config.privateHosts, `${base.hostname}:${port}`],
    });
  } catch (error) {
    const status = error instanceof FetchFailure ? error.status : undefined;
    // Not every agency has metadata to give; all lead to a page.
    if (status === 406 && accept !== HTML[0]) return fetchRegistered(doi, context, HTML[0]);
    if (status !== 404 && status !== 410) throw error;
    throw new AppError(
      'invalid',
      `Nothing is registered under the DOI ${doi}: check it, or paste the address of the paper's page.`,
      error,
    );
  }
}

/** Its slashes stay; a segment of dots would leave the registry's path. */
function doiAddress(base: string, doi: string): string {
  const segments = doi.split('/');
  if (segments.some((segment) => /^\.{1,2}$/.test(segment))) {
    throw new AppError('invalid', `${doi} is not a DOI: write it such as 10.1000/182.`);
  }
  return `${base}/${segments.map(encodeURIComponent).join('/')}`;
}

async function fetchPage(url: string, context: PastedContext): Promise<Fetched> {
  try {
    return await fetchPublic(url, {
      ...optionsOf(context),
      accept: 'text/html, application/xhtml+xml;q=0.9',
      types: HTML,
    });
  } catch (error) {
    if (!(error instanceof FetchFailure) || error.kind !== 'wrong-type') throw error;
    throw new FetchFailure(
      'wrong-type',
      `${error.message.replace(/\.$/, '')}: paste the address of the paper's page, not of its PDF.`,
      { cause: error },
    );
  }
}

function optionsOf(
  context: PastedContext,
): Omit<FetchOptions, 'accept' | 'types'> & { privateHosts: string[] } {
  const { config, resolve, signal } = context;
  return {
    contact: config.contact,
    timeoutMs: Math.min(config.sourceTimeoutMs, MAX_TIMEOUT_MS),
    maxBytes: MAX_BYTES,
    privateHosts: config.privateHosts,
    // arXiv is asked in turn and at its API, not here.
    stopAt: (url) => arxivIdOf(url.href) !== undefined,
    ...(resolve ? { resolve } : {}),
    signal,
  };
}

function arxivIdOf(url: string): string | undefined {
  const id = findPaperId(url)?.id;
  return id && isArxivId(id) ? id : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
