// The one way to addresses that people paste. Whoever pastes one must not reach what only this machine
// can: every address that a host has must be public, and the connection goes to an address that was
// looked at. Asking DNS a second time could bring another answer (rebinding).
import { lookup } from 'node:dns/promises';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { AppError, messageOf } from '../errors.ts';
import { truncateText } from '../text.ts';
import { VERSION } from '../version.ts';
import { isPublicAddress } from './public-address.ts';

export type FetchFailureKind =
  /** Not an address that may be fetched, or one that nobody has. */
  | 'refused'
  | 'redirects'
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'too-large'
  | 'wrong-type'
  | 'malformed';

/** An address that somebody pasted did not bring what was hoped for. */
export class FetchFailure extends AppError {
  readonly kind: FetchFailureKind;
  readonly status: number | undefined;

  constructor(
    kind: FetchFailureKind,
    message: string,
    details: { status?: number; cause?: unknown } = {},
  ) {
    super(isPassing(kind, details.status) ? 'unavailable' : 'invalid', message, details.cause);
    this.name = 'FetchFailure';
    this.kind = kind;
    this.status = details.status;
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing(): boolean {
    return isPassing(this.kind, this.status);
  }
}

const PASSING_STATUS = [408, 425, 429, 500, 502, 503, 504];

function isPassing(kind: FetchFailureKind, status = 0): boolean {
  if (kind === 'status') return PASSING_STATUS.includes(status);
  return kind === 'unreachable' || kind === 'timeout';
}

export type HostAddress = { address: string; family: number };

export type FetchOptions = {
  /** How the other side reaches whoever runs this. */
  contact: string;
  accept: string;
  /** Content types that are taken, in lower case and without parameters. */
  types: readonly string[];
  /** For everything together: finding the host, all redirects, the whole answer. */
  timeoutMs: number;
  /** Of the answer when it is unpacked. */
  maxBytes: number;
  /** `host:port` pairs that may be fetched although they are private or use another port. */
  privateHosts?: readonly string[];
  /** A redirect to such an address is the answer, and is not followed. */
  stopAt?: (url: URL) => boolean;
  /** All addresses of a host; the system's resolver unless given. */
  resolve?: (host: string) => Promise<HostAddress[]>;
  signal?: AbortSignal | undefined;
};

export type Fetched = {
  /** Where the answer came from, after all redirects, without its fragment. */
  url: string;
  /** 2xx, or 3xx where `stopAt` ended it; then the body is empty. */
  status: number;
  /** `text/html`: in lower case, without parameters. */
  type: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_URL = 2_000;

/** Asks with GET. Throws `FetchFailure`, and what `signal` was aborted with. */
export async function fetchPublic(address: string, options: FetchOptions): Promise<Fetched> {
  let url = parseAddress(address);
  return underTimeout(
    () => url,
    options,
    async (signal) => {
      for (let redirects = 0; ; redirects++) {
        const answer = await ask(url, options, signal);
        if (!('location' in answer)) return answer;
        if (redirects === MAX_REDIRECTS) {
          throw new FetchFailure(
            'redirects',
            `${shown(address)} leads on more than ${MAX_REDIRECTS} times: paste the address that it ends at.`,
          );
        }
        const next = redirected(answer.location, url);
        if (options.stopAt?.(next)) {
          const { status, headers } = answer;
          return { url: next.href, status, headers, type: '', body: Buffer.alloc(0) };
        }
        url = next;
      }
    },
  );
}

/** What goes wrong on the way is told as a `FetchFailure`. */
async function underTimeout<T>(
  at: () => URL,
  options: Pick<FetchOptions, 'timeoutMs' | 'signal'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    return await work(options.signal ? AbortSignal.any([timeout, options.signal]) : timeout);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (timeout.aborted) {
      const seconds = options.timeoutMs / 1_000;
      throw new FetchFailure(
        'timeout',
        `${shown(at().href)} did not answer within ${seconds} seconds: try again later.`,
      );
    }
    if (error instanceof AppError) throw error;
    const reason = (error as { code?: string }).code ?? messageOf(error);
    throw new FetchFailure(
      'unreachable',
      `${shown(at().href)} cannot be reached (${reason}): try again later.`,
      { cause: error },
    );
  }
}

export type SendOptions = Pick<
  FetchOptions,
  'contact' | 'timeoutMs' | 'maxBytes' | 'privateHosts' | 'resolve' | 'signal'
> & {
  body: string;
  /** Beside those that every request has. */
  headers: Record<string, string>;
};

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** Its beginning, where it is longer than `maxBytes`. */
  body: string;
};

/**
 * Sends with POST, and tells the answer whatever its status: a redirect is one, too, and is not followed, for
 * what is sent may be secret. Throws `FetchFailure`, and what `signal` was aborted with.
 */
export async function postPublic(address: string, options: SendOptions): Promise<Answer> {
  const url = parseAddress(address);
  const request: AskOptions = { ...options, accept: '*/*', method: 'POST' };
  return underTimeout(
    () => url,
    options,
    async (signal) => {
      const addresses = await allowedAddresses(url, options, signal);
      const response = await open(url, addresses, request, signal);
      try {
        const body = await readBeginning(response, options.maxBytes);
        return { status: response.statusCode ?? 0, headers: response.headers, body };
      } finally {
        response.destroy();
      }
    },
  );
}

/** Throws `FetchFailure` for what can be seen to be no address to fetch without asking for its host. */
export function checkAddress(address: string, privateHosts: readonly string[]): URL {
  const url = parseAddress(address);
  if (literalAddress(url, { privateHosts }) === 'private') throw notPublic(url);
  return url;
}

function parseAddress(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (!url || text.length > MAX_URL || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new FetchFailure(
      'refused',
      `${shown(text)} is not an address of a page: it must begin with http:// or https://.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchFailure(
      'refused',
      `The address at ${url.hostname} holds a password: paste it without.`,
    );
  }
  url.hash = '';
  return url;
}

/** What was safe on its way stays so: a redirect from https to http is followed by https. */
function redirected(location: string, from: URL): URL {
  const next = parseAddress(location, from);
  if (from.protocol !== 'https:' || next.protocol !== 'http:') return next;
  if (next.port !== '') {
    throw new FetchFailure(
      'refused',
      `${shown(from.href)} leads on to a page without encryption: paste the address that it ends at.`,
    );
  }
  next.protocol = 'https:';
  return next;
}

type Redirect = { location: string; status: number; headers: IncomingHttpHeaders };

async function ask(
  url: URL,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched | Redirect> {
  const addresses = await allowedAddresses(url, options, signal);
  const response = await open(url, addresses, options, signal);
  try {
    const status = response.statusCode ?? 0;
    const { headers } = response;
    if (REDIRECTS.includes(status) && headers.location !== undefined) {
      // Node reads headers as Latin-1; addresses that are not ASCII come as UTF-8.
      const location = Buffer.from(headers.location, 'latin1').toString('utf8');
      return { location, status, headers };
    }
    if (status < 200 || status > 299) {
      const toDo = isPassing('status', status)
        ? 'try again later'
        : 'check that anybody can open it';
      throw new FetchFailure(
        'status',
        `${shown(url.href)} answered with status ${status}: ${toDo}.`,
        { status },
      );
    }
    const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (!options.types.includes(type)) {
      throw new FetchFailure(
        'wrong-type',
        `${shown(url.href)} is ${truncateText(type, 60) || 'of no type'}, not ${options.types.join(' or ')}.`,
      );
    }
    const body = await readBody(url, response, options.maxBytes);
    return { url: url.href, status, type, headers, body };
  } finally {
    response.destroy();
  }
}

/** The addresses to connect to. One that is not public spoils them all: the name is not to be trusted. */
async function allowedAddresses(
  url: URL,
  options: Pick<FetchOptions, 'privateHosts' | 'resolve'>,
  signal: AbortSignal,
): Promise<HostAddress[]> {
  const literal = literalAddress(url, options);
  if (literal === 'private') throw notPublic(url);
  if (literal) return [literal];
  const resolve = options.resolve ?? resolveBySystem;
  const addresses = await resolveHost(url, url.hostname, resolve, signal);
  const isAllowed =
    isPrivateHost(url, options) || addresses.every(({ address }) => isPublicAddress(address));
  if (!isAllowed || addresses.length === 0) throw notPublic(url);
  return addresses;
}

/** Where the host is written as an address. Throws for ports that are not fetched. */
function literalAddress(
  url: URL,
  options: Pick<FetchOptions, 'privateHosts'>,
): HostAddress | 'private' | undefined {
  const isPrivate = isPrivateHost(url, options);
  if (url.port !== '' && !isPrivate) {
    throw new FetchFailure(
      'refused',
      `${shown(url.href)} uses port ${url.port}: only the usual ones, 80 and 443, are fetched.`,
    );
  }
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return undefined;
  return isPrivate || isPublicAddress(address) ? { address, family } : 'private';
}

function isPrivateHost(url: URL, { privateHosts }: Pick<FetchOptions, 'privateHosts'>): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return privateHosts?.includes(`${url.hostname}:${port}`) ?? false;
}

function resolveBySystem(host: string): Promise<HostAddress[]> {
  return lookup(host, { all: true });
}

async function resolveHost(
  url: URL,
  host: string,
  resolve: (host: string) => Promise<HostAddress[]>,
  signal: AbortSignal,
): Promise<HostAddress[]> {
  try {
    return await unlessAborted(resolve(host), signal);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') throw notPublic(url);
    throw error;
  }
}

/** The same words for hosts that do not exist: names of an inner network are nobody's business. */
function notPublic(url: URL): FetchFailure {
  return new FetchFailure(
    'refused',
    `${shown(url.href)} is not at a public address: paste one that can be opened from anywhere.`,
  );
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

type AskOptions = Pick<FetchOptions, 'contact' | 'accept'> &
  Partial<Pick<SendOptions, 'body' | 'headers'>> & { method?: 'POST' };

function open(
  url: URL,
  addresses: HostAddress[],
  options: AskOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  // Node asks this instead of DNS; names in Host and in TLS stay those of the address.
  const lookup: LookupFunction = (_host, { all }, answer) => {
    const [first] = addresses as [HostAddress];
    if (all) answer(null, addresses);
    else answer(null, first.address, first.family);
  };
  const { body, method = 'GET', contact } = options;
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    request(url, {
      method,
      // A connection that somebody else opened may lead elsewhere.
      agent: false,
      lookup,
      signal,
      headers: {
        accept: options.accept,
        'accept-encoding': method === 'GET' ? 'gzip, br' : 'identity',
        'user-agent': `Broadsheet/${VERSION}${contact ? ` (${contact})` : ''}`,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...options.headers,
      },
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

/** As much of an answer as is looked at; one that says it is packed says nothing. */
async function readBeginning(response: IncomingMessage, maxBytes: number): Promise<string> {
  if (!/^(?:identity)?$/.test(response.headers['content-encoding'] ?? '')) return '';
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(parts).subarray(0, maxBytes).toString('utf8');
}

async function readBody(url: URL, response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of unpacked(url, response)) {
      bytes += part.length;
      if (bytes > maxBytes) {
        const mebibytes = Math.round((maxBytes / 1024 ** 2) * 10) / 10;
        throw new FetchFailure(
          'too-large',
          `${shown(url.href)} holds more than ${mebibytes} MiB: paste the address of a smaller page.`,
        );
      }
      parts.push(part);
    }
  } catch (error) {
    if (!/^(?:Z_|ERR__|ERR_BROTLI)/.test((error as { code?: string }).code ?? '')) {
      throw error;
    }
    throw new FetchFailure(
      'malformed',
      `${shown(url.href)} cannot be unpacked: paste another address.`,
      { cause: error },
    );
  }
  return Buffer.concat(parts);
}

function unpacked(url: URL, response: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return response;
  // Its failures end the iteration.
  if (/^(?:x-)?gzip$/.test(encoding)) return pipeline(response, createGunzip(), () => {});
  if (encoding === 'br') return pipeline(response, createBrotliDecompress(), () => {});
  throw new FetchFailure(
    'malformed',
    `${shown(url.href)} is packed in a way that was not asked for: paste another address.`,
  );
}

function shown(address: string): string {
  return truncateText(address, 120);
}
