import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../base/errors.ts';
import { shuffled } from '../static/random.ts';
import { Spelling } from '../static/spelling.ts';
import type { Vocabulary } from '../static/vocabulary.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { clusteredOrder } from './clustered-order.ts';
import type { BuiltCorpus, Corpus } from './corpus.ts';
import {
  createMemory,
  Learner,
  type LearnerMemory,
  type LearningOptions,
  type Step,
} from './learner.ts';

export type TrainingOptions = LearningOptions & {
  rounds: number;
  /** How many of the rounds, the last ones, learn from batches of papers that are alike. */
  clusteredRounds: number;
  /** Adam's at the beginning; it falls to 0 in a straight line. */
  learningRate: number;
};

export const DEFAULT_TRAINING: TrainingOptions = {
  seed: 1,
  threads: 1,
  batch: 2048,
  dimensions: 512,
  temperature: 0.05,
  sentenceShare: 0.6,
  secondSentenceShare: 0.5,
  dropout: 0.1,
  rounds: 20,
  clusteredRounds: 10,
  learningRate: 0.003,
};

export type TrainingProgress = {
  step: number;
  steps: number;
  round: number;
  /** InfoNCE of the queries, the mean over the last steps, in nats. */
  loss: number;
};

const MIN_PAPERS = 64;
const STEPS_AT_ONCE = 8;
const CHECKPOINT_EVERY_MS = 120_000;
/** Against Adam's steps, which are about as long as the learning rate in every number. */
const INITIAL_LENGTH = 3;

/**
 * Learns a vector (units × dimensions) for each unit. With `checkpointFile`, what has been learned is
 * kept there every two minutes and when `signal` aborts, and a run with the same corpus and options goes
 * on from it; the result is the same as without a break, and with any number of threads. Throws `invalid`
 * for fewer than 64 papers, and what `signal` was aborted with.
 */
export async function trainVectors(
  { corpus, vocabulary, paperCounts }: Pick<BuiltCorpus, 'corpus' | 'vocabulary' | 'paperCounts'>,
  given: TrainingOptions,
  hooks: {
    checkpointFile?: string | undefined;
    onProgress?(progress: TrainingProgress): void;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<Float32Array> {
  const papers = corpus.paperStarts.length - 1;
  if (papers < MIN_PAPERS) {
    throw new AppError(
      'invalid',
      `There are ${papers} papers to learn from, and at least ${MIN_PAPERS} are needed: name more files.`,
    );
  }
  const options = { ...given, batch: Math.min(given.batch, papers - (papers % MIN_PAPERS)) };
  const memory = createMemory(corpus, vocabulary.size, options);
  const stepsARound = Math.floor(papers / options.batch);
  const steps = stepsARound * options.rounds;
  const key = fingerprintOf(corpus, vocabulary, options);
  let step = 0;
  if (hooks.checkpointFile !== undefined) {
    step = readCheckpoint(hooks.checkpointFile, key, memory) ?? 0;
  }
  if (step === 0) initialise(memory.vectors, vocabulary, paperCounts, papers, options);
  const team = startTeam(memory, options);
  try {
    let keptAt = Date.now();
    while (step < steps) {
      if (hooks.signal?.aborted) {
        if (hooks.checkpointFile !== undefined) {
          writeCheckpoint(hooks.checkpointFile, key, memory, step);
        }
        throw hooks.signal.reason;
      }
      const round = Math.floor(step / stepsARound);
      if (step % stepsARound === 0) orderRound(memory, options, round);
      const end = Math.min(step + STEPS_AT_ONCE, (round + 1) * stepsARound);
      const todo: Step[] = [];
      for (; step < end; step++) {
        todo.push({
          round,
          start: (step % stepsARound) * options.batch,
          stepsBefore: step,
          learningRate: options.learningRate * (1 - step / steps),
        });
      }
      await team.run(todo);
      const loss = memory.losses.reduce((sum, part) => sum + part, 0);
      hooks.onProgress?.({ step, steps, round, loss });
      if (hooks.checkpointFile !== undefined && Date.now() - keptAt > CHECKPOINT_EVERY_MS) {
        writeCheckpoint(hooks.checkpointFile, key, memory, step);
        keptAt = Date.now();
      }
    }
  } finally {
    await team.stop();
  }
  return memory.vectors;
}

/**
 * A stem begins as its spelling, so that known and unknown words share one space; rare stems say more
 * and begin longer, by the logarithm of their rarity. A pair begins at nothing beyond its two stems.
 */
function initialise(
  vectors: Float32Array,
  vocabulary: Vocabulary,
  paperCounts: Uint32Array,
  papers: number,
  { dimensions }: TrainingOptions,
): void {
  const spelling = new Spelling(dimensions);
  const longest = Math.log(papers);
  for (const [unit, stem] of vocabulary.stems.entries()) {
    const rarity = Math.log(papers / (1 + (paperCounts[unit] as number))) / longest;
    const length = INITIAL_LENGTH * Math.max(0.05, rarity);
    spelling.addTo(vectors, unit * dimensions, stem, length);
  }
}

function orderRound(memory: LearnerMemory, options: TrainingOptions, round: number): void {
  const isClustered = round >= options.rounds - options.clusteredRounds;
  memory.order.set(
    isClustered
      ? clusteredOrder(memory.corpus, memory.vectors, options, round)
      : shuffled(memory.order.length, options.seed, round),
  );
}

type Team = { run(steps: Step[]): Promise<void>; stop(): Promise<void> };

const PROGRAM = new URL('./learner.worker.js', import.meta.url);

/** One thread learns in place, as all do where the worker's program is not there: from source, in tests. */
function startTeam(memory: LearnerMemory, options: LearningOptions): Team {
  if (options.threads === 1 || !fs.existsSync(PROGRAM)) {
    const learners = Array.from(
      { length: options.threads },
      (_, thread) => new Learner(memory, options, thread),
    );
    return {
      async run(steps) {
        for (const step of steps) runInTurn(learners, step);
        await new Promise(setImmediate);
      },
      async stop() {},
    };
  }
  const workers = Array.from(
    { length: options.threads },
    (_, thread) => new Worker(PROGRAM, { workerData: { memory, options, thread } }),
  );
  return {
    async run(steps) {
      // A worker that fails rejects this, by its event 'error'.
      const done = workers.map((worker) => once(worker, 'message'));
      for (const worker of workers) worker.postMessage(steps);
      await Promise.all(done);
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function runInTurn(learners: Learner[], step: Step): void {
  const shares = learners.map((learner) => learner.partsOf(step));
  const parts = shares[0]?.length ?? 0;
  for (let part = 0; part < parts; part++) for (const share of shares) share[part]?.();
}

function fingerprintOf(corpus: Corpus, vocabulary: Vocabulary, options: TrainingOptions): string {
  const { threads: _, ...rest } = options;
  const hash = createHash('sha256').update(JSON.stringify(rest));
  hash.update(vocabulary.stems.join(' ')).update(JSON.stringify(vocabulary.pairs));
  for (const part of [corpus.units, corpus.sentenceStarts, corpus.paperStarts]) {
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
