// A model in a process of its own: a long text would hold up everything else for a second, and a
// thread that ends in the middle of one takes the program with it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../base/errors.ts';
import type { ModelFolder } from './model-folder.ts';
import { openRunner, type Runner } from './transformers-runner.ts';

export type RunnerRequest = { id: number; model: ModelFolder; texts: string[] };
export type RunnerAnswer =
  | { id: number; vectors: Float32Array[] }
  | { id: number; failure: string };

const PROGRAM = fileURLToPath(new URL('./transformers.worker.js', import.meta.url));

/** In this process when the other's program is not there, as when this runs from its source. */
export async function startRunner(model: ModelFolder): Promise<Runner> {
  return fs.existsSync(PROGRAM) ? startProcess(model) : openRunner(model);
}

type Waiting = { resolve(vectors: Float32Array[]): void; reject(error: unknown): void };

/** A process that was killed, such as for its memory, is started again by the next request. */
function startProcess(model: ModelFolder): Runner {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let lastId = 0;
  let isClosed = false;

  function start(): ChildProcess {
    const started = fork(PROGRAM, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    const lose = (how: unknown) => {
      if (child === started) loseChild(String(how));
    };
    started.on('error', lose);
    started.on('exit', (code, signal) => lose(signal ?? `exit code ${code}`));
    started.on('message', (answer: RunnerAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) hold(started, false);
      if ('vectors' in answer) asked?.resolve(answer.vectors);
      else asked?.reject(new AppError('unavailable', answer.failure));
    });
    return started;
  }

  function loseChild(how: string): void {
    child = undefined;
    for (const { reject } of waiting.values()) {
      reject(
        new AppError(
          'unavailable',
          `The embedder's process has ended (${how}): see that there is enough memory for its model.`,
        ),
      );
    }
    waiting.clear();
  }

  return {
    run(texts) {
      if (isClosed) return Promise.reject(new AppError('unavailable', 'The embedder is closed.'));
      return new Promise((resolve, reject) => {
        child ??= start();
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        hold(child, true);
        const asked = child;
        child.send({ id, model, texts } satisfies RunnerRequest, (error) => {
          if (error && child === asked) loseChild(error.message);
        });
      });
    },
    async close() {
      isClosed = true;
      const closing = child;
      if (!closing?.connected) return;
      loseChild('closed');
      closing.ref();
      const exit = once(closing, 'exit');
      closing.disconnect();
      await exit;
    },
  };
}

/** A child that nobody waits for keeps this process from nothing. */
function hold(child: ChildProcess, isHeld: boolean): void {
  if (isHeld) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
