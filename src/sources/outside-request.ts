// One request to an outside service: named, bounded in time and size, and failing in kinds that the
// caller can tell apart.
import { AppError, messageOf } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';

export type FailureKind =
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'too-large'
  | 'wrong-type'
  | 'malformed'
  | 'refused';

/** An outside service did not do what was hoped for. Never a reader's fault, never shown on a paper's page. */
export class SourceFailure extends AppError {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  /** How long the service asks to be left in peace. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    details: { status?: number; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super('unavailable', message, details.cause);
    this.name = 'SourceFailure';
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing(): boolean {
    if (this.kind === 'status') return PASSING_STATUS.includes(this.status ?? 0);
    return this.kind !== 'too-large' && this.kind !== 'refused';
  }
}

const PASSING_STATUS = [408, 425, 429, 500, 502, 503, 504];

export type RequestOptions = {
  /** How the other side reaches whoever runs this. */
  contact: string;
  accept: string;
  /** What the content type must match; undefined takes any. */
  type?: RegExp;
  /** For the whole answer. */
  timeoutMs: number;
  maxBytes: number;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
};

export type Answer = {
  /** 200 or 304. */
  status: number;
  headers: Headers;
  body: AsyncIterable<Uint8Array>;
};

/** Asks and hands the answer to `read`, which must take the body to its end. Throws `SourceFailure`. */
export async function askOutside<T>(
  url: string,
  options: RequestOptions,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      headers: {
        accept: options.accept,
        'user-agent': `Broadsheet/${VERSION}${options.contact ? ` (${options.contact})` : ''}`,
        ...options.headers,
      },
      signal,
    });
    check(response, url, options);
    return await read({
      status: response.status,
      headers: response.headers,
      body: limited(response, url, options.maxBytes),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (error instanceof AppError) throw error;
    if ((error as Error).name === 'TimeoutError') {
      const seconds = options.timeoutMs / 1_000;
      throw new SourceFailure('timeout', `${url} did not answer within ${seconds} seconds.`);
    }
    // fetch throws TypeErrors for the network's failures, with the failure as their cause.
    if (error instanceof TypeError && error.cause !== undefined) {
      const reason = messageOf(error.cause) || (error.cause as { code?: string }).code;
      throw new SourceFailure('unreachable', `${url} cannot be reached: ${reason}.`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    // What was not read would hold the connection.
    await response?.body?.cancel().catch(() => {});
  }
}

function check(response: Response, url: string, options: RequestOptions): void {
  if (response.status === 304) return;
  if (!response.ok) {
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
    throw new SourceFailure('status', `${url} answered with status ${response.status}.`, {
      status: response.status,
      retryAfterMs,
    });
  }
  const type = response.headers.get('content-type') ?? '';
  if (options.type && !options.type.test(type)) {
    throw new SourceFailure('wrong-type', `${url} answered with ${type || 'no content type'}.`);
  }
}

async function* limited(
  response: Response,
  url: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      const mebibytes = Math.round(maxBytes / 1024 ** 2);
      throw new SourceFailure('too-large', `${url} answered with more than ${mebibytes} MiB.`);
    }
    yield chunk;
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
