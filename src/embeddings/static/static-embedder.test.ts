import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isAppError } from '../../base/errors.ts';
import { decodeModel, encodeModel, readModel } from './model-file.ts';
import { openStaticEmbedder } from './open-static-embedder.ts';
import { createStaticEmbedder, embedText } from './static-embedder.ts';
import { Vocabulary } from './vocabulary.ts';

const DIMENSIONS = 16;
const STEMS = ['neural', 'network', 'graph', 'poincare', 'covid19', '量子'];
const bytes = makeModel();
const model = decodeModel(bytes, 'model.bin');

function makeModel(): Buffer {
  const vocabulary = new Vocabulary(STEMS, [[0, 1]]);
  const vectors = new Float32Array(vocabulary.size * DIMENSIONS).map((_, at) => Math.sin(at * 1.7));
  return encodeModel(vocabulary, vectors, DIMENSIONS, { papers: 12 });
}

function cosine(a: string, b: string): number {
  const other = embedText(model, b);
  return embedText(model, a).reduce((sum, value, k) => sum + value * (other[k] as number), 0);
}

test('what was written is read back, to a rounding of 1/14 of the largest number', () => {
  expect(model.vocabulary.stems).toEqual(STEMS);
  expect(model.vocabulary.pairs).toEqual([[0, 1]]);
  expect(model.notes).toEqual({ papers: 12 });
  expect(model.dimensions).toBe(DIMENSIONS);
  for (const [at, value] of model.rows.entries()) {
    const scale = model.scales[Math.floor(at / DIMENSIONS)] as number;
    expect(Math.abs(value * scale - Math.sin(at * 1.7))).toBeLessThan(scale * 0.51);
  }
});

test('a text is its words and pairs, whatever their case, accents and endings', () => {
  const expected = [0, 1, 6].map((unit) => unit * DIMENSIONS);
  const sum = Array.from({ length: DIMENSIONS }, (_, k) =>
    expected.reduce((total, row) => total + Math.sin((row + k) * 1.7), 0),
  );
  const length = Math.hypot(...sum);
  const vector = embedText(model, 'The NEURAL networks');
  for (const [k, value] of sum.entries()) expect(vector[k]).toBeCloseTo(value / length, 1);
  expect(cosine('Poincaré graphs', 'graph, poincare')).toBeCloseTo(1, 5);
  expect(cosine('neural of networks', 'neural networks')).toBeLessThan(0.9999);
});

test('unknown words that are spelled alike are near each other', () => {
  expect(cosine('methyltransferase', 'methyltransferases')).toBeGreaterThan(0.99);
  expect(cosine('methyltransferase', 'acetyltransferase')).toBeGreaterThan(0.3);
  expect(Math.abs(cosine('methyltransferase', 'quokka'))).toBeLessThan(0.7);
});

test('every text gets a vector of length 1, or of zeros when it has no words', async () => {
  const embedder = createStaticEmbedder(model);
  const texts = [
    '量子コンピュータ',
    '𝔸lgebra \ud800',
    'x',
    '... — !',
    '',
    'a'.repeat(10_000),
    'the of',
  ];
  const vectors = await embedder.embed(texts, 'document');
  const lengths = vectors.map((vector) => Math.round(Math.hypot(...vector) * 1e4) / 1e4);
  expect(lengths).toEqual([1, 1, 1, 0, 0, 0, 0]);
});

test('a vector stays as it is when the next text is embedded', () => {
  const first = embedText(model, 'graph');
  const kept = [...first];
  embedText(model, 'neural network');
  expect([...first]).toEqual(kept);
});

test('a text may be as long as a book', () => {
  const long = embedText(model, 'graph neural '.repeat(50_000));
  expect(Math.hypot(...long)).toBeCloseTo(1, 4);
});

test('the fingerprint changes with the vectors', () => {
  const other = new Vocabulary(STEMS, [[0, 1]]);
  const vectors = new Float32Array(other.size * DIMENSIONS).map((_, at) => Math.cos(at));
  const changed = decodeModel(encodeModel(other, vectors, DIMENSIONS, {}), 'other');
  expect(changed.fingerprint).not.toBe(model.fingerprint);
  expect(decodeModel(makeModel(), 'same').fingerprint).toBe(model.fingerprint);
});

test('a file that is no model, of another version or damaged is refused by name', () => {
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = value;
    return copy;
  };
  const end = bytes.length - 1;
  const bad: [Buffer, string][] = [
    [Buffer.from('{}'), 'is not a model'],
    [changed(0, 0), 'is not a model'],
    [changed(8, 99), 'has version 99'],
    [changed(20, 0), 'is damaged'],
    [bytes.subarray(0, end), 'damaged'],
    [Buffer.concat([bytes, bytes]), 'damaged'],
    [changed(end, (bytes[end] as number) ^ 1), 'is damaged'],
    [Buffer.alloc(0), 'is not a model'],
  ];
  for (const [content, message] of bad) {
    expect(() => decodeModel(content, 'my.bin')).toThrow(message);
    expect(() => decodeModel(content, 'my.bin')).toThrow('my.bin');
    expect(() => decodeModel(content, 'my.bin')).toSatisfy(throwsInvalid);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-model-'));
  expect(() => readModel(path.join(folder, 'absent.bin'))).toSatisfy(throwsInvalid);
  expect(() => readModel(folder)).toSatisfy(throwsInvalid);
  fs.rmSync(folder, { recursive: true });
});

function throwsInvalid(action: () => unknown): boolean {
  try {
    action();
  } catch (error) {
    return isAppError(error, 'invalid');
  }
  return false;
}

test('the model that comes with the program knows what belongs together', async () => {
  const embedder = openStaticEmbedder();
  expect(openStaticEmbedder()).toBe(embedder);
  const [query, near, far] = await embedder.embed(
    [
      'protein folding',
      'Predicting the three-dimensional structure of amino acid chains',
      'Galaxy clusters at high redshift',
    ],
    'query',
  );
  const dot = (a?: Float32Array, b?: Float32Array) =>
    a?.reduce((sum, value, k) => sum + value * (b?.[k] ?? 0), 0) ?? 0;
  expect(dot(query, near)).toBeGreaterThan(dot(query, far) + 0.1);
});
