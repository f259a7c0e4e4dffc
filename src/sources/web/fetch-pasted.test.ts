import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openTestDatabase } from '../../../tests/test-database.ts';
import type { Instant } from '../../base/calendar.ts';
import { savePapers } from '../../papers/save-papers.ts';
import { fetchPasted, type PastedContext } from './fetch-pasted.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url as string;
    asked.push(path);
    const answer = answers[path];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, asked };
}

function html(head: string): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(head);
  };
}

function csl(json: unknown): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.citationstyles.csl+json' });
    response.end(JSON.stringify(json));
  };
}

const to =
  (location: string): Answer =>
  (_, response) => {
    response.writeHead(302, { location }).end();
  };

/** The registry is known by its setting; pages are known as hosts that may be private. */
function context(
  site: { port: number },
  registry: { url: string } = { url: 'http://127.0.0.1:1' },
) {
  const resolve: PastedContext['resolve'] = async () => [{ address: '127.0.0.1', family: 4 }];
  return {
    config: {
      contact: '',
      sourceTimeoutMs: 5_000,
      privateHosts: [`127.0.0.1:${site.port}`, `journals.example.org:${site.port}`],
      doiUrl: registry.url,
    },
    now: () => '2026-01-15T12:00:00.000Z' as Instant,
    resolve,
  };
}

const doi = (name: string) => ({ kind: 'doi' as const, doi: name, id: `doi:${name}` });
const at = (url: string) => ({ kind: 'url' as const, url });

const ABSTRACT = 'What the page says it is about.';
const PAGE = `<meta name="citation_title" content="On Cells">
  <meta name="citation_author" content="Ada Lovelace">
  <meta name="citation_doi" content="10.5555/cells">
  <meta name="citation_abstract" content="${ABSTRACT}">`;
const REGISTERED = {
  title: 'On Cells, as Registered',
  author: [{ given: 'Ada', family: 'Lovelace' }],
  resource: { primary: { URL: 'http://www.journals.example.org/cells' } },
};

test('a DOI is asked for at its registry, wherever that leads', async () => {
  const accepted: (string | undefined)[] = [];
  const registry = await serve({
    '/10.5555/a%3Cb%3E%3F%23/c': to('/works/c'),
    '/works/c': (request, response) => {
      accepted.push(request.headers.accept);
      csl(REGISTERED)(request, response);
    },
  });
  const paper = await fetchPasted(doi('10.5555/a<b>?#/c'), context({ port: 1 }, registry));
  expect(paper).toMatchObject({
    is: 'record',
    record: { id: 'doi:10.5555/a<b>?#/c', source: 'publisher', title: REGISTERED.title },
    raw: JSON.stringify(REGISTERED),
  });
  expect(accepted).toEqual([expect.stringContaining('application/vnd.citationstyles.csl+json')]);
});

test('a registry that only leads to a page has the page read, under the DOI', async () => {
  const registry = await serve({ '/10.5555/cells': html(PAGE) });
  const paper = await fetchPasted(doi('10.5555/cells'), context({ port: 1 }, registry));
  expect(paper).toMatchObject({
    record: { id: 'doi:10.5555/cells', source: 'page', title: 'On Cells', abstract: ABSTRACT },
  });
});

test('an agency without metadata is asked for the page', async () => {
  const registry = await serve({
    '/10.5555/cells': (request, response) => {
      if (request.headers.accept === 'text/html') html(PAGE)(request, response);
      else response.writeHead(406).end();
    },
    '/10.5555/never': (_, response) => response.writeHead(406).end(),
  });
  const paper = await fetchPasted(doi('10.5555/cells'), context({ port: 1 }, registry));
  expect(paper).toMatchObject({ record: { id: 'doi:10.5555/cells', source: 'page' } });
  const never = fetchPasted(doi('10.5555/never'), context({ port: 1 }, registry));
  await expect(never).rejects.toMatchObject({ kind: 'status', status: 406 });
  expect(registry.asked).toHaveLength(4);
});

test('a DOI that is not registered, or is none, is refused', async () => {
  const registry = await serve({});
  const ask = (name: string) => fetchPasted(doi(name), context({ port: 1 }, registry));
  await expect(ask('10.5555/none')).rejects.toMatchObject({
    code: 'invalid',
    message: /Nothing is registered under the DOI 10\.5555\/none/,
  });
  await expect(ask('10.5555/../../admin')).rejects.toMatchObject({ code: 'invalid' });
  expect(registry.asked).toEqual(['/10.5555/none']);
});

test('a registry that fails for now is unavailable', async () => {
  const registry = await serve({
    '/10.5555/cells': (_, response) => response.writeHead(503).end(),
  });
  const site = await serve({ '/': html(PAGE) });
  const failing = context(site, registry);
  await expect(fetchPasted(doi('10.5555/cells'), failing)).rejects.toMatchObject({
    code: 'unavailable',
  });
  await expect(fetchPasted(at(`${site.url}/`), failing)).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('the registry is believed before a page, whose abstract counts at the home of the DOI only', async () => {
  const registry = await serve({ '/10.5555/cells': csl(REGISTERED) });
  const site = await serve({ '/cells': html(PAGE) });
  const abroad = await fetchPasted(at(`${site.url}/cells`), context(site, registry));
  expect(abroad).toMatchObject({ record: { id: 'doi:10.5555/cells', title: REGISTERED.title } });
  expect(abroad).not.toHaveProperty('record.abstract');
  const home = `http://journals.example.org:${site.port}/cells`;
  expect(await fetchPasted(at(home), context(site, registry))).toMatchObject({
    record: { id: 'doi:10.5555/cells', title: REGISTERED.title, abstract: ABSTRACT },
  });
});

test('a page that names a DOI that nobody knows speaks for itself', async () => {
  const registry = await serve({});
  const site = await serve({ '/cells': html(PAGE) });
  const paper = await fetchPasted(at(`${site.url}/cells`), context(site, registry));
  expect(paper).toMatchObject({ record: { id: 'page:on-cells', source: 'page' } });
  expect(paper).not.toHaveProperty('record.doi');
  expect(registry.asked).toEqual(['/10.5555/cells']);
});

test('what leads to arXiv is not asked for there', async () => {
  const site = await serve({
    '/moved': to('https://arxiv.org/abs/2502.01441v2'),
    '/named': html('<meta name="citation_arxiv_id" content="2502.01441">'),
    '/10.5555/preprint': to('https://arxiv.org/abs/2502.01441'),
  });
  const arxiv = { is: 'arxiv', id: '2502.01441' };
  expect(await fetchPasted(at(`${site.url}/moved`), context(site))).toEqual(arxiv);
  expect(await fetchPasted(at(`${site.url}/named`), context(site))).toEqual(arxiv);
  expect(await fetchPasted(doi('10.5555/preprint'), context(site, site))).toEqual(arxiv);
});

test('a PDF is refused with what to paste instead', async () => {
  const site = await serve({
    '/paper.pdf': (_, response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.5');
    },
  });
  await expect(fetchPasted(at(`${site.url}/paper.pdf`), context(site))).rejects.toMatchObject({
    code: 'invalid',
    message: /paste the address of the paper's page, not of its PDF\.$/,
  });
});

test.each([
  '/doi/full/10.5555/Cells',
  '/content/10.5555/cells.pdf',
  '/content/10.5555/cellsv2.full.pdf',
  '/doi/10.5555%2Fcells/abstract',
])('a page that keeps programs out is known by the DOI in its address %s', async (path) => {
  const registry = await serve({ '/10.5555/cells': csl(REGISTERED) });
  const site = await serve({ [path]: (_, response) => response.writeHead(403).end() });
  const paper = await fetchPasted(at(`${site.url}${path}`), context(site, registry));
  expect(paper).toMatchObject({ record: { id: 'doi:10.5555/cells', source: 'publisher' } });
});

test('a private address is refused, pasted or named by the registry', async () => {
  const inner = await serve({ '/': html(PAGE) });
  const registry = await serve({ '/10.5555/x': to(`${inner.url}/`) });
  const outside = context({ port: 1 }, registry);
  for (const reference of [at(`${inner.url}/`), at('http://169.254.169.254/'), doi('10.5555/x')]) {
    await expect(fetchPasted(reference, outside)).rejects.toMatchObject({ kind: 'refused' });
  }
  // The mirror of the registry is for DOIs only.
  await expect(fetchPasted(at(`${registry.url}/x`), outside)).rejects.toMatchObject({
    kind: 'refused',
  });
  expect(inner.asked).toEqual([]);
});

test('a page with the title and author of a known paper only fills its gaps', async () => {
  const database = await openTestDatabase();
  const registry = await serve({ '/10.5555/cells': csl({ ...REGISTERED, title: 'On Cells' }) });
  const site = await serve({ '/cells': html(PAGE.replace('10.5555/cells', '10.5555/none')) });
  const save = async (reference: Parameters<typeof fetchPasted>[0]) => {
    const paper = await fetchPasted(reference, context(site, registry));
    if (paper.is !== 'record') throw new Error(paper.is);
    return (await database.transact((tx) => savePapers(tx, [paper])))[0];
  };
  const first = await save(doi('10.5555/cells'));
  expect(first).toMatchObject({ id: 'doi:10.5555/cells', status: 'new' });
  const second = await save(at(`${site.url}/cells`));
  expect(second).toEqual({ key: first?.key, id: 'doi:10.5555/cells', status: 'merged' });
  const paper = await database.read.selectFrom('papers').selectAll().executeTakeFirstOrThrow();
  expect(paper).toMatchObject({
    doi: '10.5555/cells',
    abstract: ABSTRACT,
    record_source: 'publisher',
  });
});
