import { hashText, randomOf } from './random.ts';
import {
  createSharedMemory,
  type Kernels,
  loadKernels,
  takeBytes,
  takeFloats,
} from './simd-kernels.ts';

const SHORTEST = 3;
const LONGEST = 5;
const RUNS = 8192;
const SEED = 20_251_029;

/**
 * Vectors out of nothing but spelling: every run of 3 to 5 letters has one that is drawn by its hash, and
 * a word is the sum of its runs. Words that are spelled alike get vectors that are alike.
 */
export class Spelling {
  readonly #kernels: Kernels;
  readonly #numbers: Int8Array;
  readonly #sum: Float32Array;
  readonly #isDrawn = new Uint8Array(RUNS);

  constructor(dimensions: number) {
    const memory = createSharedMemory();
    this.#kernels = loadKernels(memory);
    this.#numbers = takeBytes(memory, RUNS * dimensions);
    this.#sum = takeFloats(memory, dimensions);
  }

  /** Adds the word's vector, about `length` long, to the numbers of `vector` from `start` on. */
  addTo(vector: Float32Array, start: number, word: string, length: number): void {
    const sum = this.#sum.fill(0);
    const dimensions = sum.length;
    const runs = runsOf(word);
    // Numbers drawn evenly from -127 to 127 have a mean square of 127² / 3.
    const scale = (length * Math.sqrt(3)) / (127 * Math.sqrt(dimensions * runs.length));
    for (const run of runs) {
      this.#draw(run);
      const row = this.#numbers.byteOffset + run * dimensions;
      this.#kernels.addScaledBytes(sum.byteOffset, row, dimensions, scale);
    }
    for (let k = 0; k < dimensions; k++) {
      vector[start + k] = (vector[start + k] as number) + (sum[k] as number);
    }
  }

  #draw(run: number): void {
    if (this.#isDrawn[run] === 1) return;
    this.#isDrawn[run] = 1;
    const dimensions = this.#sum.length;
    for (let k = 0; k < dimensions; k++) {
      this.#numbers[run * dimensions + k] = Math.round((randomOf(SEED, run, k) * 2 - 1) * 127);
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
