import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { renderTexText } from '../base/tex/tex.ts';
import type { Embedder } from '../embeddings/embedder.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import { FUSED_DEPTH } from '../search/fuse.ts';
import { type Scored, textConditionsOf, whereOf } from '../search/index/ask-table.ts';
import type { IndexedText } from '../search/index/index-row.ts';
import { indexTexts, type TextIndex } from '../search/index/index-texts.ts';
import { loadLance } from '../search/index/lance.ts';
import { probesFor } from '../search/index/papers-table.ts';
import {
  type EvaluatedEngine,
  type Evaluation,
  evaluate,
  MIN_DEPTH,
  type Ranked,
} from '../search/quality/evaluate.ts';
import { measureNearness, renderNearness } from '../search/quality/nearness.ts';
import { readTestSet, type TestSet } from '../search/quality/read-test-set.ts';
import { presentEvaluation, renderEvaluation } from '../search/quality/render-evaluation.ts';
import { renderTrecQrels, renderTrecRun } from '../search/quality/trec-run.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import { rank } from '../search/rank.ts';
import { loadConfig, print, withExamples } from './command.ts';
import { createProgress } from './progress.ts';
import { beforeStop } from './stop-signal.ts';

/** Long enough that no answer is cut short: quality is measured here, not speed. */
const TIMEOUT_MS = 60_000;
/** Candidates a side of the run that shows what the product's own depth loses. */
const DEEP = 1_000;

type EvalOptions = {
  split: string;
  depth: number;
  run?: string;
  json?: boolean;
  nearness?: boolean;
};

export function addEvalCommand(program: Command): void {
  withExamples(
    program
      .command('eval <folder>')
      .description('measure how well search finds, on a test set in the layout of BEIR')
      .option(
        '--split <name>',
        'the judgements to measure by: qrels/<name>.tsv',
        splitArgument,
        'test',
      )
      .option(
        '--depth <count>',
        `how many results a query gets, ${MIN_DEPTH} to ${FUSED_DEPTH}`,
        depthArgument,
        MIN_DEPTH,
      )
      .option('--run <file>', 'write TREC runs: the fused one into FILE, the others beside it')
      .option('--nearness', 'measure instead from which cosine on papers are near in meaning')
      .option('--json', 'print the means as JSON')
      .addHelpText('after', HELP)
      .action(evaluateFolder),
    [
      'eval scifact',
      'eval scifact --split train --json',
      'eval scifact --run scifact.run',
      'eval scifact --split train --nearness',
    ],
  );
}

const HELP = `
The folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv. Its documents are indexed as papers
are; nothing is stored. Measured are the order by words, by meaning, and fused as readers see it;
"reference" is a plain BM25 to compare with, "deep" is fused out of 1,000 candidates a side, where
pages take ${FUSED_DEPTH}. Means are over all judged queries.

--nearness compares every query with every document: which share of the relevant ones has a cosine of so
much or more, and how many others of a thousand; for BROADSHEET_SEARCH_NEAR_FROM.

--run writes FILE (fused), FILE.words, FILE.meaning, FILE.deep, FILE.reference and FILE.qrels:
  $ trec_eval -c -m ndcg_cut.10 -m recall.100 FILE.qrels FILE
  $ trec_eval -c -M 10 -m recip_rank FILE.qrels FILE`;

async function evaluateFolder(folder: string, options: EvalOptions): Promise<void> {
  const set = await readTestSet(folder, options.split);
  const config = loadConfig();
  const embedder = await openEmbedder(config);
  if (options.nearness) return printNearness(set, embedder, options.json);
  const place = makePlace();
  try {
    const ids: string[] = [];
    const indexing = createProgress('Indexing', 'documents', options.json);
    const index = await indexTexts(place.folder, renderedTexts(set, ids), embedder, (done) =>
      indexing.update(done),
    ).finally(() => indexing.stop());
    try {
      const engine = engineOn(index, { ids, embedder, weight: config.search.meaningWeight });
      const asking = createProgress('Asking', 'queries', options.json);
      const evaluation = await evaluate(set, engine, {
        depth: options.depth,
        onQuery: (done) => asking.update(done, done / set.queries.length),
      }).finally(() => asking.stop());
      if (options.run) writeRuns(evaluation, options.run);
      print(presentEvaluation(evaluation), renderEvaluation(evaluation), options.json);
    } finally {
      await index.close();
    }
  } finally {
    place.remove();
    await embedder.close();
  }
}

async function printNearness(set: TestSet, embedder: Embedder, isJson?: boolean): Promise<void> {
  const comparing = createProgress('Comparing', 'documents', isJson);
  try {
    const nearness = await measureNearness(set, embedder, (done) => comparing.update(done)).finally(
      () => comparing.stop(),
    );
    print(nearness, renderNearness(nearness), isJson);
  } finally {
    await embedder.close();
  }
}

/** A folder for the index, which does not outlive this process even when a signal ends it. */
function makePlace(): { folder: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-texts-'));
  // What is still being written may come back while it is removed.
  const removeFolder = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const callOff = beforeStop(removeFolder);
  return {
    folder,
    remove() {
      callOff();
      removeFolder();
    },
  };
}

/** As papers come into the index; puts the ids behind `ids`. */
async function* renderedTexts(set: TestSet, ids: string[]): AsyncGenerator<IndexedText> {
  for await (const { id, title, abstract } of set.documents()) {
    ids.push(id);
    yield { title: renderTexText(title), abstract: renderTexText(abstract) };
  }
}

/** Asks as the pages do, but without a limit of time that the machine could miss. */
function engineOn(
  index: TextIndex,
  { ids, embedder, weight }: { ids: string[]; embedder: Embedder; weight: number },
): EvaluatedEngine {
  const ranked = (found: Scored[]): Ranked[] =>
    found.map(({ key, score }) => ({ id: ids[key] as string, score }));
  return {
    async rank(text) {
      const query = parseQuery(text);
      const { lancedb } = await loadLance();
      const where = whereOf(query);
      const asked = {
        words: query.words,
        text: textConditionsOf(lancedb, query),
        where,
        async embed(signal: AbortSignal) {
          const [vector] = await embedder.embed([query.words], 'query', signal);
          return vector?.some((value) => value !== 0) ? vector : undefined;
        },
        probes: probesFor(index.trainedRows, where !== undefined),
        weight,
        timeoutMs: TIMEOUT_MS,
      };
      const { words, meaning, fused } = await rank(index.table, asked);
      const deep = await rank(index.table, { ...asked, depth: DEEP });
      return {
        words: ranked(words),
        meaning: ranked(meaning),
        fused: ranked(fused),
        deep: ranked(deep.fused),
      };
    },
  };
}

function writeRuns({ runs, queries }: Evaluation, file: string): void {
  for (const run of runs) {
    const name = run.name === 'fused' ? file : `${file}.${run.name}`;
    fs.writeFileSync(name, [...renderTrecRun(run, queries)].join(''));
  }
  fs.writeFileSync(`${file}.qrels`, [...renderTrecQrels(queries)].join(''));
}

function splitArgument(text: string): string {
  if (/^[\w-]+$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Write the name of a file in qrels/ without its ending: test or train.',
  );
}

function depthArgument(text: string): number {
  const depth = Number(text);
  if (Number.isInteger(depth) && depth >= MIN_DEPTH && depth <= FUSED_DEPTH) return depth;
  throw new InvalidArgumentError(`Write a whole number from ${MIN_DEPTH} to ${FUSED_DEPTH}.`);
}
