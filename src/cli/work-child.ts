// A serving process has one `work` process beside it, so that jobs never hold up its pages.
import { type ChildProcess, spawn } from 'node:child_process';
import type { App } from '../app.ts';

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;
/** A child that lived so long was well; the pause begins anew. */
const WELL_AFTER_MS = 60_000;
const KILL_AFTER_MS = 20_000;

/** Starts `broadsheet work`, and again when it ends by itself. Returns how to stop it. */
export function startWorkChild(app: App): () => Promise<void> {
  let child: ChildProcess | undefined;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  const begin = () => {
    const startedAt = Date.now();
    const started = spawn(process.execPath, [process.argv[1] as string, 'work'], {
      env: {
        ...process.env,
        BROADSHEET_DATABASE_URL: app.config.databaseUrl,
        BROADSHEET_DATA: app.config.dataDir,
      },
      // Over the channel it notices when this process is gone.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    started.on('error', (error) => app.log.warn({ err: error }, 'cannot start the work process'));
    started.on('close', (code, signal) => {
      child = undefined;
      if (isStopping) return;
      if (Date.now() - startedAt > WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      app.log.warn({ code, signal }, 'the work process ended; starting it again');
      timer = setTimeout(begin, pauseMs);
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    });
  };
  begin();
  return async () => {
    isStopping = true;
    clearTimeout(timer);
    const last = child;
    if (!last) return;
    const closed = new Promise((resolve) => last.once('close', resolve));
    last.kill();
    const killing = setTimeout(() => last.kill('SIGKILL'), KILL_AFTER_MS);
    await closed;
    clearTimeout(killing);
  };
}
