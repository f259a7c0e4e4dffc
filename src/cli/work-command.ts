import { type Command, InvalidArgumentError } from 'commander';
import { openApp } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import { truncateText } from '../base/text.ts';
import type { Config } from '../config.ts';
import { startWork } from '../jobs/work.ts';
import { countJobs, type ListedJob, listJobs, retryJob } from '../queue/job-list.ts';
import { followSettings } from '../settings/follow-settings.ts';
import { loadConfig, print, withApp, withExamples } from './command.ts';
import { stopSignal } from './stop-signal.ts';

const LISTED = 50;
const MAX_PROBLEM = 100;

type WorkOptions = { list?: boolean; retry?: number; untilIdle?: boolean; json?: boolean };

export function addWorkCommand(program: Command): void {
  withExamples(
    program
      .command('work')
      .description(
        'do the jobs of the queue until told to stop; "serve" runs one of these, more may run elsewhere',
      )
      .option('--list', 'show the queue: dead letters, running and waiting jobs')
      .option('--retry <id>', 'give a dead or waiting job all its attempts again, at once', jobId)
      .option('--until-idle', 'end when nothing is left that could be done now')
      .option('--json', 'with --list: print as JSON')
      .action((options: WorkOptions) => {
        if (options.list) return withApp(({ database }) => list(database.read, options.json));
        const { retry } = options;
        if (retry !== undefined) {
          return withApp(async ({ database }) => {
            await retryJob(database, retry);
            process.stdout.write(`Job ${retry} runs as soon as a worker is free.\n`);
          });
        }
        return work(options.untilIdle ?? false);
      }),
    ['work', 'work --list', 'work --retry 12', 'work --until-idle'],
  );
}

function jobId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new InvalidArgumentError('Write the number that "broadsheet work --list" shows.');
}

async function list(
  db: Parameters<typeof listJobs>[0],
  isJson: boolean | undefined,
): Promise<void> {
  const counts = await countJobs(db);
  const jobs = await listJobs(db, LISTED);
  const lines = [
    `${counts.dead} dead, ${counts.running} running, ${counts.waiting} waiting.`,
    ...jobs.map(renderJob),
  ];
  const all = counts.dead + counts.running + counts.waiting;
  if (all > jobs.length) lines.push(`… and ${all - jobs.length} more`);
  print({ counts, jobs }, lines, isJson);
}

function renderJob(job: ListedJob): string {
  const payload = job.payload === '{}' ? '' : ` ${truncateText(job.payload, 60)}`;
  const tries = job.attempts > 0 ? `, attempt ${job.attempts} of ${job.maxAttempts}` : '';
  const when = job.state === 'waiting' ? `, from ${job.runAt}` : '';
  const problem = job.problem ? `: ${truncateText(job.problem, MAX_PROBLEM)}` : '';
  return `${String(job.id).padStart(6)}  ${job.state.padEnd(7)}  ${job.kind}${payload}${tries}${when}${problem}`;
}

async function work(isUntilIdle: boolean): Promise<void> {
  const config = loadConfig();
  const signal = stopSignal();
  try {
    let isFirst = true;
    while (await workOnce(config, { isUntilIdle, isFirst, signal })) isFirst = false;
  } finally {
    // The channel to a serving process would keep this one alive.
    if (process.connected) process.disconnect();
  }
}

/** Whether other settings were saved, so that it is to go on by those. */
async function workOnce(
  config: Config,
  options: { isUntilIdle: boolean; isFirst: boolean; signal: Promise<string> },
): Promise<boolean> {
  const { isUntilIdle, isFirst, signal } = options;
  const app = await openApp(config);
  try {
    let change = () => {};
    const changed = new Promise<true>((resolve) => {
      change = () => resolve(true);
    });
    const working = await startWork(app);
    const following = followSettings(
      () => app,
      async () => change(),
    );
    if (!process.send && isFirst) {
      process.stdout.write(isUntilIdle ? 'Working …\n' : 'Working; Ctrl-C stops it.\n');
    }
    const ends = [signal, ...(isUntilIdle ? [working.idle()] : [])].map((end) =>
      Promise.resolve(end).then(() => false),
    );
    const isChanged = await Promise.race([...ends, changed]);
    if (isChanged) app.log.info('goes on by other settings');
    await Promise.all([following.stop(), working.stop()]);
    return isChanged;
  } finally {
    await app.close().catch((error) => app.log.warn({ err: messageOf(error) }, 'closing'));
  }
}
