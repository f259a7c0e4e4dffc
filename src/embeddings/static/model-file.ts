// The file of the built-in embedder: 16 bytes of magic, version and header length; the header as
// JSON; the stems, one a line; the pairs, two 16-bit units each; a 32-bit scale for each unit; and
// dimensions numbers of 4 bits for each unit, -7 to 7, kept as 1 to 15, the first of two in the lower
// half of a byte. What is longer than 4 bits is little-endian. The vector of a unit is its numbers
// times its scale.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { AppError, messageOf } from '../../base/errors.ts';
import { RowAdder } from './row-adder.ts';
import { Spelling } from './spelling.ts';
import { Vocabulary } from './vocabulary.ts';
import { WORD_RULES } from './words.ts';

const MAGIC = 'BSHEETVM';
const MODEL_VERSION = 2;
const HEAD_BYTES = 16;
const MAX_MODEL_BYTES = 256 * 1024 * 1024;
const LARGEST = 7;
const OFFSET = 8;

/** How a model came to be; for people. */
export type ModelNotes = Record<string, string | number>;

export type Model = {
  vocabulary: Vocabulary;
  dimensions: number;
  scales: Float32Array;
  /** Units × dimensions, in the memory of `adder`. */
  rows: Int8Array;
  adder: RowAdder;
  /** For words that are not in the vocabulary, and how long their vectors are. */
  spelling: Spelling;
  unknownLength: number;
  notes: ModelNotes;
  /** The first 16 hexadecimal digits of the SHA-256 of everything behind the header. */
  fingerprint: string;
};

type Header = {
  wordRules: string;
  dimensions: number;
  stems: number;
  stemBytes: number;
  pairs: number;
  sha256: string;
  notes: ModelNotes;
};

/** Rounds vectors (units × dimensions, an even number) to 4 bits and lays out the file. */
export function encodeModel(
  vocabulary: Vocabulary,
  vectors: Float32Array,
  dimensions: number,
  notes: ModelNotes,
): Buffer {
  const units = vocabulary.size;
  const scales = new Float32Array(units);
  const rows = Buffer.alloc((units * dimensions) / 2);
  for (let unit = 0; unit < units; unit++) {
    const vector = vectors.subarray(unit * dimensions, (unit + 1) * dimensions);
    const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const scale = largest / LARGEST;
    scales[unit] = scale;
    const toBits = (k: number) =>
      (scale > 0 ? Math.round((vector[k] as number) / scale) : 0) + OFFSET;
    for (let k = 0; k < dimensions; k += 2) {
      rows[(unit * dimensions + k) / 2] = toBits(k) | (toBits(k + 1) << 4);
    }
  }
  const stems = Buffer.from(vocabulary.stems.join('\n'));
  const pairs = Buffer.alloc(vocabulary.pairs.length * 4);
  for (const [at, [first, second]] of vocabulary.pairs.entries()) {
    pairs.writeUInt16LE(first, at * 4);
    pairs.writeUInt16LE(second, at * 4 + 2);
  }
  const scaleBytes = Buffer.alloc(units * 4);
  for (const [unit, scale] of scales.entries()) scaleBytes.writeFloatLE(scale, unit * 4);
  const body = Buffer.concat([stems, pairs, scaleBytes, rows]);
  const header: Header = {
    wordRules: WORD_RULES,
    dimensions,
    stems: vocabulary.stems.length,
    stemBytes: stems.length,
    pairs: vocabulary.pairs.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    notes,
  };
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, 'latin1');
  head.writeUInt32LE(MODEL_VERSION, 8);
  head.writeUInt32LE(json.length, 12);
  return Buffer.concat([head, json, body]);
}

/** Reads a model. Throws `invalid`, naming the file, when it is none, of another version or damaged. */
export function readModel(file: string): Model {
  let bytes: Buffer;
  try {
    const { size } = fs.statSync(file);
    if (size > MAX_MODEL_BYTES) throw new AppError('invalid', `${file} is too long for a model.`);
    bytes = fs.readFileSync(file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid', `The model ${file} cannot be read (${messageOf(error)}).`, error);
  }
  return decodeModel(bytes, file);
}

export function decodeModel(bytes: Buffer, name: string): Model {
  const problem = (what: string) =>
    new AppError('invalid', `${name} ${what}: train a model with "broadsheet model train".`);
  if (bytes.length < HEAD_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC) {
    throw problem('is not a model of Broadsheet');
  }
  const version = bytes.readUInt32LE(8);
  if (version !== MODEL_VERSION) {
    throw problem(`has version ${version}, and this program reads version ${MODEL_VERSION}`);
  }
  const bodyStart = HEAD_BYTES + bytes.readUInt32LE(12);
  let header: Header;
  try {
    header = JSON.parse(bytes.toString('utf8', HEAD_BYTES, bodyStart)) as Header;
  } catch {
    throw problem('is damaged');
  }
  const { dimensions, stems, stemBytes, pairs, notes, sha256, wordRules } = header;
  const units = stems + pairs;
  if (bytes.length !== bodyStart + stemBytes + pairs * 4 + units * (4 + dimensions / 2)) {
    throw problem('is cut short or damaged');
  }
  if (wordRules !== WORD_RULES) {
    throw problem(`splits words by the rules ${wordRules}, and this program by ${WORD_RULES}`);
  }
  if (createHash('sha256').update(bytes.subarray(bodyStart)).digest('hex') !== sha256) {
    throw problem('is damaged');
  }
  let at = bodyStart;
  const names = bytes.toString('utf8', at, at + stemBytes).split('\n');
  at += stemBytes;
  const read: [number, number][] = [];
  for (let pair = 0; pair < pairs; pair++, at += 4) {
    read.push([bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]);
  }
  const scales = new Float32Array(units);
  for (let unit = 0; unit < units; unit++, at += 4) scales[unit] = bytes.readFloatLE(at);
  const adder = new RowAdder(unpack(bytes.subarray(at)), scales, dimensions);
  return {
    vocabulary: new Vocabulary(names, read),
    dimensions,
    scales,
    rows: adder.rows,
    adder,
    notes,
    spelling: new Spelling(dimensions),
    unknownLength: meanLength(adder.rows, scales, dimensions, stems),
    fingerprint: sha256.slice(0, 16),
  };
}

function unpack(halves: Uint8Array): Int8Array {
  const numbers = new Int8Array(halves.length * 2);
  for (let at = 0; at < halves.length; at++) {
    const both = halves[at] as number;
    numbers[at * 2] = (both & 15) - OFFSET;
    numbers[at * 2 + 1] = (both >> 4) - OFFSET;
  }
  return numbers;
}

const LENGTH_SAMPLE = 2048;

/** The mean length of the vectors of the rarest stems. */
function meanLength(
  rows: Int8Array,
  scales: Float32Array,
  dimensions: number,
  stems: number,
): number {
  const first = Math.max(0, stems - LENGTH_SAMPLE);
  let sum = 0;
  for (let unit = first; unit < stems; unit++) {
    let squares = 0;
    for (let at = unit * dimensions; at < (unit + 1) * dimensions; at++) {
      squares += (rows[at] as number) ** 2;
    }
    sum += Math.sqrt(squares) * (scales[unit] as number);
  }
  return stems > first ? sum / (stems - first) : 1;
}
