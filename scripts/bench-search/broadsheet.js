// Broadsheet itself: the papers imported into SQLite, the index as the program keeps it, and questions
// as its pages ask them, words and meaning fused. The time of the index is without the import.
import fs from 'node:fs';
import path from 'node:path';
import { openApp } from '../../dist/app.js';
import { parseConfig } from '../../dist/config.js';
import { openEmbedder } from '../../dist/embeddings/open-embedder.js';
import { createServerApp } from '../../dist/http/server-app.js';
import { askVector, whereOf } from '../../dist/search/index/ask-table.js';
import { createIndexReader } from '../../dist/search/index/index-reader.js';
import { openKeeper } from '../../dist/search/index/keep-index.js';
import { probesFor } from '../../dist/search/index/papers-table.js';
import { parseQuery } from '../../dist/search/query/parse-query.js';
import { Stop } from '../command.js';
import { importFile } from '../measure.js';
import { RESULTS } from './engine.js';

/** Of so many nearest vectors the share is counted that the index finds. */
const RECALLED = 50;
const TIMEOUT_MS = 10_000;
const SETTINGS = {
  BROADSHEET_DEMO: 'false',
  BROADSHEET_OFFLINE: 'true',
  BROADSHEET_LOG_LEVEL: 'error',
  // A question that is slow must be measured, not cut off.
  BROADSHEET_SEARCH_TIMEOUT_MS: String(TIMEOUT_MS),
};

export const broadsheet = {
  name: 'broadsheet',
  async prepare(folder) {
    const report = await importFile(
      ['jsonl', path.join(folder, 'papers.jsonl')],
      settingsFor(folder),
    );
    // A few of them may be one work under two titles.
    if (report.new < report.read * 0.99) throw new Stop(`Only ${report.new} papers came in.`);
  },
  async build(folder) {
    const app = await openInstance(folder);
    const { config, database } = app;
    const embedder = await openEmbedder(config);
    const keeper = await openKeeper({ uri: config.search.uri, database }, embedder, {
      signal: new AbortController().signal,
      onTrouble: (problem) => {
        throw new Stop(problem);
      },
    });
    await keeper.ensure();
    await keeper.close();
    await embedder.close();
    await app.close();
    return { bytes: sizeOf(config.search.uri) };
  },
  async open(folder) {
    const app = await openInstance(folder);
    const { database, search } = app;
    const server = createServerApp(app, () => 'http://localhost');
    const ask = (text) => askQuery(parseQuery(text));
    const askQuery = async (query) => {
      const found = await search.search(query, {
        sort: 'relevance',
        offset: 0,
        limit: RESULTS,
        isForPage: false,
      });
      // Words that the embedder does not know have no vector, and that is part of the figures.
      if (found.trouble === 'late' || found.trouble === 'no index') {
        throw new Stop(`A question was not answered in full: ${found.trouble}.`);
      }
      return found.keys;
    };
    return {
      short: ({ text }) => ask(text),
      title: ({ text }) => ask(text),
      filtered: (question) => askQuery(queryOfFiltered(question)),
      suggestion: ({ text }) => search.suggest(text),
      similar: async ({ id }) => search.similar(await keyOf(database, id), RESULTS),
      idsOf: (found) => idsOf(database, found),
      vectorRecall: (questions) => measureRecall(app, questions),
      async request(address) {
        const response = await server.fetch(new Request(`http://localhost${address}`));
        await response.arrayBuffer();
        if (response.status !== 200) throw new Stop(`${address} was answered ${response.status}.`);
      },
      close: () => app.close(),
    };
  },
};

/** Those of the embedder as the shell has them. */
function settingsFor(folder) {
  const embedder = Object.entries(process.env).filter(([name]) =>
    name.startsWith('BROADSHEET_EMBEDDER'),
  );
  return {
    ...SETTINGS,
    ...Object.fromEntries(embedder),
    BROADSHEET_DATA: path.join(folder, 'broadsheet'),
  };
}

function openInstance(folder) {
  return openApp(parseConfig(settingsFor(folder)));
}

async function keyOf(database, id) {
  const { key } = await database.read
    .selectFrom('papers')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return key;
}

async function idsOf(database, keys) {
  if (keys.length === 0) return [];
  const rows = await database.read
    .selectFrom('papers')
    .select(['id', 'key'])
    .where('key', 'in', keys)
    .execute();
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  return keys.map((key) => ids.get(key));
}

/** Against a comparison with every vector: of whole titles, and of questions with filters. */
async function measureRecall({ config, database }, questions) {
  const reader = createIndexReader(config.search.uri, database);
  const { table, entry } = await reader.current();
  const embedder = await openEmbedder(config);
  const shareFound = async (queries) => {
    let found = 0;
    let nearest = 0;
    for (const query of queries) {
      const [vector] = await embedder.embed([query.words], 'query');
      // Words that the embedder does not know.
      if (vector.every((value) => value === 0)) continue;
      const where = whereOf(query);
      const asked = { vector, where, limit: RECALLED, timeoutMs: TIMEOUT_MS };
      const probes = probesFor(entry.trained_rows, where !== undefined);
      const exact = await askVector(table, { ...asked, probes: 'all' });
      const probed = await askVector(table, { ...asked, probes });
      const keys = new Set(probed.map(({ key }) => key));
      nearest += exact.length;
      found += exact.filter(({ key }) => keys.has(key)).length;
    }
    return found / nearest;
  };
  const recall = {
    plain: await shareFound(questions.title.map(({ text }) => parseQuery(text))),
    filtered: await shareFound(questions.filtered.map(queryOfFiltered)),
  };
  await embedder.close();
  await reader.close();
  return recall;
}

function queryOfFiltered({ text, category, after }) {
  return parseQuery(`${text} cat:${category} after:${after}`);
}

function sizeOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size, 0);
}
