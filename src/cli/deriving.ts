// While a server serves, what follows from the papers is made in a process of its own: rendering in
// bulk would hold up its pages.
import { type ChildProcess, spawn } from 'node:child_process';
import type { App } from '../app.ts';
import { areRenderingsBehind } from '../papers/renderings.ts';

const LOOK_EVERY_MS = 5_000;

/** Looks for changed papers now and then, and starts `broadsheet derive` for them. Returns how to stop. */
export function startDeriving(app: App): () => void {
  let child: ChildProcess | undefined;
  let isLooking = false;
  const look = async () => {
    if (child || isLooking) return;
    isLooking = true;
    try {
      if (await areRenderingsBehind(app.database)) child = startChild();
    } catch (error) {
      app.log.warn({ err: error }, 'cannot see whether papers have changed');
    } finally {
      isLooking = false;
    }
  };
  const startChild = () => {
    const program = process.argv[1] as string;
    const started = spawn(process.execPath, [program, 'derive', '--json'], {
      env: {
        ...process.env,
        BROADSHEET_DATABASE_URL: app.config.databaseUrl,
        BROADSHEET_DATA: app.config.dataDir,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    started.on('error', (error) => app.log.warn({ err: error }, 'cannot start deriving'));
    started.on('close', (code) => {
      child = undefined;
      if (code) app.log.warn({ code }, 'deriving ended early');
    });
    return started;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  void look();
  return () => {
    clearInterval(timer);
    child?.kill();
  };
}
