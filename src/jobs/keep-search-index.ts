// In a `work` process: the search index follows the papers, within seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import type { Embedder } from '../embeddings/embedder.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import { type IndexKeeper, NO_INDEX, openKeeper } from '../search/index/keep-index.ts';

const FOLLOW_EVERY_MS = 1_000;
const VOTES_EVERY_MS = 60_000;
/** Only what is compacted is found by phrases, so it is done at once, and takes a tenth of the time at most. */
const COMPACT_PAUSE = 9;
const MAX_COMPACT_PAUSE_MS = 10 * 60_000;
/** After trouble, and while another process keeps the index. */
const PAUSE_MS = 10_000;
/** An embedder that cannot be opened is tried again after so long. */
const EMBEDDER_EVERY_MS = 60_000;

export type IndexWork = {
  /** Resolves when the index has what the database had when it was asked, or is another's to keep. */
  caughtUp(): Promise<void>;
  stopped: Promise<void>;
};

export function keepSearchIndex(app: App, signal: AbortSignal): IndexWork {
  const { database, log, config } = app;
  let position = 0;
  let state: 'starting' | 'following' | 'others' | 'troubled' = 'starting';
  let embedder: Embedder | undefined;
  let votesAt = Date.now();
  let compactAt = votesAt;
  /** What was logged since all was well, so that what lasts is said once. */
  const said = new Set<string>();

  const say = (level: 'info' | 'warn', details: { problem: string }, text: string) => {
    if (!said.has(details.problem)) log[level](details, text);
    said.add(details.problem);
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});

  async function openModel(): Promise<Embedder | undefined> {
    try {
      return await openEmbedder(config, signal);
    } catch (error) {
      const details = { problem: messageOf(error) };
      say('warn', details, 'the embedder does not answer; new papers are found by words only');
      return undefined;
    }
  }

  async function closeModel(): Promise<void> {
    const closing = embedder;
    embedder = undefined;
    await closing?.close();
  }

  async function keep(): Promise<void> {
    embedder ??= await openModel();
    const keeper = await openKeeper({ database, uri: config.search.uri }, embedder, {
      signal,
      onTrouble: (problem) =>
        say('warn', { problem }, 'papers are indexed without their meaning for now'),
    });
    if (!keeper) {
      state = 'others';
      return pause(PAUSE_MS);
    }
    try {
      await ensure(keeper);
      await followUntil(keeper, embedder ? Number.POSITIVE_INFINITY : EMBEDDER_EVERY_MS);
    } finally {
      await keeper.close();
    }
  }

  async function ensure(keeper: IndexKeeper): Promise<void> {
    const { reason } = keeper;
    if (reason !== undefined) {
      const level = reason === NO_INDEX ? 'info' : 'warn';
      say(level, { problem: reason }, 'the search index is made anew in the background');
    }
    if (await keeper.ensure()) log.info({ entry: keeper.entry() }, 'the search index is ready');
  }

  async function followUntil(keeper: IndexKeeper, forMs: number): Promise<void> {
    const startedAt = Date.now();
    while (!signal.aborted && Date.now() - startedAt < forMs) {
      await keeper.follow();
      if (Date.now() - votesAt >= VOTES_EVERY_MS) {
        await keeper.followVotes();
        while ((await keeper.fillVectors()) > 0 && !signal.aborted);
        votesAt = Date.now();
      }
      const beganAt = Date.now();
      if (beganAt >= compactAt) {
        await keeper.compact();
        const pauseMs = (Date.now() - beganAt) * COMPACT_PAUSE;
        compactAt = Date.now() + Math.min(pauseMs, MAX_COMPACT_PAUSE_MS);
      }
      position = keeper.entry()?.position ?? 0;
      state = 'following';
      if (embedder) said.clear();
      await pause(FOLLOW_EVERY_MS);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await keep();
      } catch (error) {
        if (signal.aborted) break;
        state = 'troubled';
        say('warn', { problem: messageOf(error) }, 'the search index cannot be kept; trying on');
        await closeModel().catch(() => {});
        await pause(PAUSE_MS);
      }
    }
    await closeModel().catch(() => {});
  }

  const stopped = run();
  return {
    stopped,
    async caughtUp() {
      const target = await database.currentChange();
      while (!signal.aborted && state !== 'others' && state !== 'troubled' && position < target) {
        await pause(50);
      }
    },
  };
}
