// The one way to arXiv: in turn with every other process, named, bounded, and patient.
// https://info.arxiv.org/help/api/tou.html: one connection, three seconds between requests.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import { type Answer, askOutside, SourceFailure } from '../outside-request.ts';
import { leaveInPeace, withTurn } from '../request-turns.ts';

const SERVICE = 'arxiv';
/** A page of 2,500 records is 4 to 8 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 4;
/** Asked to wait longer than this, a run ends and comes back later. */
const MAX_PATIENCE_MS = 120_000;
/** Between the row that gives the turn and the request lies a commit; this covers it. */
const COMMIT_MS = 50;
const XML = /\bxml\b/i;

export type ArxivClient = {
  /**
   * Asks in turn and hands the answer to `read`. Tries passing failures again, as long as arXiv asks
   * for no more than two minutes. Throws `SourceFailure`.
   */
  ask<T>(url: string, read: (answer: Answer) => Promise<T>, options?: AskOptions): Promise<T>;
  /** Requests made so far. */
  requests(): number;
};

export type AskOptions = { headers?: Record<string, string>; signal?: AbortSignal | undefined };

export function createArxivClient(
  database: Database,
  config: Pick<Config, 'arxiv' | 'contact' | 'sourceTimeoutMs'>,
): ArxivClient {
  const { pauseMs } = config.arxiv;
  const timeoutMs = config.sourceTimeoutMs;
  let requests = 0;

  const askOnce = <T>(url: string, read: (answer: Answer) => Promise<T>, options: AskOptions) =>
    withTurn(
      database,
      SERVICE,
      {
        pauseMs: pauseMs + COMMIT_MS,
        maxHoldMs: timeoutMs + 10_000,
        signal: options.signal,
      },
      () => {
        requests++;
        return askOutside(
          url,
          {
            contact: config.contact,
            accept: 'application/rss+xml, application/atom+xml, application/xml, text/xml',
            type: XML,
            timeoutMs,
            maxBytes: MAX_BYTES,
            ...options,
          },
          read,
        );
      },
    );

  return {
    requests: () => requests,
    async ask(url, read, options = {}) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await askOnce(url, read, options);
        } catch (error) {
          if (!(error instanceof SourceFailure)) throw error;
          const { retryAfterMs } = error;
          if (retryAfterMs !== undefined) await leaveInPeace(database, SERVICE, retryAfterMs);
          const isHopeless = !error.isPassing || (retryAfterMs ?? 0) > MAX_PATIENCE_MS;
          if (isHopeless || attempt >= ATTEMPTS) throw error;
          const backOffMs = pauseMs * 2 ** attempt * (0.5 + Math.random() / 2);
          await sleep(backOffMs, undefined, { signal: options.signal });
        }
      }
    },
  };
}
