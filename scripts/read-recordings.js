// Replays recorded answers of arXiv (and of another OAI-PMH server) over a local HTTP server and says
// what is read of each: node scripts/read-recordings.js FOLDER
// FOLDER holds arxiv_oai, arxiv_rss, arxiv_atom and oai_generic; a file is the answer itself, or wraps it in JSON
// or YAML with its status. What cannot be read must fail as a SourceFailure; anything else is exit code 1.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { build } from './build.js';
import { main, Stop } from './command.js';
import { ensure } from './ensure.js';

await main(async () => {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Stop('Name the folder of recordings.');
  await ensure();
  await build();
  const { askOutside, SourceFailure } = await import('../dist/sources/outside-request.js');
  const { parseApiPage } = await import('../dist/sources/arxiv/api.js');
  const { parseFeed } = await import('../dist/sources/arxiv/feed.js');
  const { parseOaiPage } = await import('../dist/sources/arxiv/oai.js');
  const kinds = {
    arxiv_oai: parseOaiPage,
    arxiv_rss: parseFeed,
    arxiv_atom: parseApiPage,
    oai_generic: parseOaiPage,
  };
  let answer = { status: 200, body: '' };
  const server = http.createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const options = { contact: '', accept: 'text/xml', timeoutMs: 10_000, maxBytes: 32 * 1024 ** 2 };
  let defects = 0;
  for (const [kind, parse] of Object.entries(kinds)) {
    for (const recording of recordingsIn(path.join(folder, kind))) {
      answer = recording;
      let told;
      try {
        told = describe(await askOutside(url, options, ({ body }) => parse(body)));
      } catch (error) {
        const isExpected = error instanceof SourceFailure;
        if (!isExpected) defects++;
        told = isExpected ? `${error.kind}: ${error.message.replace(url, 'it')}` : error.stack;
      }
      console.log(`${kind.padEnd(12)} ${recording.name.slice(0, 48).padEnd(48)} ${told}`);
    }
  }
  server.closeAllConnections();
  server.close();
  if (defects > 0) throw new Stop(`${defects} answers failed in ways that are not foreseen.`);
});

function describe(page) {
  const parts = [`${(page.records ?? page.entries).length} records`];
  if (page.rejected.length > 0) parts.push(`${page.rejected.length} rejected`);
  if (page.deleted?.length > 0) parts.push(`${page.deleted.length} deleted`);
  if (page.resumptionToken) parts.push('goes on');
  if (page.isTokenRefused) parts.push('token refused');
  return parts.join(', ');
}

function* recordingsIn(folder) {
  if (!fs.existsSync(folder)) throw new Stop(`${folder} is not there.`);
  for (const name of fs.readdirSync(folder).sort()) {
    const file = path.join(folder, name);
    if (fs.statSync(file).isDirectory()) continue;
    const text = fs.readFileSync(file, 'utf8');
    for (const { status, body } of unwrap(name, text)) yield { name, status, body };
  }
}

function unwrap(name, text) {
  if (name.endsWith('.json')) {
    return [JSON.parse(text)].flat().map((item) => ({
      status: item.status ?? item.status_code ?? 200,
      body: item.response ?? item.body ?? '',
    }));
  }
  if (!name.endsWith('.yaml')) return [{ status: 200, body: text }];
  // One block scalar an answer, indented by eight.
  return text
    .split(/\n- request:/)
    .slice(1)
    .map((part) => ({
      status: Number(/\n {4}status: (\d+)/.exec(part)?.[1] ?? 200),
      body: (/content: [|>]-?\n([\s\S]*?)\n {2}recorded_at/.exec(part)?.[1] ?? '')
        .replace(/^ {8}/gm, '')
        .trimStart(),
    }));
}
