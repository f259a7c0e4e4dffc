import { expect, test } from 'vitest';
import { createSharedMemory, loadKernels, takeBytes, takeFloats } from '../static/simd-kernels.ts';
import { DEPTH, multiplyAdd } from './matrix.ts';

const memory = createSharedMemory();
const kernels = loadKernels(memory);

const numbers = (length: number) => takeFloats(memory, length);

test('a product is what the plain sums say, whichever way the matrices lie', () => {
  const rows = 12;
  const columns = 16;
  const inner = DEPTH + 44;
  const a = numbers(rows * inner);
  const b = numbers(inner * columns);
  for (const [at] of a.entries()) a[at] = Math.sin(at);
  for (const [at] of b.entries()) b[at] = Math.cos(at * 3);
  const c = numbers(rows * columns);
  const panels = { rows: numbers(rows * DEPTH), columns: numbers(columns * DEPTH) };
  multiplyAdd(
    kernels,
    { numbers: a, rowStride: 1, columnStride: rows },
    { numbers: b, rowStride: 1, columnStride: inner },
    c,
    { from: 4, to: 12, columns, inner },
    panels,
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner && row >= 4; k++) {
        sum += (a[k * rows + row] as number) * (b[column * inner + k] as number);
      }
      expect(c[row * columns + column]).toBeCloseTo(sum, 3);
    }
  }
});

test('a row is added with its factor, as numbers and as bytes', () => {
  const to = numbers(8);
  const from = numbers(8);
  for (const [at] of from.entries()) from[at] = at;
  kernels.addScaled(to.byteOffset, from.byteOffset, 32, 0.5);
  expect([...to]).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  const bytes = takeBytes(memory, 16);
  bytes.set([0, 0, 0, 0, 0, 0, 0, 0, -128, 127, -1, 1, 0, 2, -2, 3]);
  kernels.addScaledBytes(to.byteOffset, bytes.byteOffset + 8, 8, 2);
  expect([...to]).toEqual([-256, 254.5, -1, 3.5, 2, 6.5, -1, 9.5]);
});
