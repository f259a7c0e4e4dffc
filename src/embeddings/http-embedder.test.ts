import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpEmbedder, type HttpEmbedderOptions } from './http-embedder.ts';

type Asked = { model: string; input: string[]; dimensions?: number };
type Request = { path: string; headers: IncomingHttpHeaders; body: Asked };
type Answer = (request: Request, response: ServerResponse) => void;

/** A service that answers with `answers` in turn, and like a model of three dimensions after them. */
async function startService(...answers: Answer[]) {
  const requests: Request[] = [];
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked;
    const request = { path: incoming.url ?? '', headers: incoming.headers, body };
    requests.push(request);
    (answers.shift() ?? vectors())(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const open = (options: Partial<HttpEmbedderOptions> = {}) =>
    createHttpEmbedder({
      url,
      model: 'tiny',
      key: '',
      queryPrefix: '',
      documentPrefix: '',
      dimensions: 0,
      timeoutMs: 20_000,
      firstPauseMs: 1,
      ...options,
    });
  return { url, server, requests, answers, open };
}

/** Of three dimensions: the text's length, its first letter, 1. */
const vectorOf = (text: string) => [text.length, text.charCodeAt(0), 1];
const unit = (vector: number[]) => vector.map((value) => value / Math.hypot(...vector));

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

function vectors(encode: (vector: number[]) => unknown = (vector) => vector): Answer {
  return (request, response) => {
    const data = request.body.input.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: encode(vectorOf(text)),
    }));
    // The order of `data` means nothing; `index` does.
    json(200, { object: 'list', data: data.reverse(), model: 'tiny' })(request, response);
  };
}

function expectNear(got: Float32Array | undefined, wanted: number[]) {
  expect(got?.length).toBe(wanted.length);
  for (const [at, value] of wanted.entries()) expect(got?.[at]).toBeCloseTo(value, 6);
}

test('the number of dimensions is learnt by one request, and vectors come in order and of length 1', async () => {
  const { requests, open } = await startService();
  const embedder = await open({ key: 'sk-1' });
  expect(embedder).toMatchObject({ name: 'http', dimensions: 3 });
  const [first, second] = await embedder.embed(['apple', 'be'], 'document');
  expectNear(first, unit(vectorOf('apple')));
  expectNear(second, unit(vectorOf('be')));
  expect(requests.map(({ path }) => path)).toEqual(['/v1/embeddings', '/v1/embeddings']);
  expect(requests[1]?.headers.authorization).toBe('Bearer sk-1');
  expect(requests[1]?.body).toEqual({ model: 'tiny', input: ['apple', 'be'] });
});

test('vectors in base64 are read too', async () => {
  const base64 = vectors((vector) =>
    Buffer.from(new Float32Array(vector).buffer).toString('base64'),
  );
  const { open } = await startService(base64, base64);
  const [vector] = await (await open()).embed(['apple'], 'query');
  expectNear(vector, unit(vectorOf('apple')));
});

test('queries and documents get their prefix, empty texts nothing but zeros', async () => {
  const { requests, open } = await startService();
  const embedder = await open({
    queryPrefix: 'query: ',
    documentPrefix: 'passage: ',
    dimensions: 3,
  });
  await embedder.embed(['apple'], 'query');
  const [empty] = await embedder.embed(['', 'apple', '  '], 'document');
  expect(empty).toEqual(new Float32Array(3));
  expect(await embedder.embed(['', ''], 'document')).toHaveLength(2);
  expect(requests.map(({ body }) => body.input)).toEqual([['query: apple'], ['passage: apple']]);
  expect(requests[0]?.body.dimensions).toBe(3);
  expect(requests[0]?.headers.authorization).toBeUndefined();
});

test('many texts go in batches, limited by number and by length, and long texts are cut', async () => {
  const { requests, open } = await startService();
  const embedder = await open({ dimensions: 3 });
  const short = Array.from({ length: 70 }, (_, at) => 'x'.repeat(at + 1));
  const found = await embedder.embed(short, 'document');
  expectNear(found[69], unit(vectorOf('x'.repeat(70))));
  await embedder.embed(Array(20).fill('y'.repeat(20_000)), 'document');
  expect(requests.map(({ body }) => body.input.length)).toEqual([32, 32, 6, 6, 6, 6, 2]);
  expect(requests[3]?.body.input[0]).toHaveLength(8_000);
});

test('texts that the service calls too long are sent again, cut shorter', async () => {
  const tooLong = json(400, {
    error: { message: "This model's maximum context length is 512 tokens" },
  });
  const { requests, open } = await startService(tooLong, tooLong);
  await (await open({ dimensions: 3 })).embed(['x'.repeat(3_000), 'short'], 'document');
  expect(requests.map(({ body }) => body.input.map((text) => text.length))).toEqual([
    [3_000, 5],
    [3_000, 5],
    [2_000, 5],
  ]);
});

test.each<[string, Answer]>([
  ['429', json(429, 'slow down', { 'retry-after': '0' })],
  ['429 until a date', json(429, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })],
  ['500', json(500, '')],
  ['503', json(503, '<html>busy</html>')],
  ['cut off', (_, response) => response.destroy()],
  [
    'cut off in the middle',
    (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":', () => response.destroy());
    },
  ],
])('after an answer that is %s it is asked again', async (_, answer) => {
  const { requests, open } = await startService(answer, answer, answer);
  const [vector] = await (await open({ dimensions: 3 })).embed(['apple'], 'document');
  expectNear(vector, unit(vectorOf('apple')));
  expect(requests).toHaveLength(4);
});

test('a reader who waits for a query does not wait for a service that wants a long pause', async () => {
  const { requests, open } = await startService(json(429, '', { 'retry-after': '30' }));
  await expect((await open({ dimensions: 3 })).embed(['apple'], 'query')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('status 429'),
  });
  expect(requests).toHaveLength(1);
});

test.each<[string, Answer, string]>([
  [
    'a wrong key',
    json(401, { error: { message: 'no: sk-secret' } }),
    'correct BROADSHEET_EMBEDDER_KEY',
  ],
  [
    'a wrong model',
    json(404, { error: { message: 'model "tiny" not found' } }),
    '(model "tiny" not found): see that it has the model tiny (BROADSHEET_EMBEDDER_MODEL)',
  ],
  ['a model for something else', json(400, { error: 'cannot embed' }), '(cannot embed): see that'],
  ['a page', json(200, '<html></html>'), 'something that is not JSON'],
  ['other JSON', json(200, { models: [] }), 'JSON without "data"'],
  ['no vector', json(200, { data: [] }), '0 vectors for 1 texts'],
  ['one index twice', json(200, { data: [{ index: 1, embedding: [1] }] }), '1 vectors for 1 texts'],
  ['an empty vector', json(200, { data: [{ embedding: [] }] }), 'a vector that is none'],
  ['broken base64', json(200, { data: [{ embedding: 'AAAAAAA=' }] }), 'a vector that is none'],
  ['what is no number', json(200, { data: [{ embedding: [1e300] }] }), 'a vector that is none'],
  ['two dimensions', json(200, { data: [{ embedding: [1, 0] }] }), '2 dimensions instead of 3'],
  ['40 MB', json(200, ' '.repeat(40_000_000)), 'more than 32 MiB'],
  ['another address', json(302, '', { location: 'http://127.0.0.1:1/' }), 'cannot be reached'],
])('%s is said in a sentence, at once', async (_, answer, message) => {
  const { open, url } = await startService(...Array<Answer>(5).fill(answer));
  const embedder = await open({ dimensions: 3, key: 'sk-secret' });
  const failure = await embedder.embed(['apple'], 'query').catch((error) => error);
  expect(failure).toMatchObject({ code: 'unavailable' });
  expect(failure.message).toContain(message);
  expect(failure.message).toContain(url);
  expect(failure.message).not.toContain('secret');
});

test('a service that is not there, or answers too slowly, is unavailable', async () => {
  const { server, open } = await startService(() => {});
  await expect(
    (await open({ dimensions: 3, timeoutMs: 50 })).embed(['a'], 'query'),
  ).rejects.toThrow('within 0.05 seconds');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const failure = await open().catch((error) => error);
  expect(failure).toMatchObject({ code: 'unavailable' });
  expect(failure.message).toMatch(/cannot be reached \(.+\): start it, or correct/);
});

test('a caller who gives up ends the request', async () => {
  const caller = new AbortController();
  const { open } = await startService(() => caller.abort(new Error('enough')));
  const embedder = await open({ dimensions: 3 });
  await expect(embedder.embed(['a'], 'document', caller.signal)).rejects.toThrow('enough');
});

test('the fingerprint changes with the model, the prefixes and the dimensions only', async () => {
  const { open, answers } = await startService();
  const base = { dimensions: 3 };
  const fingerprint = async (options: Partial<HttpEmbedderOptions>) =>
    (await open({ ...base, ...options })).fingerprint;
  const first = await fingerprint({});
  expect(first).toMatch(/^http:[0-9a-f]{16}$/);
  expect(await fingerprint({ key: 'other', timeoutMs: 5 })).toBe(first);
  const others = await Promise.all([
    fingerprint({ model: 'other' }),
    fingerprint({ queryPrefix: 'q: ' }),
    fingerprint({ documentPrefix: 'q: ' }),
    fingerprint({ dimensions: 4 }),
  ]);
  expect(new Set([first, ...others]).size).toBe(5);
  answers.push(vectors());
  expect(await fingerprint({ dimensions: 0 })).toBe(first);
});
