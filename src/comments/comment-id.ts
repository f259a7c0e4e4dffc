// Ids of comments: 24 hexadecimal digits that sort by time, begun as Hugging Face's are, by the seconds
// since 1970, so that comments of either origin sort together.
import { randomBytes } from 'node:crypto';

const SEQUENCES = 0x1000;
let lastMs = 0;
let sequence = 0;

/** Seconds, milliseconds, a number within the millisecond, and chance. */
export function newCommentId(atMs: number): string {
  sequence = atMs === lastMs ? (sequence + 1) % SEQUENCES : 0;
  lastMs = atMs;
  return `${timeDigits(atMs)}${hex(sequence, 3)}${randomBytes(5).toString('hex')}`;
}

/** Sorts before every id of that moment or later, and after those of earlier ones. */
export function firstIdAt(atMs: number): string {
  return timeDigits(atMs).padEnd(24, '0');
}

export function isCommentId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

function timeDigits(atMs: number): string {
  return hex(Math.floor(atMs / 1_000), 8) + hex(atMs % 1_000, 3);
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}
