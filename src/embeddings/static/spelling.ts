import { hashText, randomOf } from './random.ts';

const SHORTEST = 3;
const LONGEST = 5;
const RUNS = 8192;
const SEED = 20_251_029;

/**
 * Vectors out of nothing but spelling: every run of 3 to 5 letters has one that is drawn by its hash, and
 * a word is the sum of its runs. Words that are spelled alike get vectors that are alike.
 */
export class Spelling {
  readonly #dimensions: number;
  readonly #numbers: Int8Array;
  readonly #isDrawn = new Uint8Array(RUNS);

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#numbers = new Int8Array(RUNS * dimensions);
  }

  /** Adds the word's vector, about `length` long, to the numbers of `vector` from `start` on. */
  addTo(vector: Float32Array, start: number, word: string, length: number): void {
    const dimensions = this.#dimensions;
    const runs = runsOf(word);
    // Numbers drawn evenly from -127 to 127 have a mean square of 127² / 3.
    const scale = (length * Math.sqrt(3)) / (127 * Math.sqrt(dimensions * runs.length));
    for (const run of runs) {
      this.#draw(run);
      const row = run * dimensions;
      for (let k = 0; k < dimensions; k++) {
        vector[start + k] =
          (vector[start + k] as number) + scale * (this.#numbers[row + k] as number);
      }
    }
  }

  #draw(run: number): void {
    if (this.#isDrawn[run] === 1) return;
    this.#isDrawn[run] = 1;
    const row = run * this.#dimensions;
    for (let k = 0; k < this.#dimensions; k++) {
      this.#numbers[row + k] = Math.round((randomOf(SEED, run, k) * 2 - 1) * 127);
    }
  }
}

function runsOf(word: string): number[] {
  const marked = `<${word}>`;
  const runs: number[] = [];
  for (let length = SHORTEST; length <= LONGEST; length++) {
    for (let at = 0; at + length <= marked.length; at++) {
      runs.push(hashText(marked.slice(at, at + length)) % RUNS);
    }
  }
  return runs;
}
