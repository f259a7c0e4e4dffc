// Runs as a process of its own: a model that answers each message with the vectors of its texts,
// until whoever started it lets go.
import { messageOf } from '../base/errors.ts';
import type { RunnerAnswer, RunnerRequest } from './runner-process.ts';
import { openRunner, type Runner } from './transformers-runner.ts';

let runner: Promise<Runner> | undefined;

process.on('message', async (request: RunnerRequest) => {
  const answer = await answerTo(request);
  if (process.connected) process.send?.(answer);
});

async function answerTo({ id, model, texts }: RunnerRequest): Promise<RunnerAnswer> {
  try {
    runner ??= openRunner(model);
    return { id, vectors: await (await runner).run(texts) };
  } catch (error) {
    return { id, failure: messageOf(error) };
  }
}

process.on('disconnect', () => process.exit());
// A terminal sends these to all of its processes: the one that started this decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
