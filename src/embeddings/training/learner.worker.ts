import { parentPort, workerData } from 'node:worker_threads';
import { Learner, type LearnerMemory, type LearningOptions, type Step } from './learner.ts';

const { memory, options, thread } = workerData as {
  memory: LearnerMemory;
  options: LearningOptions;
  thread: number;
};
const learner = new Learner(memory, options, thread);
parentPort?.on('message', (steps: Step[]) => {
  for (const step of steps) learner.run(step);
  parentPort?.postMessage('done');
});
