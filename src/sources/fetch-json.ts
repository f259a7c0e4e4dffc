// JSON of an outside service, asked for again when the service asks for patience.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/errors.ts';
import { type Answer, askOutside, SourceFailure } from './outside-request.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 300_000;

/**
 * The JSON at an address. `contact` is how the other side reaches whoever runs this. Throws
 * `unavailable` when five attempts brought nothing.
 */
export async function fetchJson(url: string, contact: string): Promise<unknown> {
  const options = {
    contact,
    accept: 'application/json',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  };
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOutside(url, options, (answer) => readJson(url, answer));
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      const isFinal = error.kind === 'malformed' || !error.isPassing;
      if (isFinal || attempt >= ATTEMPTS) {
        throw new AppError('unavailable', `${error.message} Try again later.`, error);
      }
      const waitMs = error.retryAfterMs ?? pauseMs * (0.5 + Math.random());
      await sleep(Math.min(waitMs, MAX_PAUSE_MS));
      pauseMs *= 2;
    }
  }
}

async function readJson(url: string, { body }: Answer): Promise<unknown> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    throw new SourceFailure('malformed', `${url} did not answer as hoped: it is not JSON.`, {
      cause: error,
    });
  }
}
