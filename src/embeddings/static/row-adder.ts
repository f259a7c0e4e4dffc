import { createSharedMemory, growMemory, type Kernels, loadKernels } from './simd-kernels.ts';

/** The rows of a model, and the sum of some of them. */
export class RowAdder {
  readonly rows: Int8Array;
  readonly #scales: Float32Array;
  readonly #kernels: Kernels;
  readonly #sum: Float32Array;

  /** `bytes` are rows of `dimensions` signed bytes, copied; a row's numbers are its bytes times its scale. */
  constructor(bytes: Uint8Array, scales: Float32Array, dimensions: number) {
    const memory = createSharedMemory();
    const rowsAt = growMemory(memory, bytes.length);
    const sumAt = growMemory(memory, dimensions * 4);
    this.rows = new Int8Array(memory.buffer, rowsAt, bytes.length);
    this.rows.set(bytes);
    this.#scales = scales;
    this.#kernels = loadKernels(memory);
    this.#sum = new Float32Array(memory.buffer, sumAt, dimensions);
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
