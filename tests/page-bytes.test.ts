// What the largest page of every day costs a reader who has nothing of it yet, in bytes as they are sent.
import { expect, test } from 'vitest';
import type { Day } from '../src/base/calendar.ts';
import { dailyUnits } from '../src/sources/import-files.ts';
import { importRecords } from '../src/sources/import-records.ts';
import { openRejects } from '../src/sources/rejects.ts';
import { recordedDays } from './fixtures.ts';
import { openTestServer, type TestServer, URL_OF_TESTS } from './test-server.ts';

const PAPERS = 50;
const DAY = '2025-11-03' as Day;
/** What Chromium asks for. */
const ACCEPTED = { 'accept-encoding': 'gzip, deflate, br, zstd' };

const MAX_TEXT_BYTES = 60_000;
const MAX_SCRIPT_BYTES = 15_000;
const MAX_FONT_BYTES = 60_000;

/** A day of so many papers with the abstracts and votes that real days had. */
async function openFullDay(): Promise<TestServer> {
  const server = await openTestServer();
  const response = recordedDays()
    .flatMap((day) => day.response)
    .slice(0, PAPERS);
  const lines = (async function* () {
    yield [JSON.stringify({ date: DAY, response })];
  })();
  const rejects = openRejects(server.app.config.dataDir, 'test');
  const units = dailyUnits(lines, 'huggingface', undefined);
  await importRecords(server.app.database, units, { checkpointId: undefined, rejects });
  rejects.close();
  return server;
}

/** The addresses of everything that a browser fetches with the page, whatever its medium; links that one follows are none. */
function subresourcesOf(html: string): string[] {
  const tags = [
    ...html.matchAll(/<(?:link|script|img|source|video|audio|iframe|embed|object|use)\b[^>]*>/g),
  ];
  const inHtml = tags
    .map(([tag]) => tag)
    .filter(
      (tag) =>
        !tag.startsWith('<link') ||
        /rel="(?:stylesheet|preload|modulepreload|icon|manifest)"/.test(tag),
    )
    .map((tag) => /\s(?:href|src|data|poster)="([^"]+)"/.exec(tag)?.[1])
    .filter((address) => address !== undefined);
  const inStyles = [...html.matchAll(/url\("?([^")]+)"?\)/g)].map(
    ([, address]) => address as string,
  );
  return [...new Set([...inHtml, ...inStyles])];
}

/** With the modules that scripts import, by the length of what is sent. */
async function weigh(server: TestServer, addresses: string[]): Promise<Map<string, number>> {
  const bytes = new Map<string, number>();
  const wanted = [...addresses];
  for (let address = wanted.pop(); address !== undefined; address = wanted.pop()) {
    if (bytes.has(address)) continue;
    const response = await server.get(address, ACCEPTED);
    expect([address, response.status]).toEqual([address, 200]);
    bytes.set(address, (await response.arrayBuffer()).byteLength);
    if (!address.endsWith('.js')) continue;
    const source = await (await server.get(address)).text();
    const imported = [...source.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
    wanted.push(
      ...imported.map(([, name]) => new URL(name as string, URL_OF_TESTS + address).pathname),
    );
  }
  return bytes;
}

test('a day page of 50 papers is light, with its styles, scripts and fonts', async () => {
  const server = await openFullDay();
  const path = `/papers/date/${DAY}`;
  const html = await (await server.get(path)).text();
  expect(html.match(/<article\b/g)).toHaveLength(PAPERS);
  const addresses = subresourcesOf(html);
  expect(addresses.filter((address) => !/^(?:\/(?!\/)|data:)/.test(address))).toEqual([]);
  const bytes = await weigh(
    server,
    addresses.filter((address) => address.startsWith('/')),
  );
  const sumOf = (ending: RegExp) =>
    [...bytes].filter(([address]) => ending.test(address)).reduce((sum, [, one]) => sum + one, 0);
  const page = (await (await server.get(path, ACCEPTED)).arrayBuffer()).byteLength;
  const scripts = sumOf(/\.js$/);
  const fonts = sumOf(/\.woff2$/);
  // Nothing is measured where nothing is found.
  expect([page > 10_000, scripts > 0, fonts > 0]).toEqual([true, true, true]);
  expect(scripts).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
  expect(fonts).toBeLessThanOrEqual(MAX_FONT_BYTES);
  expect(page + scripts + sumOf(/\.css$/)).toBeLessThanOrEqual(MAX_TEXT_BYTES);
});
