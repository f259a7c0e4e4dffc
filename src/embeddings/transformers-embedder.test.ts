import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../tests/test-database.ts';
import {
  type TinyModel,
  WORD_VECTORS,
  WORDS,
  writeTinyModel,
} from '../../tests/tiny-onnx-model.ts';
import {
  createTransformersEmbedder,
  hasTransformers,
  type TransformersEmbedderOptions,
} from './transformers-embedder.ts';

async function open(options: Partial<TransformersEmbedderOptions>) {
  const embedder = await createTransformersEmbedder({
    model: '',
    modelsDir: temporaryFolder(),
    isOffline: true,
    queryPrefix: '',
    documentPrefix: '',
    ...options,
  });
  onTestFinished(() => embedder.close());
  return embedder;
}

async function openTiny(model: TinyModel = {}, options: Partial<TransformersEmbedderOptions> = {}) {
  const folder = temporaryFolder();
  writeTinyModel(folder, model);
  return open({ model: folder, ...options });
}

const pooledBy = (config: unknown): TinyModel => ({
  files: {
    'modules.json': [
      { idx: 0, path: '', type: 'sentence_transformers.models.Transformer' },
      { idx: 1, path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
      { idx: 2, path: '2_Normalize', type: 'sentence_transformers.models.Normalize' },
    ],
    '1_Pooling/config.json': config,
  },
});

const PROMPTS = { prompts: { query: 'query: ', passage: 'passage: ' }, default_prompt_name: null };

/** The vectors of a text's words, between those of [CLS] and [SEP]. */
const tokensOf = (text: string) =>
  ['[CLS]', ...text.split(' '), '[SEP]'].map(
    (word) => WORD_VECTORS[Math.max(WORDS.indexOf(word), 1)] as number[],
  );
const unit = (vector: number[]) => vector.map((value) => value / Math.hypot(...vector));
const combine = (vectors: number[][], how: (values: number[]) => number) =>
  unit([0, 1, 2].map((k) => how(vectors.map((vector) => vector[k] as number))));
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const meanOf = (text: string) => combine(tokensOf(text), sum);

function expectNear(got: Float32Array | undefined, wanted: number[]) {
  expect(got?.length).toBe(wanted.length);
  for (const [at, value] of wanted.entries()) expect(got?.[at]).toBeCloseTo(value, 5);
}

describe.skipIf(!hasTransformers())('with transformers.js', () => {
  test('texts of any length come back in order, as the mean of their words and of length 1', async () => {
    const embedder = await openTiny();
    expect(embedder).toMatchObject({ name: 'transformers', dimensions: 3 });
    const texts = Array.from({ length: 21 }, (_, at) =>
      'apple be cat '.repeat((at * 5) % 4).trim(),
    );
    const vectors = await embedder.embed([...texts, 'unheard'], 'document');
    for (const [at, text] of texts.entries()) {
      expectNear(vectors[at], text === '' ? [0, 0, 0] : meanOf(text));
    }
    expectNear(vectors[21], meanOf('unheard'));
  });

  test.each<[string, object, number[]]>([
    [
      'its first token',
      { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
      unit(WORD_VECTORS[2] as number[]),
    ],
    ['its last token', { pooling_mode_lasttoken: true }, unit(WORD_VECTORS[3] as number[])],
    [
      'the largest',
      { pooling_mode_max_tokens: true },
      combine(tokensOf('apple'), (values) => Math.max(...values)),
    ],
    ['the mean', { pooling_mode: 'mean' }, meanOf('apple')],
  ])(
    'a text is pooled by %s as the model says, whatever it is padded with',
    async (_, config, wanted) => {
      const embedder = await openTiny(pooledBy(config));
      const [vector] = await embedder.embed(['apple', 'cat cat cat cat'], 'document');
      expectNear(vector, wanted);
    },
  );

  test("the model's prompts come before queries and documents, the settings' prefixes instead of them", async () => {
    const files = { 'config_sentence_transformers.json': PROMPTS };
    const embedder = await openTiny({ files });
    expectNear((await embedder.embed(['apple'], 'query'))[0], meanOf('query: apple'));
    expectNear((await embedder.embed(['apple'], 'document'))[0], meanOf('passage: apple'));
    const other = await openTiny({ files }, { queryPrefix: 'cat ' });
    expectNear((await other.embed(['apple'], 'query'))[0], meanOf('cat apple'));
    expect(other.fingerprint).not.toBe(embedder.fingerprint);
  });

  test('a text that is too long for the model is cut and still ends as texts end', async () => {
    const embedder = await openTiny(pooledBy({ pooling_mode_lasttoken: true }));
    const [vector] = await embedder.embed(['apple '.repeat(3_000)], 'document');
    expectNear(vector, unit(WORD_VECTORS[3] as number[]));
  });

  test("a model's own vectors of texts are taken as they are", async () => {
    const modules = [
      { path: '', type: 'x.Transformer' },
      { path: '2_Dense', type: 'x.Dense' },
    ];
    const files = { 'modules.json': modules };
    const embedder = await openTiny({ output: 'sentence_embedding', files });
    expectNear((await embedder.embed(['apple'], 'document'))[0], meanOf('apple'));
    await expect(openTiny({ files })).rejects.toThrow('was not exported with the layers');
  });

  test('quantised weights are taken before others, and others where there are none', async () => {
    // Weights of the opposite sign give the opposite vector.
    const both = await openTiny({
      weights: { 'onnx/model.onnx': -1, 'onnx/model_quantized.onnx': 1 },
    });
    expectNear((await both.embed(['apple'], 'document'))[0], meanOf('apple'));
    const opposite = meanOf('apple').map((value) => -value);
    for (const name of ['onnx/model.onnx', 'model.onnx', 'onnx/model_int8.onnx']) {
      const other = await openTiny({ weights: { [name]: -1 } });
      expectNear((await other.embed(['apple'], 'document'))[0], opposite);
    }
  });

  test('the fingerprint stays with a copy of the model and changes with any of its files', async () => {
    const fingerprints = await Promise.all([
      openTiny(),
      openTiny(),
      openTiny({ weights: { 'onnx/model_quantized.onnx': 2 } }),
      openTiny({ weights: { 'onnx/model.onnx': 1 } }),
      openTiny(pooledBy({ pooling_mode_max_tokens: true })),
      openTiny({}, { documentPrefix: 'passage: ' }),
    ]).then((embedders) => embedders.map(({ fingerprint }) => fingerprint));
    expect(fingerprints[0]).toMatch(/^transformers:[0-9a-f]{16}$/);
    expect(fingerprints[1]).toBe(fingerprints[0]);
    expect(new Set(fingerprints).size).toBe(5);
  });

  test('a model by name is looked for in the folder of models', async () => {
    const modelsDir = temporaryFolder();
    writeTinyModel(path.join(modelsDir, 'someone/tiny'));
    const embedder = await open({ model: 'someone/tiny', modelsDir });
    expectNear((await embedder.embed(['apple'], 'document'))[0], meanOf('apple'));
  });

  test('a model that is not there is fetched once, with the files that it needs', async () => {
    const hub = await startHub();
    const modelsDir = temporaryFolder();
    const options = { model: 'someone/tiny', modelsDir, isOffline: false, hubUrl: hub.url };
    for (let time = 0; time < 2; time++) {
      const embedder = await open(options);
      expectNear((await embedder.embed(['apple'], 'query'))[0], meanOf('query: apple'));
    }
    expect(hub.asked).toEqual([
      '/api/models/someone/tiny',
      '/someone/tiny/resolve/c0ffee/onnx/model_quantized.onnx',
      '/someone/tiny/resolve/c0ffee/tokenizer.json',
      '/someone/tiny/resolve/c0ffee/tokenizer_config.json',
      '/someone/tiny/resolve/c0ffee/config_sentence_transformers.json',
      '/someone/tiny/resolve/c0ffee/config.json',
    ]);
    const files = fs.readdirSync(path.join(modelsDir, 'someone/tiny'), { recursive: true });
    expect(files.filter((name) => /part|list/.test(name as string))).toEqual([]);
  });

  test('a model that cannot be fetched or is not there is said in a sentence with what to do', async () => {
    const hub = await startHub();
    const online = { isOffline: false, hubUrl: hub.url };
    const modelsDir = temporaryFolder();
    const place = path.join(modelsDir, 'ibm-granite/granite-embedding-small-english-r2');
    await expect(open({ modelsDir })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        `granite-embedding-small-english-r2 is not here and BROADSHEET_OFFLINE is true: put the files .+ into ${place}\\.`,
      ),
    });
    await expect(open({ ...online, model: 'someone/none' })).rejects.toThrow(
      /someone\/none cannot be fetched \(.+ status 404\): try again later, or put/,
    );
    await expect(open({ ...online, model: 'someone/torch' })).rejects.toThrow('no weights in ONNX');
    await expect(open({ ...online, model: './none' })).rejects.toThrow(
      'is not a folder with a model',
    );
    await expect(open({ ...online, model: 'x/y', hubUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
      /cannot be fetched \(.+\): try again/,
    );
  });

  test('a damaged model is said in a sentence with what to do', async () => {
    await expect(openTiny({ weights: {} })).rejects.toThrow(
      'has no weights in ONNX: put them into',
    );
    await expect(openTiny(pooledBy({ pooling_mode_weightedmean_tokens: true }))).rejects.toThrow(
      'pools by weightedmean, which Broadsheet cannot',
    );
    const folder = temporaryFolder();
    writeTinyModel(folder);
    fs.writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), 'no model');
    await expect(open({ model: folder })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`The model in ${folder} cannot be loaded (`),
    });
    fs.rmSync(path.join(folder, 'tokenizer.json'));
    await expect(open({ model: folder })).rejects.toThrow('lacks tokenizer.json');
  });
});

test.skipIf(hasTransformers())('without the package it is said how to install it', async () => {
  await expect(open({})).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(
      'npm install --no-save --save-optional @huggingface/transformers',
    ),
  });
});

/** As huggingface.co answers, with one model of each kind. */
async function startHub() {
  const folder = temporaryFolder();
  writeTinyModel(folder, { files: { 'config_sentence_transformers.json': PROMPTS } });
  const names = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const list = (files: string[]) =>
    JSON.stringify({ sha: 'c0ffee', siblings: files.map((rfilename) => ({ rfilename })) });
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const name = url.replace('/someone/tiny/resolve/c0ffee/', '');
    if (url === '/api/models/someone/tiny') response.end(list([...names, 'README.md']));
    else if (url === '/api/models/someone/torch') response.end(list(['model.safetensors']));
    else if (names.includes(name)) response.end(fs.readFileSync(path.join(folder, name)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
