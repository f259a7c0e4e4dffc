// Files that people hand to a command: plain, gzip or xz, or `-` for standard input; read as a
// stream, so that memory does not grow with their length.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf } from '../base/errors.ts';
import { decodeUtf8, splitLines } from '../base/lines.ts';
import { canUnpackInThread, unpackXzFile } from './unpack-xz.ts';

const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const FINGERPRINT_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

export type Input = {
  /** As the person named it. */
  name: string;
  /** Size on the disk, before unpacking; undefined for standard input. */
  totalBytes: number | undefined;
  /** Bytes taken from the disk so far. */
  bytesRead(): number;
  /** Stands for the content; undefined for standard input, whose content is not known beforehand. */
  fingerprint: string | undefined;
  /**
   * The lines in batches, without their ends; empty lines come too, so that they can be counted.
   * A line over 16 MiB comes as undefined.
   */
  lines(): AsyncGenerator<(string | undefined)[]>;
  /** Everything as one text. Throws `invalid` beyond 64 MiB. */
  text(): Promise<string>;
  close(): void;
};

/** Opens a file, or standard input for `-`. Throws `invalid` when it cannot be read. */
export function openInput(name: string): Input {
  const totalBytes = name === '-' ? undefined : sizeOf(name);
  const source =
    name === '-' ? process.stdin : fs.createReadStream(name, { highWaterMark: CHUNK_BYTES });
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  const inThread = name !== '-' && canUnpackInThread() && isXz(name);
  const chunks = () =>
    explained(
      inThread
        ? unpackXzFile(name, (read) => {
            bytes = read;
          })
        : unpacked(counted()),
      name,
    );
  return {
    name,
    totalBytes,
    bytesRead: () => bytes,
    fingerprint: totalBytes === undefined ? undefined : fingerprintOf(name, totalBytes),
    lines: () => splitLines(chunks()),
    async text() {
      const parts: Buffer[] = [];
      let size = 0;
      for await (const chunk of chunks()) {
        size += chunk.length;
        if (size > MAX_TEXT_BYTES) {
          throw new AppError(
            'invalid',
            `${name} is longer than ${MAX_TEXT_BYTES / 1024 / 1024} MiB.`,
          );
        }
        parts.push(chunk);
      }
      return decodeUtf8(Buffer.concat(parts));
    },
    close() {
      if (source !== process.stdin) source.destroy();
    },
  };
}

const XZ_HEAD = '\xfd7zXZ\0';

function isXz(file: string): boolean {
  const descriptor = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(XZ_HEAD.length);
    fs.readSync(descriptor, head);
    return head.toString('latin1') === XZ_HEAD;
  } finally {
    fs.closeSync(descriptor);
  }
}

function sizeOf(file: string): number {
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory()) throw new AppError('invalid', `${file} is a folder: name a file.`);
    fs.accessSync(file, fs.constants.R_OK);
    return stat.size;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isMissing = (error as { code?: string }).code === 'ENOENT';
    throw new AppError(
      'invalid',
      isMissing
        ? `${file} does not exist: check the name, or write - for standard input.`
        : `${file} cannot be read (${messageOf(error)}).`,
    );
  }
}

function fingerprintOf(file: string, size: number): string {
  const hash = createHash('sha256').update(`${size}\n`);
  const descriptor = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, FINGERPRINT_BYTES));
    for (const start of [0, Math.max(0, size - buffer.length)]) {
      const read = fs.readSync(descriptor, buffer, 0, buffer.length, start);
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Unpacks gzip and xz, told by their first bytes (RFC 1952; https://tukaani.org/xz/xz-file-format.txt). */
async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 6) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const all = (async function* () {
    yield head;
    yield* chunks;
  })();
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unzip = createGunzip({ chunkSize: CHUNK_BYTES });
    const packed = Readable.from(all, { objectMode: false });
    packed.on('error', (error) => unzip.destroy(error));
    yield* packed.pipe(unzip) as AsyncIterable<Buffer>;
  } else if (head.subarray(0, 6).toString('latin1') === XZ_HEAD) {
    // A CommonJS bundle whose names Node cannot see: they are on its default export.
    const { XzReadableStream } = (await import('xz-decompress')).default;
    const packed = ReadableStream.from(all) as unknown as ConstructorParameters<
      typeof XzReadableStream
    >[0];
    const plain = new XzReadableStream(packed) as unknown as AsyncIterable<Uint8Array>;
    for await (const chunk of plain) yield Buffer.from(chunk);
  } else {
    yield* all;
  }
}

async function* explained(chunks: AsyncGenerator<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'invalid',
      `${name} is damaged or cut short (${messageOf(error)}): get it again.`,
      error,
    );
  }
}
