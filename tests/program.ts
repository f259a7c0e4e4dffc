// The built program as a process of its own, as people run it.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './test-database.ts';

const PROGRAM = path.join(import.meta.dirname, '..', 'bin', 'broadsheet.js');

export type Finished = { code: number | null; stdout: string; stderr: string };
export type Running = {
  child: ChildProcess;
  /** Resolves with the match when standard output shows it. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  finished: Promise<Finished>;
};

/** Starts `broadsheet` in an empty folder, with no settings but these. */
export function start(args: string[], settings: Record<string, string> = {}): Running {
  const running = startIn(temporaryFolder(), args, settings);
  onTestFinished(() => {
    running.child.kill('SIGKILL');
  });
  return running;
}

/** The same outside a test, in that folder; it does not end by itself. */
export function startIn(folder: string, args: string[], settings: Record<string, string>): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      BROADSHEET_DATA: folder,
      BROADSHEET_OFFLINE: '1',
      ...settings,
    } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    for (const look of watchers) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    finished,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (!match) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
        finished.then(() => reject(new Error(`It ended without ${pattern}: ${stdout}${stderr}`)));
      }),
  };
}

/**
 * Kills a process at a moment that cannot be foreseen: every other time early, maybe before it did
 * anything, else some time after `hasProgressed` (or after ten seconds without).
 */
export async function killSometime(
  running: Running,
  turn: number,
  hasProgressed: () => Promise<boolean>,
): Promise<void> {
  if (turn % 2 === 0) {
    for (let look = 0; look < 200 && !(await hasProgressed()); look++) await sleep(50);
  } else {
    await sleep(300);
  }
  await sleep(Math.random() * 500);
  running.child.kill('SIGKILL');
  await running.finished;
}

/** Runs to the end, with `input` on standard input. */
export async function run(
  args: string[],
  settings: Record<string, string> = {},
  input: string | Buffer = '',
): Promise<Finished> {
  const running = start(args, settings);
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(input);
  return running.finished;
}

/** Starts a server on a free port and resolves to its address. */
export async function serve(
  settings: Record<string, string>,
): Promise<{ url: string; running: Running }> {
  const running = start(['serve'], {
    BROADSHEET_PORT: '0',
    BROADSHEET_LOG_LEVEL: 'error',
    ...settings,
  });
  const match = await running.shows(/is at (http:\S+)/);
  return { url: match[1] as string, running };
}
