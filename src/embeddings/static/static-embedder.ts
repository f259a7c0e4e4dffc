import type { Embedder } from '../embedder.ts';
import type { Model } from './model-file.ts';
import { unitWeight } from './unit-weight.ts';

/** How many texts are embedded before others get a turn, about 4 ms of work. */
const TEXTS_A_TURN = 32;

/**
 * A text's vector is the sum of the learned vectors of its words and pairs, and for unknown words of
 * what their spelling says, scaled to length 1.
 */
export function createStaticEmbedder(model: Model): Embedder {
  return {
    name: 'builtin',
    fingerprint: `builtin:${model.fingerprint}`,
    dimensions: model.dimensions,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (const [at, text] of texts.entries()) {
        if (at > 0 && at % TEXTS_A_TURN === 0) await new Promise(setImmediate);
        vectors.push(embedText(model, text));
      }
      return vectors;
    },
    async close() {},
  };
}

/** One vector of length 1; of zeros for a text without words. */
export function embedText(model: Model, text: string): Float32Array {
  const { vocabulary, dimensions, scales, rows, spelling, unknownLength } = model;
  const vector = new Float32Array(dimensions);
  const unknown: string[] = [];
  const units = vocabulary.unitsOf(text, unknown).sort((a, b) => a - b);
  for (let at = 0; at < units.length; ) {
    const unit = units[at] as number;
    let count = 1;
    while (units[at + count] === unit) count++;
    at += count;
    const weight = unitWeight(count) * (scales[unit] as number);
    const row = unit * dimensions;
    for (let k = 0; k < dimensions; k++) {
      vector[k] = (vector[k] as number) + weight * (rows[row + k] as number);
    }
  }
  for (const stem of unknown) spelling.addTo(vector, 0, stem, unknownLength);
  return scaleToUnit(vector);
}

function scaleToUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return vector;
  const scale = 1 / Math.sqrt(squares);
  for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] as number) * scale;
  return vector;
}
