import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { selfSignedCertificate } from '../../../tests/certificate.ts';
import {
  checkAddress,
  FetchFailure,
  type FetchOptions,
  fetchPublic,
  postPublic,
} from './guarded-fetch.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function serve(answer: Answer, host?: string, port?: number) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  onTestFinished(() => server.closeAllConnections());
  return { port: await listen(server, host, port), asked };
}

const page = (response: ServerResponse, body: string | Buffer, headers = {}) =>
  response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);

const options = (changes: Partial<FetchOptions> = {}): FetchOptions => ({
  contact: 'me@example.org',
  accept: 'text/html',
  types: ['text/html'],
  timeoutMs: 10_000,
  maxBytes: 100_000,
  // No test may ask a real resolver.
  resolve: async (host) => {
    throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
  },
  ...changes,
});

const local = (port: number, changes: Partial<FetchOptions> = {}) =>
  options({ privateHosts: [`127.0.0.1:${port}`], ...changes });

async function failure(work: Promise<unknown>): Promise<FetchFailure> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(FetchFailure);
  return error as FetchFailure;
}

test('a page is fetched, with a name and a contact', async () => {
  const { port, asked } = await serve((_, response) =>
    page(response, 'hello', { 'content-type': 'Text/HTML; charset=utf-8' }),
  );
  const fetched = await fetchPublic(`http://127.0.0.1:${port}/a?b#c`, local(port));
  expect(fetched).toMatchObject({
    url: `http://127.0.0.1:${port}/a?b`,
    status: 200,
    type: 'text/html',
  });
  expect(fetched.body.toString()).toBe('hello');
  expect(asked[0]?.url).toBe('/a?b');
  expect(asked[0]?.headers['user-agent']).toMatch(/^Broadsheet\/\S+ \(me@example.org\)$/);
});

test.each([
  ['http://127.0.0.1/'],
  ['http://127.1/'],
  ['http://2130706433/'],
  ['http://0x7f000001/'],
  ['http://0x7f.0.0.1/'],
  ['http://0177.0.0.1/'],
  ['http://127.0.0.1./'],
  ['http://１２７.0.0.1/'],
  ['http://127。0。0。1/'],
  ['http://0/'],
  ['http://[::1]/'],
  ['http://[::]/'],
  ['http://[::ffff:127.0.0.1]/'],
  ['http://[::ffff:7f00:1]/'],
  ['http://[64:ff9b::127.0.0.1]/'],
  ['http://[2002:7f00:1::]/'],
  ['http://[fe80::1%25eth0]/'],
  ['http://[fe80::1%eth0]/'],
  ['http://169.254.169.254/latest/meta-data/'],
  ['https://10.0.0.1/'],
  ['http://8.8.8.8:8080/'],
  ['https://8.8.8.8:80/'],
  ['http://me:secret@8.8.8.8/'],
  ['http://me@8.8.8.8/'],
  ['ftp://8.8.8.8/'],
  ['file:///etc/passwd'],
  ['javascript:alert(1)'],
  ['data:text/html,hello'],
  ['//8.8.8.8/'],
  ['8.8.8.8'],
  [`http://8.8.8.8/${'x'.repeat(2_000)}`],
  [''],
])('%s is refused', async (address) => {
  const error = await failure(fetchPublic(address, options()));
  expect(error).toMatchObject({ kind: 'refused', code: 'invalid' });
  expect(error.message).not.toContain('secret');
});

test.each([
  ['localhost', '127.0.0.1'],
  ['localhost.', '127.0.0.1'],
  ['papers.example', '10.1.2.3'],
  ['papers.example', '169.254.169.254'],
  ['papers.example', '::1'],
  ['papers.example', 'fe80::1%eth0'],
  ['papers.example', '::ffff:10.0.0.1'],
  ['xn--bcher-kva.example', '192.168.1.1'],
])('%s at %s is refused', async (host, address) => {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return [{ address, family: address.includes(':') ? 6 : 4 }];
  };
  const written = host === 'xn--bcher-kva.example' ? 'Bücher.example' : host;
  const error = await failure(fetchPublic(`http://${written}/`, options({ resolve })));
  expect(error.kind).toBe('refused');
  expect(asked).toEqual([host]);
});

test('the resolver of the system is asked where no other is given', async () => {
  const { resolve: _, ...rest } = options();
  for (const host of ['localhost', 'LOCALHOST.']) {
    expect((await failure(fetchPublic(`http://${host}/`, rest))).kind).toBe('refused');
  }
});

test('one private address among public ones is enough to refuse', async () => {
  const resolve = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  const error = await failure(fetchPublic('http://papers.example/', options({ resolve })));
  expect(error.kind).toBe('refused');
});

test('names of an inner network sound like names that nobody has', async () => {
  const inside = async () => [{ address: '10.0.0.1', family: 4 }];
  const url = 'http://wiki.corp.example/';
  const known = await failure(fetchPublic(url, options({ resolve: inside })));
  const unknown = await failure(fetchPublic(url, options()));
  expect(known.message).toBe(unknown.message);
  expect(known.kind).toBe(unknown.kind);
});

test('the connection goes to the address that was looked at, under the name of the host', async () => {
  const { port, asked } = await serve((_, response) => page(response, 'good'));
  const { asked: wrong } = await serve((_, response) => page(response, 'bad'), '127.0.0.2', port);
  let answers = 0;
  const resolve = async () => [{ address: `127.0.0.${++answers}`, family: 4 }];
  const fetched = await fetchPublic(
    `http://papers.example:${port}/`,
    options({ resolve, privateHosts: [`papers.example:${port}`] }),
  );
  expect(fetched.body.toString()).toBe('good');
  expect(asked[0]?.headers.host).toBe(`papers.example:${port}`);
  expect(answers).toBe(1);
  expect(wrong).toEqual([]);
});

test('a private host is allowed at its port only, and by the name that it is listed under', async () => {
  const { port } = await serve((_, response) => page(response, 'hello'));
  const privateHosts = [`127.0.0.1:${port}`];
  for (const url of [`http://127.0.0.1/`, `http://localhost:${port}/`, `http://[::1]:${port}/`]) {
    expect((await failure(fetchPublic(url, options({ privateHosts })))).kind).toBe('refused');
  }
});

test.each([
  ['http://127.0.0.1/'],
  ['http://[::1]/'],
  ['//169.254.169.254/latest'],
  ['http://inside.example/'],
  ['file:///etc/passwd'],
  ['http://me:secret@127.0.0.1/'],
])('a redirect to %s is refused', async (location) => {
  const { port } = await serve((_, response) => response.writeHead(302, { location }).end());
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error.kind).toBe('refused');
});

test('redirects are followed five times, relative ones too, and each host is looked at anew', async () => {
  const { port, asked } = await serve((request, response) => {
    const step = Number(request.url?.slice(1));
    if (step === 5) page(response, 'there');
    else response.writeHead(303, { location: `${step + 1}` }).end('moved');
  });
  const resolved: string[] = [];
  const resolve = async (host: string) => {
    resolved.push(host);
    return [{ address: '127.0.0.1', family: 4 }];
  };
  const privateHosts = [`papers.example:${port}`];
  const fetched = await fetchPublic(
    `http://papers.example:${port}/0`,
    options({ resolve, privateHosts }),
  );
  expect(fetched.url).toBe(`http://papers.example:${port}/5`);
  expect(resolved).toHaveLength(6);
  const error = await failure(
    fetchPublic(`http://papers.example:${port}/-1`, options({ resolve, privateHosts })),
  );
  expect(error).toMatchObject({ kind: 'redirects', code: 'invalid' });
  expect(asked).toHaveLength(12);
});

test('a redirect that the caller wants to know of is not followed', async () => {
  const location = 'https://arxiv.org/abs/2502.01441v2';
  const { port } = await serve((_, response) => response.writeHead(301, { location }).end());
  const stopAt = (url: URL) => url.hostname === 'arxiv.org';
  const fetched = await fetchPublic(`http://127.0.0.1:${port}/`, local(port, { stopAt }));
  expect(fetched).toMatchObject({ url: location, status: 301 });
  expect(fetched.body).toHaveLength(0);
});

test.each([
  ['gzip', gzipSync('hello')],
  ['br', brotliCompressSync('hello')],
])('an answer packed with %s is unpacked', async (encoding, body) => {
  const { port } = await serve((_, response) =>
    page(response, body, { 'content-encoding': encoding }),
  );
  const fetched = await fetchPublic(`http://127.0.0.1:${port}/`, local(port));
  expect(fetched.body.toString()).toBe('hello');
});

const zeros = Buffer.alloc(50_000_000);

test.each([
  ['gzip', gzipSync(zeros)],
  ['br', brotliCompressSync(zeros)],
  ['identity', zeros],
])('what is too large when it is unpacked (%s) is not read to its end', async (encoding, body) => {
  const { port } = await serve((_, response) =>
    page(response, body, { 'content-encoding': encoding }),
  );
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error).toMatchObject({ kind: 'too-large', code: 'invalid' });
});

test.each([
  ['gzip', Buffer.from('this is not gzip')],
  ['gzip', gzipSync('hello').subarray(0, 12)],
  ['br', Buffer.from('this is not brotli')],
  ['gzip, gzip', gzipSync(gzipSync('hello'))],
  ['zstd', Buffer.from('hello')],
])('an answer that is not what it says (%s) is malformed', async (encoding, body) => {
  const { port } = await serve((_, response) =>
    page(response, body, { 'content-encoding': encoding }),
  );
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error.kind).toBe('malformed');
});

test('a body without an end is cut off', async () => {
  const { port } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error.kind).toBe('too-large');
});

test.each<[string, Answer]>([
  ['says nothing', () => {}],
  [
    'drips',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
  [
    'sends for ever on',
    (request, response) =>
      setTimeout(
        () => response.writeHead(302, { location: request.url as string }).end(),
        100,
      ).unref(),
  ],
])('a server that %s is left after the timeout', async (_, answer) => {
  const { port } = await serve(answer);
  const error = await failure(
    fetchPublic(`http://127.0.0.1:${port}/`, local(port, { timeoutMs: 250 })),
  );
  expect(error).toMatchObject({ kind: 'timeout', code: 'unavailable', isPassing: true });
});

test('a resolver that says nothing is left after the timeout', async () => {
  const resolve = () => new Promise<never>(() => {});
  const error = await failure(
    fetchPublic('http://papers.example/', options({ resolve, timeoutMs: 50 })),
  );
  expect(error.kind).toBe('timeout');
});

test('a caller that stops is told what it stopped with', async () => {
  const { port, asked } = await serve(() => stop.abort(new Error('enough')));
  const stop = new AbortController();
  const work = fetchPublic(`http://127.0.0.1:${port}/`, local(port, { signal: stop.signal }));
  await expect(work).rejects.not.toBeInstanceOf(FetchFailure);
  expect(asked).toHaveLength(1);
});

test.each([
  [404, 'invalid', false],
  [403, 'invalid', false],
  [304, 'invalid', false],
  [429, 'unavailable', true],
  [503, 'unavailable', true],
])('status %i is told', async (status, code, isPassing) => {
  const { port } = await serve((_, response) => response.writeHead(status).end());
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error).toMatchObject({ kind: 'status', status, code, isPassing });
});

test.each([[{ 'content-type': 'application/pdf' }], [{ 'content-type': 'text/html-not' }], [{}]])(
  'a type that is not asked for is refused: %j',
  async (headers) => {
    const { port } = await serve((_, response) => response.writeHead(200, headers).end('%PDF'));
    const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
    expect(error.kind).toBe('wrong-type');
  },
);

test('a connection that breaks off, or is none, is unreachable', async () => {
  const { port } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': '10' });
    response.write('half', () => response.destroy());
  });
  const error = await failure(fetchPublic(`http://127.0.0.1:${port}/`, local(port)));
  expect(error).toMatchObject({ kind: 'unreachable', code: 'unavailable' });
  const closed = await failure(fetchPublic('http://127.0.0.1:1/', local(1)));
  expect(closed).toMatchObject({ kind: 'unreachable', message: /ECONNREFUSED/ });
  const resolve = async () => {
    throw Object.assign(new Error('x'), { code: 'EAI_AGAIN' });
  };
  const lost = await failure(fetchPublic('http://papers.example/', options({ resolve })));
  expect(lost).toMatchObject({ kind: 'unreachable', message: /EAI_AGAIN/ });
});

test('a certificate that nobody vouches for is refused, and the host is named to the server', async () => {
  const names: string[] = [];
  let requests = 0;
  const server = https.createServer(
    {
      ...selfSignedCertificate(),
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    },
    () => requests++,
  );
  onTestFinished(() => server.closeAllConnections());
  const port = await listen(server);
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const privateHosts = [`papers.example:${port}`];
  const error = await failure(
    fetchPublic(`https://papers.example:${port}/`, options({ resolve, privateHosts })),
  );
  expect(error.kind).toBe('unreachable');
  expect(error.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(names).toEqual(['papers.example']);
  expect(requests).toBe(0);
});

test('what is sent is told with whatever answer it has, and goes nowhere else', async () => {
  const bodies: string[] = [];
  const { port, asked } = await serve(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    bodies.push(Buffer.concat(parts).toString());
    if (request.url === '/moved') response.writeHead(307, { location: '/there' }).end('moved');
    else if (request.url === '/long') response.writeHead(500).end('ä'.repeat(100_000));
    else response.writeHead(201).end('good');
  });
  const send = (path: string) =>
    postPublic(`http://127.0.0.1:${port}${path}`, {
      ...local(port, { maxBytes: 1_000 }),
      body: '{"a":"ä"}',
      headers: { 'content-type': 'application/json', 'x-proof': 'secret' },
    });
  expect(await send('/')).toMatchObject({ status: 201, body: 'good' });
  expect(await send('/moved')).toMatchObject({ status: 307, body: 'moved' });
  const long = await send('/long');
  expect([long.status, long.body]).toEqual([500, 'ä'.repeat(500)]);
  expect(bodies).toEqual(Array(3).fill('{"a":"ä"}'));
  expect(asked[0]).toMatchObject({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': '10', 'x-proof': 'secret' },
  });
});

test.each([
  ['http://127.0.0.1/'],
  ['http://[::1]/'],
  ['http://169.254.169.254/latest'],
  ['https://8.8.8.8:8443/'],
  ['https://me:secret@8.8.8.8/'],
  ['file:///etc/passwd'],
])('nothing is sent to %s, which can be seen before it is asked', async (address) => {
  const sent = postPublic(address, { ...options(), body: '{}', headers: {} });
  expect(await failure(sent)).toMatchObject({ kind: 'refused' });
  expect(() => checkAddress(address, [])).toThrow(FetchFailure);
});

test('an address is taken for what it says, its host is asked for later', () => {
  expect(checkAddress('https://papers.example/hook', []).hostname).toBe('papers.example');
  expect(checkAddress('http://127.0.0.1:8065/hook', ['127.0.0.1:8065']).port).toBe('8065');
});

test('nothing is sent to a name of an inner network, and a server that hangs is left', async () => {
  const resolve = async () => [{ address: '10.0.0.1', family: 4 }];
  const inside = postPublic('https://wiki.corp.example/', {
    ...options({ resolve }),
    body: '{}',
    headers: {},
  });
  expect((await failure(inside)).kind).toBe('refused');
  const { port } = await serve(() => {});
  const hanging = postPublic(`http://127.0.0.1:${port}/`, {
    ...local(port, { timeoutMs: 100 }),
    body: '{}',
    headers: {},
  });
  expect((await failure(hanging)).kind).toBe('timeout');
});
