// An embedder for tests where meaning is not the point: words that two texts share bring them together.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Embedder } from '../src/embeddings/embedder.ts';
import { scaleToUnit } from '../src/embeddings/unit-length.ts';

export const STAND_IN_DIMENSIONS = 32;

export function standInVector(text: string): Float32Array {
  const vector = new Float32Array(STAND_IN_DIMENSIONS);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    const at = createHash('sha1').update(word).digest().readUInt8() % STAND_IN_DIMENSIONS;
    vector[at] = (vector[at] as number) + 1;
  }
  return scaleToUnit(vector);
}

export type StandInEmbedder = Embedder & {
  /** While it is set, `embed` throws it. */
  failure: Error | undefined;
  /** What `embed` waits for before it answers. */
  held: Promise<unknown> | undefined;
};

export function standInEmbedder(fingerprint = 'stand-in'): StandInEmbedder {
  return {
    name: fingerprint,
    fingerprint,
    dimensions: STAND_IN_DIMENSIONS,
    failure: undefined,
    held: undefined,
    async embed(texts) {
      await this.held;
      if (this.failure) throw this.failure;
      return texts.map(standInVector);
    },
    async close() {},
  };
}

/**
 * The same for other processes; resolves to the settings with which they ask it. After `maxAnswers` they
 * wait without end.
 */
export async function serveStandIn(
  maxAnswers = Number.POSITIVE_INFINITY,
): Promise<Record<string, string>> {
  let answers = 0;
  const server = createServer(async (request, response) => {
    if (answers++ >= maxAnswers) return;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
    const data = input.map((text, index) => ({ index, embedding: [...standInVector(text)] }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    BROADSHEET_EMBEDDER: 'http',
    BROADSHEET_EMBEDDER_MODEL: 'stand-in',
    BROADSHEET_EMBEDDER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  };
}
