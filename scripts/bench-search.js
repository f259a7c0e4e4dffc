// Measures search beside other engines, on the same papers and questions:
// npm run bench:search -- [--corpus FILE]… [--repeat PAPERS] [--size PAPERS]… [--engine NAME]…
//   [--questions COUNT] [--plot FILE.svg]
// The corpora are 10,000 and 100,000 papers, all of those in the files (without files: the demo
// edition's, varied), and with --repeat so many, real ones first and then variants.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { main, ROOT, Stop } from './command.js';
import { ensure } from './ensure.js';

const SIZES = [10_000, 100_000];
const QUESTIONS = 200;
/** The engines that keep everything in JavaScript's heap need it. */
const HEAP_MB = 8_192;

await main(async () => {
  const options = readOptions();
  await ensure();
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-search-'));
  try {
    await bench(folder, options);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

function readOptions() {
  const text = { type: 'string' };
  const texts = { type: 'string', multiple: true };
  const names = {
    corpus: texts,
    size: texts,
    engine: texts,
    repeat: text,
    questions: text,
    plot: text,
  };
  let values;
  try {
    ({ values } = parseArgs({ options: names }));
  } catch (error) {
    throw new Stop(`${error.message}.`);
  }
  return {
    files: values.corpus ?? [],
    sizes: values.size?.map(count),
    repeat: values.repeat && count(values.repeat),
    engines: values.engine,
    questions: values.questions ? count(values.questions) : QUESTIONS,
    plot: values.plot,
  };
}

function count(value) {
  if (!/^[1-9]\d*$/.test(value)) throw new Stop(`"${value}" is no number of papers or questions.`);
  return Number(value);
}

async function bench(folder, options) {
  // They read what was built.
  const { readPool, writeCorpus } = await import('./bench-search/corpus.js');
  const { ENGINES } = await import('./bench-search/engines.js');
  const { renderPlot } = await import('./bench-search/plot.js');
  const { sampleQuestions } = await import('./bench-search/questions.js');
  const { renderTable } = await import('./bench-search/table.js');
  const engines = ENGINES.filter(({ name }) => options.engines?.includes(name) ?? true);
  if (engines.length === 0) {
    throw new Stop(`The engines are ${ENGINES.map(({ name }) => `"${name}"`).join(', ')}.`);
  }
  const pool = await readPool(options.files);
  const all = options.files.length > 0 ? [pool.length] : [];
  const sizes = options.sizes ?? [...SIZES, ...all, ...(options.repeat ? [options.repeat] : [])];
  console.log(
    `${os.cpus().length} × ${os.cpus()[0].model}, Node ${process.versions.node}; ${pool.length.toLocaleString('en')} real papers\n`,
  );
  const figures = [];
  const questions = JSON.stringify(sampleQuestions(pool, options.questions));
  for (const papers of [...new Set(sizes)].sort((a, b) => a - b)) {
    const place = path.join(folder, String(papers));
    fs.mkdirSync(place);
    fs.writeFileSync(path.join(place, 'questions.json'), questions);
    await writeCorpus(path.join(place, 'papers.jsonl'), pool, papers);
    const measured = await measureEngines(engines, place, papers);
    console.log(renderTable(papers, measured).join('\n'));
    figures.push(...measured.map((one) => ({ ...one, papers })));
    fs.rmSync(place, { recursive: true });
  }
  if (options.plot) fs.writeFileSync(options.plot, renderPlot(figures));
}

async function measureEngines(engines, place, papers) {
  const figures = [];
  const built = new Set();
  for (const engine of engines) {
    if (papers > (engine.maxPapers ?? Number.POSITIVE_INFINITY)) continue;
    const index = engine.index ?? engine.name;
    const steps = built.has(index)
      ? [['ask']]
      : engine.isInMemory
        ? [['build', 'ask']]
        : [['build'], ['ask']];
    built.add(index);
    const parts = [];
    for (const step of steps) parts.push(await measureInChild(engine.name, place, step));
    figures.push(Object.assign({}, ...parts));
  }
  return figures;
}

function measureInChild(name, place, steps) {
  const child = fork(
    path.join(ROOT, 'scripts', 'measure-search-engine.js'),
    [name, place, ...steps],
    {
      cwd: ROOT,
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Stop(`Measuring ${name} ended with ${code}.`)));
  });
}
