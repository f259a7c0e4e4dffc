// Compares ways of indexing the vectors of papers, made as the search index makes its own:
// node scripts/measure-vector-index.js [--corpus FILE]… [--size PAPERS] [--questions COUNT]
//   [--way NAME]…
// Questions are whole titles, each for its 200 nearest papers; "finds" is against every vector.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { main } from './command.js';
import { ensure } from './ensure.js';

const PAPERS = 100_000;
const QUESTIONS = 200;
const NEAREST = 200;
const TIMEOUT_MS = 60_000;

await main(async () => {
  const text = { type: 'string' };
  const texts = { type: 'string', multiple: true };
  const { values } = parseArgs({
    options: { corpus: texts, way: texts, size: text, questions: text },
  });
  await ensure();
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-vectors-'));
  try {
    await measure(folder, {
      files: values.corpus ?? [],
      names: values.way,
      papers: Number(values.size ?? PAPERS),
      count: Number(values.questions ?? QUESTIONS),
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

async function measure(folder, { files, names, papers, count }) {
  // They read what was built.
  const { readPool, writeCorpus } = await import('./bench-search/corpus.js');
  const { sampleQuestions, WARM_UP } = await import('./bench-search/questions.js');
  const { loadLance } = await import('../dist/search/index/lance.js');
  const { openEmbedder } = await import('../dist/embeddings/open-embedder.js');
  const { parseConfig } = await import('../dist/config.js');
  const { Index } = (await loadLance()).lancedb;
  const embedder = await openEmbedder(parseConfig({ BROADSHEET_DATA: folder }));
  const pool = await readPool(files);
  const corpus = path.join(folder, 'papers.jsonl');
  await writeCorpus(corpus, pool, papers);
  const table = await fillTable(folder, corpus, embedder);
  const titles = sampleQuestions(pool, count).title.map(({ text }) => text);
  const questions = await embedder.embed(titles, 'query');

  const partitions = Math.round(Math.sqrt(papers));
  const common = { numPartitions: partitions, distanceType: 'dot' };
  const ways = [
    ['whole numbers (IVF_FLAT)', 'vector', Index.ivfFlat(common)],
    ['half-length numbers (IVF_FLAT)', 'half', Index.ivfFlat(common)],
    ['8 bits a number (IVF_RQ)', 'vector', Index.ivfRq({ ...common, numBits: 8 })],
    ['4 bits (IVF_RQ)', 'vector', Index.ivfRq({ ...common, numBits: 4 })],
    ['1 bit (IVF_RQ)', 'vector', Index.ivfRq({ ...common, numBits: 1 })],
    ['product quantisation (IVF_PQ)', 'vector', Index.ivfPq({ ...common, numSubVectors: 64 })],
  ];
  const ask = async (column, vector, probes) => {
    const query = table.vectorSearch(vector).column(column).distanceType('dot').limit(NEAREST);
    const limited = probes ? query.nprobes(probes) : query.bypassVectorIndex();
    const found = await limited.select(['key', '_distance']).toArrow({ timeoutMs: TIMEOUT_MS });
    return found.toArray().map(({ key }) => key);
  };
  const exact = [];
  for (const vector of questions) exact.push(await ask('vector', vector));

  const probes = Math.ceil(partitions * 0.3);
  console.log(
    `${papers.toLocaleString('en')} papers, ${partitions} partitions, ${probes} of them looked into\n`,
  );
  console.log('| numbers | made in s | MB | p50 / p95 ms | finds of 50 | of 200 |');
  console.log('| --- | --: | --: | --: | --: | --: |');
  for (const [name, column, config] of ways) {
    if (names && !names.some((part) => name.includes(part))) continue;
    const startedAt = performance.now();
    await table.createIndex(column, { config, name: 'measured' });
    const seconds = (performance.now() - startedAt) / 1000;
    const { sizeBytes } = (await table.listIndices()).find((index) => index.name === 'measured');
    const times = [];
    const found = { 50: 0, [NEAREST]: 0 };
    for (const [at, vector] of questions.entries()) {
      const askedAt = performance.now();
      const keys = await ask(column, vector, probes);
      if (at >= WARM_UP) times.push(performance.now() - askedAt);
      for (const depth of [50, NEAREST]) {
        const near = new Set(keys.slice(0, depth));
        found[depth] += exact[at].slice(0, depth).filter((key) => near.has(key)).length;
      }
    }
    times.sort((a, b) => a - b);
    const quantile = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1);
    const percent = (depth) => `${((found[depth] / questions.length / depth) * 100).toFixed(1)} %`;
    console.log(
      `| ${name} | ${seconds.toFixed(1)} | ${Math.round(sizeBytes / 1e6)} | ${quantile(0.5)} / ${quantile(0.95)} | ${percent(50)} | ${percent(NEAREST)} |`,
    );
    await table.dropIndex('measured');
  }
  table.close();
  await embedder.close();
}

/** A table of the search index's own form, with the vectors again in half the length. */
async function fillTable(folder, corpus, embedder) {
  const { connect } = await import('../dist/search/index/lance.js');
  const { addRows, createPapersTable } = await import('../dist/search/index/papers-table.js');
  const { rowOfText, textOf } = await import('../dist/search/index/index-row.js');
  const { readBatches } = await import('./bench-search/corpus.js');
  const table = await createPapersTable(
    await connect(path.join(folder, 'index')),
    'papers',
    embedder.dimensions,
  );
  let key = 0;
  for await (const papers of readBatches(corpus)) {
    const rows = papers.map((paper) => ({ ...rowOfText(paper), key: key++ }));
    const vectors = await embedder.embed(rows.map(textOf), 'document');
    await addRows(
      table,
      rows.map((row, at) => ({ ...row, vector: vectors[at] })),
      embedder.dimensions,
    );
  }
  await table.addColumns([
    {
      name: 'half',
      valueSql: `arrow_cast(vector, 'FixedSizeList(${embedder.dimensions}, Float16)')`,
    },
  ]);
  await table.optimize();
  return table;
}
