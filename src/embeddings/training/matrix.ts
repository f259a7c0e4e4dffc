import type { Kernels } from '../static/simd-kernels.ts';

/** How many terms of a sum are packed at once: the panels then stay in the nearest cache. */
export const DEPTH = 256;

/** A matrix in the kernels' memory, `rowStride` and `columnStride` numbers apart; transposing swaps them. */
export type Matrix = { numbers: Float32Array; rowStride: number; columnStride: number };

/** Where a thread lays out what it multiplies: rows × DEPTH numbers, and columns × DEPTH. */
export type Panels = { rows: Float32Array; columns: Float32Array };

/**
 * Adds rows `from` to `to` of A · B to the same rows of C (`columns` wide, row by row). A's columns and
 * B's rows are `inner`; `from` and `to` are multiples of 4, `columns` of 8. Every number of C is summed
 * in the same order however the rows are shared out.
 */
export function multiplyAdd(
  kernels: Kernels,
  a: Matrix,
  b: Matrix,
  c: Float32Array,
  sizes: { from: number; to: number; columns: number; inner: number },
  panels: Panels,
): void {
  const { from, to, columns, inner } = sizes;
  for (let start = 0; start < inner; start += DEPTH) {
    const depth = Math.min(DEPTH, inner - start);
    const aStart = from * a.rowStride + start * a.columnStride;
    pack(a.numbers.subarray(aStart), a.rowStride, a.columnStride, panels.rows, to - from, 4, depth);
    const bStart = start * b.rowStride;
    pack(
      b.numbers.subarray(bStart),
      b.columnStride,
      b.rowStride,
      panels.columns,
      columns,
      8,
      depth,
    );
    kernels.multiplyAdd(
      panels.rows.byteOffset,
      panels.columns.byteOffset,
      c.byteOffset + from * columns * 4,
      (to - from) / 4,
      columns / 8,
      depth,
      columns * 4,
    );
  }
}

/** Lays `count` lines side by side in panels of `width`, step by step. */
function pack(
  numbers: Float32Array,
  lineStride: number,
  stepStride: number,
  out: Float32Array,
  count: number,
  width: number,
  depth: number,
): void {
  for (let line = 0; line < count; line += width) {
    for (let inPanel = 0; inPanel < width; inPanel++) {
      let read = (line + inPanel) * lineStride;
      let write = line * depth + inPanel;
      for (let step = 0; step < depth; step++) {
        out[write] = numbers[read] as number;
        read += stepStride;
        write += width;
      }
    }
  }
}
