// A registry of DOIs and a site with pages of papers, for tests that paste their addresses.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export type PaperPages = {
  /** For an instance that may fetch from here. */
  settings: Record<string, string>;
  url: string;
  /** How often each path was asked for. */
  asked: Map<string, number>;
  /** How long each answer takes. */
  delayMs: number;
  /** Answers 503 until it is false again. */
  isDown: boolean;
};

/**
 * Every DOI 10.5555/number-… is registered, every page /page/… is of a paper, /secret leads to a private
 * address, and nothing else is here.
 */
export async function startPaperPages(): Promise<PaperPages> {
  const pages: PaperPages = { settings: {}, url: '', asked: new Map(), delayMs: 0, isDown: false };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    pages.asked.set(path, (pages.asked.get(path) ?? 0) + 1);
    if (pages.delayMs > 0) await sleep(pages.delayMs);
    if (pages.isDown) return response.writeHead(503).end();
    const doi = /^\/(10\.5555\/number-\w+)$/.exec(path)?.[1];
    const name = /^\/page\/(\w+)$/.exec(path)?.[1];
    if (path === '/secret') {
      return response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    }
    if (doi) {
      response.writeHead(200, { 'content-type': 'application/vnd.citationstyles.csl+json' });
      return response.end(
        JSON.stringify({
          title: `Registered as ${doi}`,
          author: [{ given: 'Ada', family: `Lovelace${doi.slice(-3)}` }],
          issued: { 'date-parts': [[2025, 10, 27]] },
        }),
      );
    }
    if (!name) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    return response.end(`<meta name="citation_title" content="The page of ${name}">
      <meta name="citation_author" content="Ada Lovelace">
      <meta name="citation_publication_date" content="2025/10/27">`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  pages.url = `http://127.0.0.1:${port}`;
  pages.settings = {
    BROADSHEET_DOI_URL: pages.url,
    BROADSHEET_PRIVATE_HOSTS: `127.0.0.1:${port}`,
  };
  return pages;
}
