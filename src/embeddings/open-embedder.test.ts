import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../tests/test-database.ts';
import { writeTinyModel } from '../../tests/tiny-onnx-model.ts';
import { parseConfig } from '../config.ts';
import { openEmbedder } from './open-embedder.ts';
import { hasTransformers } from './transformers-embedder.ts';

const HTTP = {
  BROADSHEET_EMBEDDER: 'http',
  BROADSHEET_EMBEDDER_URL: 'http://127.0.0.1:1/v1',
  BROADSHEET_EMBEDDER_MODEL: 'tiny',
};

async function open(settings: Record<string, string>, dataDir = temporaryFolder()) {
  const embedder = await openEmbedder(parseConfig({ BROADSHEET_DATA: dataDir, ...settings }));
  onTestFinished(() => embedder.close());
  return embedder;
}

test('a service that is down keeps an embedder of known dimensions from answering, not from opening', async () => {
  const embedder = await open({ ...HTTP, BROADSHEET_EMBEDDER_DIMENSIONS: '3' });
  expect(embedder).toMatchObject({ name: 'http', dimensions: 3 });
  await expect(embedder.embed(['apple'], 'query')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(open(HTTP)).rejects.toMatchObject({ code: 'unavailable' });
});

test('the settings of a service reach it', async () => {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    asked.push([request.headers.authorization, JSON.parse(Buffer.concat(parts).toString())]);
    response.end(JSON.stringify({ data: [{ embedding: [3, 4] }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const embedder = await open({
    ...HTTP,
    BROADSHEET_EMBEDDER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
    BROADSHEET_EMBEDDER_KEY: 'sk-1',
    BROADSHEET_EMBEDDER_QUERY_PREFIX: 'query:',
    BROADSHEET_EMBEDDER_DIMENSIONS: '2',
  });
  expect(await embedder.embed(['apple'], 'query')).toEqual([new Float32Array([0.6, 0.8])]);
  expect(asked).toEqual([
    ['Bearer sk-1', { model: 'tiny', input: ['query: apple'], dimensions: 2 }],
  ]);
});

test.skipIf(!hasTransformers())("a model's folder may lie in the data folder", async () => {
  const dataDir = temporaryFolder();
  writeTinyModel(path.join(dataDir, 'models/someone/tiny'));
  const settings = {
    BROADSHEET_EMBEDDER: 'transformers',
    BROADSHEET_EMBEDDER_MODEL: 'someone/tiny',
  };
  expect(await open(settings, dataDir)).toMatchObject({ name: 'transformers', dimensions: 3 });
});

test('a model file that is none is told by its name', async () => {
  const file = path.join(temporaryFolder(), 'x.model');
  fs.writeFileSync(file, 'nothing of the kind');
  await expect(open({ BROADSHEET_EMBEDDER_MODEL: file })).rejects.toThrow(`${file} is not a model`);
});
