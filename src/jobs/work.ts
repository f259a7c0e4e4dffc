// What a `work` process does: the jobs of the queue, the schedule, and what follows from changed
// papers.
import { setTimeout as sleep } from 'node:timers/promises';
import { ALERT_SCHEDULE } from '../alerts/alert-jobs.ts';
import type { App } from '../app.ts';
import { CHANNEL_SCHEDULE } from '../channels/channel-jobs.ts';
import type { Database } from '../database/database.ts';
import { DIGEST_SCHEDULE } from '../digests/digest-jobs.ts';
import { areRenderingsBehind, deriveRenderings } from '../papers/renderings.ts';
import { TIDY_SCHEDULE } from '../people/tidy.ts';
import { enqueue } from '../queue/job.ts';
import { createSchedule } from '../queue/schedule.ts';
import { startWorker } from '../queue/worker.ts';
import { HARVEST, POLL_FEEDS, sourceSchedule } from '../sources/source-jobs.ts';
import { SUBMISSION_SCHEDULE } from '../submissions/submission-jobs.ts';
import { arePeaksBehind, notePeaks } from '../votes/note-peaks.ts';
import { VOTE_SCHEDULE } from '../votes/weigh-votes.ts';
import { alertHandlers } from './alert-handlers.ts';
import { channelHandlers } from './channel-handlers.ts';
import { communityHandlers } from './community-handlers.ts';
import { digestHandlers, startDigests } from './digest-handlers.ts';
import { keepSearchIndex } from './keep-search-index.ts';
import { returnsHandlers, returnsSchedule } from './returns-handlers.ts';
import { sourceHandlers } from './source-handlers.ts';
import { submissionHandlers } from './submission-handlers.ts';

const LOOK_EVERY_MS = 5_000;

export type Work = {
  /** Resolves when no job runs or is due here, and nothing that follows from papers is behind. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export async function startWork(app: App): Promise<Work> {
  const { config, database, log } = app;
  if (!config.isOffline) await enqueueFirst(database, config.categories);
  const worker = startWorker({
    database,
    log,
    slots: config.workSlots,
    handlers: {
      ...(config.isOffline ? {} : sourceHandlers(app)),
      ...submissionHandlers(app),
      ...communityHandlers(app),
      ...digestHandlers(app),
      ...channelHandlers(app),
      ...returnsHandlers(app),
      ...alertHandlers(app),
    },
    schedule: createSchedule([
      ...(config.isOffline ? [] : sourceSchedule(config.arxiv)),
      ...SUBMISSION_SCHEDULE,
      ...VOTE_SCHEDULE,
      ...TIDY_SCHEDULE,
      ...DIGEST_SCHEDULE,
      ...CHANNEL_SCHEDULE,
      ...returnsSchedule(app),
      ...ALERT_SCHEDULE,
    ]),
  });
  const stopping = new AbortController();
  const deriving = deriveUntil(app, stopping.signal);
  const indexing = keepSearchIndex(app, stopping.signal);
  const sending = startDigests(app);
  return {
    async idle() {
      await worker.idle();
      await sending.idle();
      await deriveRenderings(database);
      await notePeaks(database, config.timeZone);
      await indexing.caughtUp();
    },
    async stop() {
      stopping.abort();
      await Promise.all([worker.stop(), deriving, indexing.stopped, sending.stop()]);
    },
  };
}

/**
 * Nobody waits for the night: a new instance reads the latest announcement at once, and so it does in
 * categories that an administrator has added since.
 */
async function enqueueFirst(database: Database, categories: string[]): Promise<void> {
  const harvest = await database.read.selectFrom('harvests').select('id').executeTakeFirst();
  const polls = await database.read
    .selectFrom('feed_polls')
    .select('category')
    .distinct()
    .execute();
  const isNew = !harvest && polls.length === 0;
  const hasUnread = categories.some((one) => !polls.some(({ category }) => category === one));
  if (!isNew && (polls.length === 0 || !hasUnread)) return;
  await database.transact(async (tx) => {
    await enqueue(tx, database.engine, POLL_FEEDS);
    if (isNew) await enqueue(tx, database.engine, HARVEST);
  });
}

async function deriveUntil({ config, database, log }: App, signal: AbortSignal): Promise<void> {
  let hasTrouble = false;
  while (!signal.aborted) {
    try {
      if (await areRenderingsBehind(database)) await deriveRenderings(database);
      if (await arePeaksBehind(database)) await notePeaks(database, config.timeZone);
      hasTrouble = false;
    } catch (error) {
      if (!hasTrouble) log.warn({ err: error }, 'cannot derive from changed papers; trying on');
      hasTrouble = true;
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
