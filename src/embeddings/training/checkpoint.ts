// What a training has learned so far, so that it can go on after a break.
import fs from 'node:fs';
import type { LearnerMemory } from './learner.ts';

const KEY_BYTES = 64;
const HEAD_BYTES = KEY_BYTES + 8;

type Learned = Pick<LearnerMemory, 'vectors' | 'firstMoments' | 'secondMoments' | 'order'>;

function partsOf(memory: Learned): Uint8Array[] {
  return [memory.vectors, memory.firstMoments, memory.secondMoments, memory.order].map(
    (part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
}

/** Replaces the file whole, so that a kill leaves the old one. `key` has 64 characters. */
export function writeCheckpoint(file: string, key: string, memory: Learned, step: number): void {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(key, 'latin1');
  head.writeDoubleLE(step, KEY_BYTES);
  const fresh = `${file}.new`;
  const descriptor = fs.openSync(fresh, 'w');
  try {
    for (const part of [head, ...partsOf(memory)]) {
      // A buffer that threads share cannot be written as it is.
      writeAll(descriptor, part);
    }
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(fresh, file);
}

const WRITE_BYTES = 8 * 1024 * 1024;

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += WRITE_BYTES) {
    const part = Buffer.from(bytes.slice(start, start + WRITE_BYTES));
    for (let done = 0; done < part.length; ) done += fs.writeSync(descriptor, part, done);
  }
}

/** Steps done, with what they learned put into `memory`; undefined when the file is not of this training. */
export function readCheckpoint(file: string, key: string, memory: Learned): number | undefined {
  if (!fs.existsSync(file)) return undefined;
  const bytes = fs.readFileSync(file);
  const parts = partsOf(memory);
  const length = parts.reduce((sum, part) => sum + part.length, HEAD_BYTES);
  if (bytes.length !== length || bytes.toString('latin1', 0, KEY_BYTES) !== key) return undefined;
  let at = HEAD_BYTES;
  for (const part of parts) {
    part.set(bytes.subarray(at, at + part.length));
    at += part.length;
  }
  return bytes.readDoubleLE(KEY_BYTES);
}
