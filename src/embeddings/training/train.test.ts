import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAppError } from '../../base/errors.ts';
import { decodeModel, encodeModel } from '../static/model-file.ts';
import { type BuiltCorpus, buildCorpus, type TrainingText } from './corpus.ts';
import { measureHeldOut } from './measure.ts';
import { DEFAULT_TRAINING, type TrainingOptions, trainVectors } from './train.ts';

const OPTIONS: TrainingOptions = {
  ...DEFAULT_TRAINING,
  batch: 64,
  dimensions: 16,
  rounds: 4,
  clusteredRounds: 2,
};
let folder: string;
let built: BuiltCorpus;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-train-'));
  built = await buildCorpus(madeUpPapers(400), { units: 2000, pairs: 50, heldOutOf: 8 });
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Titles and abstracts have no word in common, only a topic. */
function madeUpPapers(count: number): TrainingText[] {
  const word = (topic: number, which: number) =>
    `${['bra', 'kel', 'mun', 'tos', 'vir', 'zan'][which % 6]}${'abcdefghij'[topic % 10]}${'klmnopqrst'[Math.floor(topic / 10)]}${which < 6 ? 'um' : 'ox'}`;
  return Array.from({ length: count }, (_, paper) => {
    const topic = paper % 40;
    const places = [0, 1, 2].map((step) => (paper * 7 + step * 2) % 6);
    const title = `${places.map((which) => word(topic, which)).join(' ')} number${paper}`;
    const abstract = places.map((which) => `${word(topic, which + 6)} ${word(topic, 11 - which)}.`);
    return { title, abstract: abstract.join(' Then ') };
  });
}

test('titles come to find abstracts that share no word with them', async () => {
  const measure = async (rounds: number) => {
    const vectors = await trainVectors(built, { ...OPTIONS, rounds, learningRate: 0.05 });
    const bytes = encodeModel(built.vocabulary, vectors, OPTIONS.dimensions, {});
    return measureHeldOut(decodeModel(bytes, 'model'), built.heldOut).mrrAt10;
  };
  const before = await measure(0);
  const after = await measure(12);
  expect(before).toBeLessThan(0.4);
  expect(after).toBeGreaterThan(before + 0.3);
});

test('the model does not depend on the number of threads', async () => {
  const one = await trainVectors(built, OPTIONS);
  const three = await trainVectors(built, { ...OPTIONS, threads: 3 });
  expect(Buffer.from(three).equals(Buffer.from(one))).toBe(true);
});

test('a training that was stopped goes on to the same model', async () => {
  const checkpointFile = path.join(folder, 'checkpoint');
  const whole = await trainVectors(built, OPTIONS);
  const stopping = new AbortController();
  const reason = new Error('stopped');
  const stopped = trainVectors(built, OPTIONS, {
    checkpointFile,
    signal: stopping.signal,
    onProgress: ({ step }) => step >= 10 && stopping.abort(reason),
  });
  await expect(stopped).rejects.toBe(reason);
  let first = Number.POSITIVE_INFINITY;
  const resumed = await trainVectors(built, OPTIONS, {
    checkpointFile,
    onProgress: ({ step }) => {
      first = Math.min(first, step);
    },
  });
  expect(first).toBeGreaterThan(10);
  expect(Buffer.from(resumed).equals(Buffer.from(whole))).toBe(true);
});

test('a checkpoint of another training is not used', async () => {
  const checkpointFile = path.join(folder, 'other');
  const stopping = new AbortController();
  stopping.abort(new Error('stopped'));
  const hooks = { checkpointFile, signal: stopping.signal };
  await expect(trainVectors(built, { ...OPTIONS, seed: 2 }, hooks)).rejects.toThrow('stopped');
  const fresh = await trainVectors(built, OPTIONS, { checkpointFile });
  const expected = await trainVectors(built, OPTIONS);
  expect(Buffer.from(fresh).equals(Buffer.from(expected))).toBe(true);
});

test('too few papers are refused', async () => {
  const few = await buildCorpus(madeUpPapers(20), { units: 2000, pairs: 0, heldOutOf: 1000 });
  await expect(trainVectors(few, OPTIONS)).rejects.toSatisfy((error) =>
    isAppError(error, 'invalid'),
  );
});
