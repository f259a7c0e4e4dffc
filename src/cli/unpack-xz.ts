// xz in a thread of its own: unpacking takes a seventh of the time of an import, which has one
// processor busy already.
import { once } from 'node:events';
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';

export type XzMessage = { chunk: Uint8Array; bytesRead: number };

const PROGRAM = new URL('./unpack-xz.worker.js', import.meta.url);

/** Whether the thread's program is there; it is not when this runs from its source, as in tests. */
export function canUnpackInThread(): boolean {
  return fs.existsSync(PROGRAM);
}

/** The unpacked bytes of a file. Throws what the decoder throws. `onRead` gets the packed bytes so far. */
export async function* unpackXzFile(
  file: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const worker = new Worker(PROGRAM, { workerData: { file } });
  const arrived: XzMessage[] = [];
  let failure: unknown;
  let isOver = false;
  let wake = () => {};
  worker.on('message', (message: XzMessage) => {
    arrived.push(message);
    wake();
  });
  worker.on('error', (error) => {
    failure = error;
    wake();
  });
  worker.on('exit', () => {
    isOver = true;
    wake();
  });
  try {
    for (;;) {
      const message = arrived.shift();
      if (message) {
        onRead(message.bytesRead);
        yield Buffer.from(message.chunk.buffer, message.chunk.byteOffset, message.chunk.byteLength);
        worker.postMessage('more');
        continue;
      }
      if (failure !== undefined) throw failure;
      if (isOver) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    if (!isOver) {
      const exited = once(worker, 'exit');
      await worker.terminate();
      await exited;
    }
  }
}
