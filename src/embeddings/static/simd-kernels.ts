// The inner loops that take nearly all of the time of training and embedding, as WebAssembly with
// 128-bit vectors, put together here instruction by instruction (https://webassembly.github.io/spec/core/binary/).

export type SharedMemory = { readonly buffer: SharedArrayBuffer; grow(pages: number): number };

/** Addresses are bytes in the memory; every number there is a 32-bit float. */
export type Kernels = {
  /**
   * Adds A · B to C. A is `rowPanels` panels of 4 rows, B `columnPanels` panels of 8 columns; in a panel
   * the 4 or 8 numbers of each of the `depth` steps stand together. Rows of C are `stride` bytes apart.
   */
  multiplyAdd(
    a: number,
    b: number,
    c: number,
    rowPanels: number,
    columnPanels: number,
    depth: number,
    stride: number,
  ): void;
  /** Adds `from` times `factor` to `to`; `bytes` is a multiple of 16. */
  addScaled(to: number, from: number, bytes: number, factor: number): void;
  /** Adds `count` signed bytes, each times `factor`, to as many numbers; `count` is a multiple of 8. */
  addScaledBytes(to: number, from: number, count: number, factor: number): void;
};

type WasmApi = {
  Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => SharedMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: { host: { memory: SharedMemory } },
  ) => { exports: unknown };
};
/** The libraries of TypeScript declare it for browsers only. */
declare const WebAssembly: WasmApi;

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;

/** An empty memory of up to 4 GiB that threads can share. */
export function createSharedMemory(): SharedMemory {
  return new WebAssembly.Memory({ initial: 0, maximum: MAX_PAGES, shared: true });
}

/** Numbers at the end of the memory that nothing else uses; all are 0. */
export function takeFloats(memory: SharedMemory, length: number): Float32Array {
  const at = grow(memory, length * 4);
  return new Float32Array(memory.buffer, at, length);
}

export function takeBytes(memory: SharedMemory, length: number): Int8Array {
  const at = grow(memory, length);
  return new Int8Array(memory.buffer, at, length);
}

/** Growing replaces `memory.buffer`: the address comes first. */
function grow(memory: SharedMemory, bytes: number): number {
  return memory.grow(Math.ceil(bytes / PAGE_BYTES)) * PAGE_BYTES;
}

export function loadKernels(memory: SharedMemory): Kernels {
  const module = new WebAssembly.Module(moduleBytes());
  return new WebAssembly.Instance(module, { host: { memory } }).exports as Kernels;
}

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const ADD_I32 = [0x6a];
const LESS_I32 = [0x49];
const SPLAT = [0xfd, 0x13];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const LOAD_8_BYTES_AS_I16 = [0xfd, 0x01, 0, 0];
const LOW_I16_AS_I32 = [0xfd, 0xa7, 0x01];
const HIGH_I16_AS_I32 = [0xfd, 0xa8, 0x01];
const TO_FLOATS = [0xfd, 0xfa, 0x01];

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const i32 = (value: number) => [0x41, ...signed(value)];
const load = (offset = 0) => [0xfd, 0x00, 2, ...unsigned(offset)];
const loadSplat = (offset: number) => [0xfd, 0x09, 2, ...unsigned(offset)];
const store = (offset = 0) => [0xfd, 0x0b, 2, ...unsigned(offset)];
const advance = (local: number, by: number[]) => [...get(local), ...by, ...ADD_I32, ...set(local)];
/** Runs `body` until the first local is no longer below the second; at least once. */
const until = (at: number, end: number, body: number[]) => {
  const again = [...get(at), ...get(end), ...LESS_I32, 0x0d, 0];
  return [0x03, 0x40, ...body, ...again, 0x0b];
};

function multiplyAddBody(): number[] {
  const [a, b, c, rowPanels, columnPanels, depth, stride] = [0, 1, 2, 3, 4, 5, 6];
  const [aAt, bAt, bEnd, rows, cEnd, left, right, first] = [7, 8, 9, 10, 14, 15, 16, 17];
  const cRow = (row: number) => (row === 0 ? rows : rows + row);
  const sum = (row: number, half: number) => first + row * 2 + half;
  const ROWS = [0, 1, 2, 3];
  const HALVES = [0, 1];
  const eachSum = (code: (row: number, half: number) => number[]) =>
    ROWS.flatMap((row) => HALVES.flatMap((half) => code(row, half)));
  const times = (x: number[], y: number[]) => [...x, ...y, 0x6c];

  const multiply = ROWS.flatMap((row) =>
    HALVES.flatMap((half) => [
      ...get(sum(row, half)),
      ...get(aAt),
      ...loadSplat(row * 4),
      ...get(half === 0 ? left : right),
      ...MULTIPLY,
      ...ADD,
      ...set(sum(row, half)),
    ]),
  );
  const alongDepth = until(bAt, bEnd, [
    ...[...get(bAt), ...load(), ...set(left)],
    ...[...get(bAt), ...load(16), ...set(right)],
    ...multiply,
    ...advance(aAt, i32(16)),
    ...advance(bAt, i32(32)),
  ]);
  const downRows = until(rows, cEnd, [
    ...[1, 2, 3].flatMap((row) => [
      ...[...get(cRow(row - 1)), ...get(stride), ...ADD_I32, ...set(cRow(row))],
    ]),
    ...eachSum((row, half) => [...get(cRow(row)), ...load(half * 16), ...set(sum(row, half))]),
    ...[...get(b), ...set(bAt)],
    ...alongDepth,
    ...eachSum((row, half) => [...get(cRow(row)), ...get(sum(row, half)), ...store(half * 16)]),
    ...[...get(cRow(3)), ...get(stride), ...ADD_I32, ...set(rows)],
  ]);
  // columnPanels becomes the address where B ends.
  return [
    ...[...get(b), ...times(times(get(depth), i32(32)), get(columnPanels)), ...ADD_I32],
    ...set(columnPanels),
    ...until(b, columnPanels, [
      ...[...get(a), ...set(aAt)],
      ...[...get(c), ...set(rows)],
      ...[...get(c), ...times(times(get(stride), i32(4)), get(rowPanels)), ...ADD_I32],
      ...set(cEnd),
      ...[...get(b), ...times(get(depth), i32(32)), ...ADD_I32, ...set(bEnd)],
      ...downRows,
      ...[...get(bEnd), ...set(b)],
      ...advance(c, i32(32)),
    ]),
  ];
}

function addScaledBody(): number[] {
  const [to, from, end, factor, factors] = [0, 1, 2, 3, 4];
  return [
    ...[...get(factor), ...SPLAT, ...set(factors)],
    ...[...get(to), ...get(end), ...ADD_I32, ...set(end)],
    ...until(to, end, [
      ...[...get(to), ...get(to), ...load(), ...get(from), ...load(), ...get(factors)],
      ...[...MULTIPLY, ...ADD, ...store()],
      ...advance(to, i32(16)),
      ...advance(from, i32(16)),
    ]),
  ];
}

function addScaledBytesBody(): number[] {
  const [to, from, end, factor, factors, words] = [0, 1, 2, 3, 4, 5];
  const half = (extend: number[], offset: number) => [
    ...[...get(to), ...get(to), ...load(offset)],
    ...[...get(words), ...extend, ...TO_FLOATS, ...get(factors), ...MULTIPLY, ...ADD],
    ...store(offset),
  ];
  return [
    ...[...get(factor), ...SPLAT, ...set(factors)],
    ...[...get(from), ...get(end), ...ADD_I32, ...set(end)],
    ...until(from, end, [
      ...[...get(from), ...LOAD_8_BYTES_AS_I16, ...set(words)],
      ...half(LOW_I16_AS_I32, 0),
      ...half(HIGH_I16_AS_I32, 16),
      ...advance(to, i32(32)),
      ...advance(from, i32(8)),
    ]),
  ];
}

function moduleBytes(): Uint8Array {
  const vector = (items: number[][]) => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content];
  const name = (text: string) => vector([...Buffer.from(text)].map((code) => [code]));
  const functionType = (parameters: number[]) => [0x60, ...vector(parameters.map((p) => [p])), 0];
  const body = (locals: [count: number, type: number][], instructions: number[]) => {
    const content = [...vector(locals), ...instructions, 0x0b];
    return [...unsigned(content.length), ...content];
  };
  const isShared = 0x03;
  const memory = [isShared, ...unsigned(0), ...unsigned(MAX_PAGES)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([functionType(Array(7).fill(I32)), functionType([I32, I32, I32, F32])])),
    ...section(2, vector([[...name('host'), ...name('memory'), 0x02, ...memory]])),
    ...section(3, vector([[0], [1], [1]])),
    ...section(
      7,
      vector([
        [...name('multiplyAdd'), 0, 0],
        [...name('addScaled'), 0, 1],
        [...name('addScaledBytes'), 0, 2],
      ]),
    ),
    ...section(
      10,
      vector([
        body(
          [
            [8, I32],
            [10, V128],
          ],
          multiplyAddBody(),
        ),
        body([[1, V128]], addScaledBody()),
        body([[2, V128]], addScaledBytesBody()),
      ]),
    ),
  ]);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const rest = value >> 7;
  const isLast = (rest === 0 && (value & 64) === 0) || (rest === -1 && (value & 64) !== 0);
  return isLast ? [value & 127] : [(value & 127) | 128, ...signed(rest)];
}
