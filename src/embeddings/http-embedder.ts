// A service that speaks OpenAI's /v1/embeddings: Ollama, TEI, vLLM, OpenAI and others.
// https://platform.openai.com/docs/api-reference/embeddings/create
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, messageOf } from '../base/errors.ts';
import { truncateText } from '../base/text.ts';
import { VERSION } from '../base/version.ts';
import type { Embedder, TextKind } from './embedder.ts';
import { scaleToUnit } from './unit-length.ts';

/** TEI takes no more in one request unless it is told to. */
const MAX_BATCH_TEXTS = 32;
const MAX_BATCH_CHARS = 50_000;
/** About 2,000 tokens. */
const MAX_TEXT_CHARS = 8_000;
/** Texts that a service calls too long are halved down to this. */
const MIN_TEXT_CHARS = 1_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MAX_DETAIL_CHARS = 200;
const MAX_DIMENSIONS = 65_536;
const FIRST_PAUSE_MS = 500;

/** A reader waits for a query; documents have time. A service that wants a longer pause is left alone. */
const PATIENCE: Record<TextKind, { attempts: number; maxPauseMs: number }> = {
  query: { attempts: 2, maxPauseMs: 1_000 },
  document: { attempts: 5, maxPauseMs: 60_000 },
};

const PASSING_STATUS = [408, 425, 429, 500, 502, 503, 504];
const TOO_LONG_STATUS = [400, 413, 422];

export type HttpEmbedderOptions = {
  /** Where /embeddings stands, without a slash at the end. */
  url: string;
  model: string;
  /** Empty sends none. */
  key: string;
  queryPrefix: string;
  documentPrefix: string;
  /** 0 takes vectors as they come, and asks for one at once to learn their length. */
  dimensions: number;
  /** For one answer. */
  timeoutMs: number;
  firstPauseMs?: number;
};

/** Throws `unavailable` when the service does not answer and the number of dimensions is not set. */
export async function createHttpEmbedder(
  options: HttpEmbedderOptions,
  signal?: AbortSignal,
): Promise<Embedder> {
  const dimensions = options.dimensions || (await learnDimensions(options, signal));
  return {
    name: 'http',
    fingerprint: fingerprintOf(options, dimensions),
    dimensions,
    async embed(texts, kind, signal) {
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      for (const batch of batchesOf(texts, prefixFor(options, kind))) {
        const asked = batch.map(({ text }) => text);
        const answers = await askPatiently(options, asked, kind, signal);
        for (const [at, vector] of answers.entries()) {
          if (vector.length !== dimensions) throw wrongLength(options, vector.length, dimensions);
          vectors[(batch[at] as Piece).at] = vector;
        }
      }
      return vectors;
    },
    async close() {},
  };
}

async function learnDimensions(options: HttpEmbedderOptions, signal?: AbortSignal) {
  const [vector] = await askPatiently(options, ['dimensions'], 'query', signal);
  return (vector as Float32Array).length;
}

/** The address is not in it: the same model may move to another machine. */
function fingerprintOf(options: HttpEmbedderOptions, dimensions: number): string {
  const { model, queryPrefix, documentPrefix } = options;
  const parts = JSON.stringify([model, queryPrefix, documentPrefix, dimensions, MAX_TEXT_CHARS]);
  return `http:${createHash('sha256').update(parts).digest('hex').slice(0, 16)}`;
}

function prefixFor(options: HttpEmbedderOptions, kind: TextKind): string {
  return kind === 'query' ? options.queryPrefix : options.documentPrefix;
}

type Piece = { at: number; text: string };

/** Empty texts are left out, because services refuse them. */
function batchesOf(texts: readonly string[], prefix: string): Piece[][] {
  const batches: Piece[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const [at, whole] of texts.entries()) {
    if (whole.trim() === '') continue;
    const text = prefix + truncateText(whole, MAX_TEXT_CHARS);
    const last = batches.at(-1);
    if (last && last.length < MAX_BATCH_TEXTS && chars + text.length <= MAX_BATCH_CHARS) {
      last.push({ at, text });
      chars += text.length;
    } else {
      batches.push([{ at, text }]);
      chars = text.length;
    }
  }
  return batches;
}

async function askPatiently(
  options: HttpEmbedderOptions,
  texts: string[],
  kind: TextKind,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const { attempts, maxPauseMs } = PATIENCE[kind];
  let asked = texts;
  let maxChars = MAX_TEXT_CHARS;
  let pauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
  for (let attempt = 1; ; ) {
    try {
      return await ask(options, asked, signal);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.isTooLong && maxChars > MIN_TEXT_CHARS) {
        maxChars /= 2;
        asked = asked.map((text) => truncateText(text, maxChars));
        continue;
      }
      const waitMs = error.retryAfterMs ?? pauseMs * (0.5 + Math.random());
      if (!error.isPassing || attempt >= attempts || waitMs > maxPauseMs) {
        throw new AppError('unavailable', error.message, error.cause);
      }
      await sleep(waitMs, undefined, { signal });
      pauseMs *= 2;
      attempt++;
    }
  }
}

/** One request that brought nothing. */
class Failure extends Error {
  readonly isPassing: boolean;
  readonly isTooLong: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    details: {
      isPassing?: boolean;
      isTooLong?: boolean;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.isPassing = details.isPassing ?? false;
    this.isTooLong = details.isTooLong ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

async function ask(
  options: HttpEmbedderOptions,
  texts: string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const { url, model, key, dimensions, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response | undefined;
  try {
    response = await fetch(`${url}/embeddings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': `Broadsheet/${VERSION}`,
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, input: texts, ...(dimensions > 0 ? { dimensions } : {}) }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    const body = await readLimited(response, url);
    if (!response.ok) throw refusal(options, response, body);
    return readVectors(url, body, texts.length);
  } catch (error) {
    if (signal?.aborted || error instanceof Failure) throw error;
    if ((error as Error).name === 'TimeoutError') {
      throw new Failure(
        `The embedder at ${url} did not answer within ${timeoutMs / 1_000} seconds: give it more time with BROADSHEET_EMBEDDER_TIMEOUT_S or a faster machine.`,
        { cause: error },
      );
    }
    // fetch throws TypeErrors for the network's failures, with the failure as their cause.
    if (error instanceof TypeError && error.cause !== undefined) {
      const reason = messageOf(error.cause) || (error.cause as { code?: string }).code;
      throw new Failure(
        `The embedder at ${url} cannot be reached (${reason}): start it, or correct BROADSHEET_EMBEDDER_URL.`,
        { isPassing: true, cause: error },
      );
    }
    throw error;
  } finally {
    // What was not read would hold the connection.
    await response?.body?.cancel().catch(() => {});
  }
}

async function readLimited(response: Response, url: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw malformed(url, `more than ${MAX_ANSWER_BYTES / 1024 ** 2} MiB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function refusal(options: HttpEmbedderOptions, response: Response, body: string): Failure {
  const { url, model, key } = options;
  const { status } = response;
  const start = `The embedder at ${url} answered with status ${status}`;
  // Services repeat parts of a wrong key.
  if (status === 401 || status === 403) {
    const advice = key === '' ? 'set' : 'correct';
    return new Failure(`${start}: ${advice} BROADSHEET_EMBEDDER_KEY.`);
  }
  const detail = detailOf(body);
  const said = detail === '' ? '' : ` (${detail})`;
  if (status === 404) {
    return new Failure(
      `${start}${said}: see that it has the model ${model} (BROADSHEET_EMBEDDER_MODEL) and that BROADSHEET_EMBEDDER_URL is right; most end in /v1.`,
    );
  }
  if (PASSING_STATUS.includes(status)) {
    return new Failure(`${start}${said}: try again later, or look into its log.`, {
      isPassing: true,
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after')),
    });
  }
  return new Failure(
    `${start}${said}: see that BROADSHEET_EMBEDDER_MODEL names a model for embeddings, here ${model}.`,
    {
      isTooLong:
        status === 413 ||
        (TOO_LONG_STATUS.includes(status) && /token|too long|length|context/i.test(detail)),
    },
  );
}

/** OpenAI's shape, Ollama's and TEI's, or the text itself; on one line. */
function detailOf(body: string): string {
  let detail: unknown = body;
  try {
    const { error, message, detail: other } = JSON.parse(body);
    detail = error?.message ?? error ?? message ?? other ?? body;
  } catch {}
  const line = (typeof detail === 'string' ? detail : JSON.stringify(detail)).replace(/\s+/g, ' ');
  return /^\s*</.test(line) ? '' : truncateText(line.trim(), MAX_DETAIL_CHARS);
}

const ANSWER = z.object({
  data: z.array(
    z.object({
      index: z.number().int().optional(),
      embedding: z.union([z.string(), z.array(z.number())]),
    }),
  ),
});

/** Numbers, or base64 of little-endian 32-bit numbers, in the order of their `index`. */
function readVectors(url: string, body: string, count: number): Float32Array[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw malformed(url, 'something that is not JSON');
  }
  const answer = ANSWER.safeParse(json);
  if (!answer.success) throw malformed(url, 'JSON without "data" and its "embedding"');
  const vectors: Float32Array[] = [];
  for (const [place, { index = place, embedding }] of answer.data.data.entries()) {
    const vector = typeof embedding === 'string' ? decode(embedding) : new Float32Array(embedding);
    if (vector.length === 0 || vector.length > MAX_DIMENSIONS || !vector.every(Number.isFinite)) {
      throw malformed(url, 'a vector that is none');
    }
    vectors[index] = scaleToUnit(vector);
  }
  const isComplete = vectors.length === count && Object.keys(vectors).length === count;
  if (!isComplete || answer.data.data.length !== count) {
    throw malformed(url, `${answer.data.data.length} vectors for ${count} texts`);
  }
  return vectors;
}

function decode(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 4 !== 0) return new Float32Array(0);
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

function malformed(url: string, what: string): Failure {
  return new Failure(
    `The embedder at ${url} answered with ${what}: see that BROADSHEET_EMBEDDER_URL leads to a service with OpenAI's /v1/embeddings.`,
  );
}

function wrongLength(options: HttpEmbedderOptions, got: number, wanted: number): AppError {
  const advice =
    options.dimensions > 0
      ? 'set BROADSHEET_EMBEDDER_DIMENSIONS to what the model gives, or to 0'
      : 'the model has changed: start again';
  return new AppError(
    'unavailable',
    `The embedder at ${options.url} answered with ${got} dimensions instead of ${wanted}: ${advice}.`,
  );
}

/** Seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
