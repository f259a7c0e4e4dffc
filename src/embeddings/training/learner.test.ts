import { expect, test } from 'vitest';
import { buildCorpus } from './corpus.ts';
import { createMemory, Learner, type LearningOptions } from './learner.ts';

const OPTIONS: LearningOptions = {
  seed: 1,
  threads: 1,
  batch: 64,
  dimensions: 8,
  temperature: 0.2,
  sentenceShare: 0.6,
  secondSentenceShare: 0.5,
  dropout: 0,
};
const STEP = { round: 0, start: 0, stepsBefore: 0, learningRate: 0 };

test('gradients are what small changes of the vectors do to the loss', async () => {
  const words = Array.from(
    { length: 40 },
    (_, at) => `w${String.fromCharCode(97 + (at % 26))}${at}`,
  );
  const text = (paper: number, length: number) =>
    Array.from({ length }, (_, at) => words[(paper * 5 + at * at * 3) % 40]).join(' ');
  const texts = Array.from({ length: 64 }, (_, paper) => ({
    title: `${text(paper, 3)} t${paper}`,
    abstract: `${text(paper + 1, 6)}. ${text(paper + 2, 5).toUpperCase()}. ${text(paper + 3, 4).toUpperCase()}.`,
  }));
  const { corpus, vocabulary } = await buildCorpus(texts, {
    units: 1000,
    pairs: 0,
    heldOutOf: 1_000_000,
  });
  const papers = corpus.paperStarts.length - 1;
  expect(papers).toBe(64);
  const memory = createMemory(corpus, vocabulary.size, OPTIONS);
  memory.order.set(Array.from({ length: papers }, (_, at) => at));
  for (const [at] of memory.vectors.entries()) memory.vectors[at] = Math.sin(at * 7.3);
  const learner = new Learner(memory, OPTIONS, 0);
  const lossOf = () => {
    for (const part of learner.partsOf(STEP).slice(0, 3)) part();
    const { similarities, rowSums, columnSums } = memory;
    let loss = 0;
    for (let at = 0; at < OPTIONS.batch; at++) {
      const own = similarities[at * OPTIONS.batch + at] as number;
      loss -= Math.log(own / (rowSums[at] as number)) + Math.log(own / (columnSums[at] as number));
    }
    return loss / (2 * OPTIONS.batch);
  };
  learner.run(STEP);
  // After the first step Adam's first moments are a tenth of the gradients.
  const gradients = memory.firstMoments.map((moment) => moment * 10);
  const STRIDE = 17;
  let compared = 0;
  for (let at = 0; at < memory.vectors.length; at += STRIDE) {
    const value = memory.vectors[at] as number;
    const change = 0.01;
    memory.vectors[at] = value + change;
    const above = lossOf();
    memory.vectors[at] = value - change;
    const below = lossOf();
    memory.vectors[at] = value;
    expect(gradients[at]).toBeCloseTo((above - below) / (2 * change), 2);
    if (Math.abs(gradients[at] as number) > 0.002) compared++;
  }
  expect(compared).toBeGreaterThan(5);
});
