import type { Embedder } from '../embedder.ts';
import { scaleToUnit } from '../unit-length.ts';
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
  const { vocabulary, adder, spelling, unknownLength } = model;
  const unknown: string[] = [];
  const units = Uint16Array.from(vocabulary.unitsOf(text, unknown)).sort();
  const sum = adder.begin();
  for (let at = 0; at < units.length; ) {
    const unit = units[at] as number;
    let count = 1;
    while (units[at + count] === unit) count++;
    at += count;
    adder.add(unit, unitWeight(count));
  }
  for (const stem of unknown) spelling.addTo(sum, 0, stem, unknownLength);
  return scaleToUnit(Float32Array.from(sum));
}
