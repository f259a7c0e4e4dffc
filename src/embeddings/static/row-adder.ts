import {
  createSharedMemory,
  type Kernels,
  loadKernels,
  takeBytes,
  takeFloats,
} from './simd-kernels.ts';

/** The rows of a model, and the sum of some of them. */
export class RowAdder {
  readonly rows: Int8Array;
  readonly #scales: Float32Array;
  readonly #kernels: Kernels;
  readonly #sum: Float32Array;

  /** `bytes` are rows of `dimensions` each, copied; a row's numbers are its bytes times its scale. */
  constructor(bytes: Int8Array, scales: Float32Array, dimensions: number) {
    const memory = createSharedMemory();
    this.rows = takeBytes(memory, bytes.length);
    this.rows.set(bytes);
    this.#scales = scales;
    this.#kernels = loadKernels(memory);
    this.#sum = takeFloats(memory, dimensions);
  }

  /** The sum that `add` adds to; its content is overwritten by the next one. */
  begin(): Float32Array {
    return this.#sum.fill(0);
  }

  add(row: number, weight: number): void {
    const dimensions = this.#sum.length;
    const from = this.rows.byteOffset + row * dimensions;
    const factor = weight * (this.#scales[row] as number);
    this.#kernels.addScaledBytes(this.#sum.byteOffset, from, dimensions, factor);
  }
}
