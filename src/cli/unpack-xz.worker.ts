// Runs in a thread of its own: unpacks an xz file and sends it on piece by piece, a few ahead of
// whoever takes them.
import fs from 'node:fs';
import { Readable } from 'node:stream';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import xz from 'xz-decompress';
import type { XzMessage } from './unpack-xz.ts';

const AHEAD = 8;

const port = parentPort as MessagePort;
const { file } = workerData as { file: string };
let credit = AHEAD;
let wake = () => {};
port.on('message', () => {
  credit++;
  wake();
});

const source = fs.createReadStream(file, { highWaterMark: 256 * 1024 });
type Packed = ConstructorParameters<typeof xz.XzReadableStream>[0];
const plain = new xz.XzReadableStream(Readable.toWeb(source) as unknown as Packed);
for await (const piece of plain as unknown as AsyncIterable<Uint8Array>) {
  while (credit === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  credit--;
  // A copy: the piece lies in the decoder's own memory.
  const chunk = piece.slice();
  port.postMessage({ chunk, bytesRead: source.bytesRead } satisfies XzMessage, [chunk.buffer]);
}
port.close();
