// Measures Broadsheet on 100,000 papers, beside a bare Hono server that returns the same bytes:
// npm run bench [-- PAPERS.jsonl[.xz]]    (without a file: papers made out of the demo edition)
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { build } from './build.js';
import { capture, main, ROOT, Stop } from './command.js';
import { ensure } from './ensure.js';
import { importFile, PROGRAM, readDemo, report, statusOf } from './measure.js';

const PAPERS = 100_000;
const LISTED = 50;
const CLOSED = '2025-11-03';
const SAMPLES = 300;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const CONNECTIONS = 10;

const BARE = `
import http from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const body = await new Promise((resolve, reject) => {
  http.get(process.argv[1], { headers: { 'accept-encoding': 'br' } }, async (response) => {
    const parts = [];
    for await (const part of response) parts.push(part);
    resolve(Buffer.concat(parts));
  }).on('error', reject);
});
const headers = { 'content-type': 'text/html; charset=UTF-8', 'content-encoding': 'br' };
const app = new Hono().get('*', (c) => c.body(body, 200, headers));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log('is at http://localhost:' + port));
`;

await main(async () => {
  await ensure();
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-bench-'));
  try {
    await bench(folder, process.argv[2]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

async function bench(folder, given) {
  const settings = {
    BROADSHEET_DATA: folder,
    BROADSHEET_PORT: '0',
    BROADSHEET_LOG_LEVEL: 'error',
    BROADSHEET_DEMO: 'false',
    BROADSHEET_OFFLINE: 'true',
  };
  console.log(`${os.cpus().length} × ${os.cpus()[0].model}, Node ${process.versions.node}\n`);
  const papers = given ?? writePapers(path.join(folder, 'papers.jsonl'));
  const today = new Date().toISOString().slice(0, 10);
  const imported = await importFile(['jsonl', papers], settings);
  report('import: papers a second', Math.round(imported.read / imported.seconds), '5,000 or more');
  report('import: peak resident memory, MB', imported.peakMb, 'under 400');
  await importFile(
    ['daily-papers', writeLists(path.join(folder, 'lists.jsonl'), [CLOSED, today])],
    settings,
  );

  await measureInProcess(settings);

  const server = await startServer(settings);
  try {
    await (await fetch(`${server.url}/papers/date/${CLOSED}`)).arrayBuffer();
    report('resident after the first page, MB', statusOf(server.pid, 'VmRSS'), '150');
    const pages = {
      'closed day page': `/papers/date/${CLOSED}`,
      'open day page': `/papers/date/${today}`,
      'API list': `/api/daily_papers?date=${CLOSED}`,
      'paper page': `/papers/${JSON.parse(readDemo('daily-papers.jsonl.gz')[0]).response[0].paper.id}`,
    };
    for (const [name, address] of Object.entries(pages)) {
      const times = [];
      for (let n = 0; n < SAMPLES; n++) {
        times.push(await timed(async () => (await fetch(server.url + address)).arrayBuffer()));
      }
      report(`${name} over HTTP, p50 / p95 ms`, quantiles(times));
    }
    for (const name of ['closed day page', 'open day page', 'paper page'])
      await compareRates(server.url, name, pages[name]);
  } finally {
    server.stop();
  }
}

async function measureInProcess(settings) {
  const { openApp, createLog } = await import('../dist/app.js');
  const { parseConfig } = await import('../dist/config.js');
  const { createServerApp } = await import('../dist/http/server-app.js');
  for (const [kind, megabytes] of [
    ['uncached', '0'],
    ['cached', '64'],
  ]) {
    const config = parseConfig({ ...settings, BROADSHEET_PAGE_CACHE_MB: megabytes });
    const app = await openApp(config, { log: createLog({ logLevel: 'error' }) });
    const server = createServerApp(app, () => 'http://localhost');
    const pages = {
      'day page of 50': `/papers/date/${CLOSED}`,
      'API list of 50': `/api/daily_papers?date=${CLOSED}`,
    };
    for (const [name, address] of Object.entries(pages)) {
      const times = [];
      for (let n = 0; n < SAMPLES + 50; n++) {
        const ms = await timed(async () => {
          const response = await server.fetch(new Request(`http://localhost${address}`));
          if (response.status !== 200) throw new Stop(`${address} is answered ${response.status}.`);
          await response.arrayBuffer();
        });
        // The first ones warm the compiler up.
        if (n >= 50) times.push(ms);
      }
      const aim = kind === 'uncached' && name.startsWith('day') ? 'p50 under 8' : undefined;
      report(`${name}, ${kind}, in process, p50 / p95 ms`, quantiles(times), aim);
    }
    await app.close();
  }
}

/** Requests a second, counted by a process of its own. */
async function measure(target) {
  const { code, output } = await capture(process.execPath, [
    'node_modules/autocannon/autocannon.js',
    ...['--json', '--no-progress', '-c', String(CONNECTIONS), '-d', String(ROUND_SECONDS)],
    ...['-H', 'accept-encoding=br', target],
  ]);
  const result = JSON.parse(output.slice(output.indexOf('{')));
  if (code !== 0 || result.non2xx + result.errors > 0)
    throw new Stop(`${target} failed under load.`);
  return result.requests.average;
}

/** Rounds of both servers in turn, so that a noisy machine is noisy for both; medians of the rounds. */
async function compareRates(url, name, address) {
  const sample = await fetch(url + address, { headers: { 'accept-encoding': 'br' } });
  const etag = sample.headers.get('etag');
  if (!etag?.endsWith('-br"')) throw new Stop('The sample is not packed.');
  const bare = await startBare(url + address);
  try {
    const ours = [];
    const theirs = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await measure(url + address));
      theirs.push(await measure(bare.url));
    }
    const rate = median(ours);
    const bareRate = median(theirs);
    const kilobytes = Math.ceil(Number(sample.headers.get('content-length')) / 1000);
    report(`${name} of ${kilobytes} kB packed, requests a second`, Math.round(rate));
    report('  bare Hono server with the same bytes', Math.round(bareRate));
    report(
      '  ratio',
      (rate / bareRate).toFixed(2),
      name.startsWith('closed') ? '0.5 or more' : undefined,
    );
  } finally {
    bare.stop();
  }
}

function startBare(address) {
  return startProcess(['--input-type=module', '-e', BARE, address], process.env);
}

function startServer(settings) {
  return startProcess([PROGRAM, 'serve'], { ...process.env, ...settings });
}

function startProcess(args, env) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Stop(`A server ended with ${code}.`)));
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /is at (\S+)/.exec(line)?.[1];
      // Not by name: looking it up would cost the client more than the server works.
      if (url)
        resolve({
          url: url.replace('localhost', '127.0.0.1'),
          pid: child.pid,
          stop: () => child.kill(),
        });
    });
  });
}

/** The demo's papers again and again under other ids and titles: real lengths, real TeX, real names. */
function writePapers(file) {
  const lines = readDemo('arxiv.jsonl.gz').map((line) => JSON.parse(line));
  const output = fs.openSync(file, 'w');
  for (let n = 0; n < PAPERS; n++) {
    const paper = lines[n % lines.length];
    const id = `${2301 + Math.floor(n / 10_000)}.${String(n % 10_000).padStart(5, '0')}`;
    const authors = paper.authors.map((name, index) =>
      (n + index) % 3 === 0 ? `${name} ${n % 997}` : name,
    );
    fs.writeSync(
      output,
      `${JSON.stringify({ ...paper, id, authors, title: `${paper.title} (${n})` })}\n`,
    );
  }
  fs.closeSync(output);
  return file;
}

function writeLists(file, days) {
  const items = readDemo('daily-papers.jsonl.gz').flatMap((line) => JSON.parse(line).response);
  const lists = days.map((date, index) => ({
    date,
    response: items.slice(index * LISTED, (index + 1) * LISTED),
  }));
  fs.writeFileSync(file, lists.map((list) => JSON.stringify(list)).join('\n'));
  return file;
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function quantiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(2);
  return `${at(0.5)} / ${at(0.95)}`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
