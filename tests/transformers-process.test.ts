// The program as it is built runs its model in a process of its own; from source it does not.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { hasTransformers } from '../src/embeddings/transformers-embedder.ts';
import { temporaryFolder } from './test-database.ts';
import { writeTinyModel } from './tiny-onnx-model.ts';

const BUILT = path.join(import.meta.dirname, '../dist/embeddings/transformers-embedder.js');

type Built = typeof import('../src/embeddings/transformers-embedder.ts');

async function open(model: string) {
  const { createTransformersEmbedder } = (await import(pathToFileURL(BUILT).href)) as Built;
  return createTransformersEmbedder({
    model,
    modelsDir: temporaryFolder(),
    isOffline: true,
    queryPrefix: '',
    documentPrefix: '',
  });
}

test.skipIf(!hasTransformers())(
  'the model answers from its process until that is closed, and nothing after',
  async () => {
    const folder = temporaryFolder();
    writeTinyModel(folder);
    const embedder = await open(folder);
    const texts = ['apple', '', 'apple be cat', 'apple'];
    const asked = await Promise.all([
      embedder.embed(texts, 'document'),
      embedder.embed(texts, 'query'),
    ]);
    for (const [first, second, , last] of asked) {
      expect(Math.hypot(...(first as Float32Array))).toBeCloseTo(1, 6);
      expect(second).toEqual(new Float32Array(3));
      expect(last).toEqual(first);
    }
    const unfinished = embedder
      .embed(Array(1_000).fill('apple'), 'document')
      .catch((error) => error);
    await embedder.close();
    expect(await unfinished).toMatchObject({ code: 'unavailable' });
    await expect(embedder.embed(['apple'], 'query')).rejects.toMatchObject({ code: 'unavailable' });
  },
);

test.skipIf(!hasTransformers())('a model that does not load is told across processes', async () => {
  const folder = temporaryFolder();
  writeTinyModel(folder);
  fs.writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), 'no model');
  await expect(open(folder)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(`The model in ${folder} cannot be loaded`),
  });
});
