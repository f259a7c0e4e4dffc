import fs from 'node:fs';
import os from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { AppError, messageOf } from '../base/errors.ts';
import { encodeModel, type Model, readModel } from '../embeddings/static/model-file.ts';
import { BUILT_IN_MODEL } from '../embeddings/static/open-static-embedder.ts';
import { embedText } from '../embeddings/static/static-embedder.ts';
import { MAX_UNITS } from '../embeddings/static/vocabulary.ts';
import {
  type BuiltCorpus,
  buildCorpus,
  DEFAULT_CORPUS,
  type TrainingText,
} from '../embeddings/training/corpus.ts';
import { measureHeldOut } from '../embeddings/training/measure.ts';
import { DEFAULT_TRAINING, trainVectors } from '../embeddings/training/train.ts';
import { print, withExamples } from './command.ts';
import { openInput } from './input.ts';
import { createProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

export function addModelCommand(program: Command): void {
  const group = program
    .command('model')
    .description('the word vectors that search by meaning uses');
  withExamples(
    group
      .command('train <files...>')
      .description('learn a model from titles and abstracts')
      .requiredOption('--out <file>', 'where the model goes')
      .option('--rounds <count>', 'passes over the papers', count(1, 1000), DEFAULT_TRAINING.rounds)
      .option(
        '--dimensions <count>',
        'numbers in a vector, a multiple of 8',
        dimensionsArgument,
        DEFAULT_TRAINING.dimensions,
      )
      .option(
        '--units <count>',
        'words and pairs that get a vector',
        count(1000, MAX_UNITS),
        DEFAULT_CORPUS.units,
      )
      .option(
        '--pairs <count>',
        'how many of them are pairs of words',
        count(0, MAX_UNITS),
        DEFAULT_CORPUS.pairs,
      )
      .option(
        '--threads <count>',
        'threads that learn',
        count(1, 64),
        Math.min(os.availableParallelism(), 8),
      )
      .option('--seed <number>', 'what chance begins with', count(0, 2 ** 31 - 1), 1)
      .option('--checkpoint <file>', 'what is kept for going on after a break (default: OUT.part)')
      .option('--json', 'print the result as JSON')
      .addHelpText('after', HELP)
      .action(train),
    [
      'model train arxiv-metadata-oai-snapshot.json --out model.bin',
      'model train export/papers.jsonl more.jsonl.xz --out model.bin --rounds 20',
    ],
  );
  withExamples(
    group
      .command('info [file]')
      .description('what a model holds and how it was made; by default the built-in one')
      .option('--speed <papers>', 'also measure how fast it embeds the papers of a file')
      .option('--json', 'print it as JSON')
      .action(showInfo),
    ['model info', 'model info model.bin --json', 'model info --speed papers.jsonl.xz'],
  );
}

const HELP = `
A file holds JSON lines with "title" and "abstract", plain or packed with gzip or xz: arXiv's snapshot
of its metadata, or the papers of "broadsheet export". Stopped with Ctrl-C, the same command goes on
where it was. The same files and options give the same model, with any number of threads. Use it by
setting BROADSHEET_EMBEDDER_MODEL to its file.`;

type TrainOptions = {
  out: string;
  rounds: number;
  dimensions: number;
  units: number;
  pairs: number;
  threads: number;
  seed: number;
  checkpoint?: string;
  json?: boolean;
};

async function train(files: string[], options: TrainOptions): Promise<void> {
  if (options.pairs >= options.units) {
    throw new AppError('invalid', '--pairs has to be below --units: words need vectors first.');
  }
  const stopping = new AbortController();
  stopSignal().then((signal) => stopping.abort(new Interrupted(signal)));
  const checkpointFile = options.checkpoint ?? `${options.out}.part`;
  checkWritable(options.out);
  const startedAt = Date.now();
  try {
    const built = await readCorpus(files, options, stopping.signal);
    const vectors = await learn(built, options, checkpointFile, stopping.signal);
    const papers = built.corpus.paperStarts.length - 1;
    const bytes = encodeModel(built.vocabulary, vectors, options.dimensions, {
      papers,
      heldOut: built.heldOut.length,
      rounds: options.rounds,
      seed: options.seed,
    });
    fs.writeFileSync(`${options.out}.new`, bytes);
    fs.renameSync(`${options.out}.new`, options.out);
    fs.rmSync(checkpointFile, { force: true });
    const figure = measureHeldOut(readModel(options.out), built.heldOut);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const number = (value: number) => value.toLocaleString('en');
    print(
      { out: options.out, bytes: bytes.length, papers, seconds, heldOut: figure },
      [
        `Learned from ${number(papers)} papers in ${number(seconds)} s; the model is ${options.out}, ${number(bytes.length)} bytes.`,
        `${number(figure.titles)} titles find their abstracts among ${number(figure.abstracts)} that were held out with MRR@10 ${figure.mrrAt10.toFixed(4)}.`,
      ],
      options.json,
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const isKept = fs.existsSync(checkpointFile);
    process.stderr.write(
      isKept
        ? `Stopped. What was learned is in ${checkpointFile}: give the same command again to go on.\n`
        : 'Stopped before anything was learned: give the same command again to begin anew.\n',
    );
    process.exitCode = 1;
  }
}

class Interrupted extends Error {}

/** Better told now than after an hour. */
function checkWritable(file: string): void {
  try {
    fs.closeSync(fs.openSync(`${file}.new`, 'w'));
    fs.rmSync(`${file}.new`);
  } catch (error) {
    throw new AppError(
      'invalid',
      `${file} cannot be written (${messageOf(error)}): name another file with --out.`,
      error,
    );
  }
}

async function readCorpus(
  files: string[],
  options: TrainOptions,
  signal: AbortSignal,
): Promise<BuiltCorpus> {
  const inputs = files.map((file) => openInput(file));
  const totalBytes = inputs.reduce((sum, input) => sum + (input.totalBytes ?? Number.NaN), 0);
  const progress = createProgress('Reading', 'papers', options.json);
  const texts = async function* () {
    for (const input of inputs) {
      for await (const lines of input.lines()) {
        signal.throwIfAborted();
        for (const line of lines) {
          const text = textOfLine(line);
          if (text) yield text;
        }
      }
    }
  };
  try {
    return await buildCorpus(texts(), {
      units: options.units,
      pairs: options.pairs,
      heldOutOf: DEFAULT_CORPUS.heldOutOf,
      onPaper: (papers) => {
        const read = inputs.reduce((sum, input) => sum + input.bytesRead(), 0);
        progress.update(papers, totalBytes > 0 ? read / totalBytes : undefined);
      },
    });
  } finally {
    progress.stop();
    for (const input of inputs) input.close();
  }
}

/** Shorter ones are "Withdrawn" and the like. */
const MIN_ABSTRACT = 100;

/** Undefined for a line that is no paper with an abstract. */
function textOfLine(line: string | undefined): TrainingText | undefined {
  if (!line) return undefined;
  let paper: { title?: unknown; abstract?: unknown } | null;
  try {
    paper = JSON.parse(line);
  } catch {
    return undefined;
  }
  const title = paper?.title;
  const abstract = paper?.abstract;
  if (typeof title !== 'string' || typeof abstract !== 'string') return undefined;
  return abstract.length >= MIN_ABSTRACT ? { title, abstract } : undefined;
}

async function learn(
  built: BuiltCorpus,
  { rounds, dimensions, threads, seed, json }: TrainOptions,
  checkpointFile: string,
  signal: AbortSignal,
): Promise<Float32Array> {
  const progress = createProgress('Learning', 'steps', json);
  try {
    const clusteredRounds = Math.floor(rounds / 2);
    const options = { ...DEFAULT_TRAINING, rounds, clusteredRounds, dimensions, threads, seed };
    return await trainVectors(built, options, {
      checkpointFile,
      signal,
      onProgress: ({ step, steps }) => progress.update(step, step / steps),
    });
  } finally {
    progress.stop();
  }
}

async function showInfo(
  file: string | undefined,
  options: { speed?: string; json?: boolean },
): Promise<void> {
  const name = file ?? BUILT_IN_MODEL;
  const startedAt = performance.now();
  const model = readModel(name);
  const openingMs = performance.now() - startedAt;
  const { vocabulary, dimensions, fingerprint, notes } = model;
  const stems = vocabulary.stems.length;
  const pairs = vocabulary.pairs.length;
  const bytes = fs.statSync(name).size;
  const speed = options.speed ? await measureSpeed(model, options.speed) : undefined;
  const number = (value: string | number) => value.toLocaleString('en');
  const lines = [
    `${name}: ${number(bytes)} bytes, fingerprint ${fingerprint}`,
    `${number(stems)} word stems and ${number(pairs)} pairs, ${dimensions} numbers each`,
    ...Object.entries(notes).map(([note, value]) => `${note}: ${number(value)}`),
  ];
  if (speed) {
    lines.push(
      `opened in ${openingMs.toFixed(0)} ms; on one core ${number(speed.papersPerSecond)} titles with abstracts a second, and ${speed.titleMs.toFixed(4)} ms a title`,
    );
  }
  const found = { file: name, bytes, fingerprint, stems, pairs, dimensions, notes };
  print({ ...found, ...(speed ? { openingMs, ...speed } : {}) }, lines, options.json);
}

const SPEED_PAPERS = 10_000;

/** The second of two runs over the first ten thousand papers: in the first the code is still being compiled. */
async function measureSpeed(
  model: Model,
  file: string,
): Promise<{ papersPerSecond: number; titleMs: number }> {
  const papers: TrainingText[] = [];
  const input = openInput(file);
  try {
    for await (const lines of input.lines()) {
      for (const line of lines) {
        const text = textOfLine(line);
        if (text) papers.push(text);
      }
      if (papers.length >= SPEED_PAPERS) break;
    }
  } finally {
    input.close();
  }
  if (papers.length === 0) {
    throw new AppError('invalid', `${file} has no papers with abstracts: name another file.`);
  }
  const msEach = (texts: string[]) => {
    let startedAt = 0;
    for (let run = 0; run < 2; run++) {
      startedAt = performance.now();
      for (const text of texts) embedText(model, text);
    }
    return (performance.now() - startedAt) / texts.length;
  };
  const paperMs = msEach(papers.map(({ title, abstract }) => `${title}\n${abstract}`));
  return {
    papersPerSecond: Math.round(1000 / paperMs),
    titleMs: msEach(papers.map(({ title }) => title)),
  };
}

function count(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
  };
}

function dimensionsArgument(text: string): number {
  const value = count(8, 1024)(text);
  if (value % 8 === 0) return value;
  throw new InvalidArgumentError('Write a multiple of 8.');
}
