// One polite request: named, bounded in time and size, repeated when the other side asks for patience.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, messageOf } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 300_000;
const RETRIED = [408, 429, 500, 502, 503, 504];

/**
 * The JSON at an address. `contact` is how the other side reaches whoever runs this. Throws
 * `unavailable` when five attempts brought nothing.
 */
export async function fetchJson(url: string, contact: string): Promise<unknown> {
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt++) {
    const result = await attemptFetch(url, contact);
    if ('value' in result) return result.value;
    if (attempt >= ATTEMPTS || !result.isRetried) {
      throw new AppError(
        'unavailable',
        `${url} did not answer as hoped: ${result.problem}. Try again later.`,
      );
    }
    await sleep(Math.min(result.waitMs ?? pauseMs * (0.5 + Math.random()), MAX_PAUSE_MS));
    pauseMs *= 2;
  }
}

type Result = { value: unknown } | { problem: string; isRetried: boolean; waitMs?: number };

async function attemptFetch(url: string, contact: string): Promise<Result> {
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        'user-agent': `Broadsheet/${VERSION}${contact ? ` (${contact})` : ''}`,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      const waitMs = retryAfterMs(response.headers.get('retry-after'));
      return {
        problem: `status ${response.status}`,
        isRetried: RETRIED.includes(response.status),
        ...(waitMs === undefined ? {} : { waitMs }),
      };
    }
    return { value: JSON.parse(await readText(response)) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isSyntax = error instanceof SyntaxError;
    const problem = isSyntax ? 'it is not JSON' : describe(error);
    return { problem, isRetried: !isSyntax };
  }
}

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MAX_BYTES)
      throw new AppError('unavailable', `${response.url} answers with more than 64 MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function describe(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  return cause ? messageOf(cause) : messageOf(error);
}
