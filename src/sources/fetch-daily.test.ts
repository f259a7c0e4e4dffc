import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { recordedDays } from '../../tests/fixtures.ts';
import type { Day } from '../base/calendar.ts';
import { fetchDailyUnits } from './fetch-daily.ts';
import type { ImportUnit } from './import-records.ts';

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fetchAll(base: string, from: string, to: string): Promise<ImportUnit[]> {
  const options = { from: from as Day, to: to as Day, contact: 'me@example.org', pauseMs: 0 };
  const units: ImportUnit[] = [];
  for await (const run of fetchDailyUnits(base, options).units) units.push(...run);
  return units;
}

test('each day is asked for with a name and a contact, and taken in order', async () => {
  const days = recordedDays().slice(0, 3);
  const asked: string[] = [];
  const base = await serve((request, response) => {
    const url = new URL(request.url as string, 'http://x');
    asked.push(url.searchParams.get('date') as string);
    expect(request.headers['user-agent']).toMatch(/^Broadsheet\/\S+ \(me@example.org\)$/);
    const day = days.find(({ date }) => date === url.searchParams.get('date'));
    response.end(JSON.stringify(day?.response ?? []));
  });
  const units = await fetchAll(base, '2025-10-01', '2025-10-04');
  expect(asked).toEqual(['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-04']);
  expect(units.map((unit) => unit.records.length)).toEqual([
    ...days.map((day) => day.response.length),
    0,
  ]);
  expect(units[0]?.records[0]?.entry?.origin).toBe(new URL(base).host);
});

test('a long list is asked for page by page', async () => {
  const item = recordedDays()[0]?.response[0];
  const base = await serve((request, response) => {
    const page = Number(new URL(request.url as string, 'http://x').searchParams.get('p'));
    response.end(JSON.stringify(Array.from({ length: page === 0 ? 100 : 20 }, () => item)));
  });
  const [unit] = await fetchAll(base, '2025-10-01', '2025-10-01');
  expect(unit?.records).toHaveLength(120);
});

test('a service that is busy is asked again when it says', async () => {
  let requests = 0;
  const base = await serve((_, response) => {
    requests++;
    if (requests === 1) response.writeHead(429, { 'retry-after': '0' }).end();
    else response.end('[]');
  });
  await fetchAll(base, '2025-10-01', '2025-10-01');
  expect(requests).toBe(2);
});

test.each([
  [404, 'no', /status 404/],
  [200, '<html>', /it is not JSON/],
  [200, '{"error": "x"}', /did not answer with a list/],
])('an answer %i %s ends the import with one sentence', async (status, body, message) => {
  const base = await serve((_, response) => {
    response.writeHead(status).end(body);
  });
  await expect(fetchAll(base, '2025-10-01', '2025-10-01')).rejects.toThrow(message);
});
