// The folder of a sentence-embedding model as huggingface.co lays it out: weights in ONNX, the
// tokenizer, and sentence-transformers' files, which say how a vector is made of them.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError, messageOf } from '../base/errors.ts';

/** Longer texts are cut; an abstract rarely has more, and time grows with it. */
const MAX_TOKENS = 512;

/** In the order of preference: name of the type in transformers.js, end of the file's name. */
const WEIGHT_TYPES = [
  ['q8', '_quantized'],
  ['int8', '_int8'],
  ['uint8', '_uint8'],
  ['fp32', ''],
  ['fp16', '_fp16'],
  ['q4', '_q4'],
] as const;

const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const SENTENCE_FILES = [
  'modules.json',
  'config_sentence_transformers.json',
  'sentence_bert_config.json',
];
const MODULE_CONFIG = /^\d+_\w+\/config\.json$/;

export type Weights = {
  dtype: (typeof WEIGHT_TYPES)[number][0];
  subfolder: string;
  /** How many files hold what does not fit into the model's own. */
  dataFiles: number;
};

const POOLINGS = ['cls', 'mean', 'max', 'lasttoken'] as const;
export type Pooling = (typeof POOLINGS)[number];

export type ModelFolder = {
  folder: string;
  weights: Weights;
  pooling: Pooling;
  /** Whether layers follow that only the model's own `sentence_embedding` has been through. */
  needsOwnSentences: boolean;
  maxTokens: number;
  queryPrompt: string;
  documentPrompt: string;
  /** Of every file that has a say. */
  sha256: string;
};

/** What a model in `files` needs to run, weights first; undefined when it has none in ONNX. */
export function chooseFiles(
  files: readonly string[],
): { weights: Weights; names: string[] } | undefined {
  for (const [dtype, end] of WEIGHT_TYPES) {
    for (const subfolder of ['onnx', '']) {
      const file = path.posix.join(subfolder, `model${end}.onnx`);
      if (!files.includes(file)) continue;
      const data: string[] = [];
      while (files.includes(dataFile(file, data.length))) data.push(dataFile(file, data.length));
      const others = [...NEEDED, ...SENTENCE_FILES].filter((name) => files.includes(name));
      const modules = files.filter((name) => MODULE_CONFIG.test(name));
      return {
        weights: { dtype, subfolder, dataFiles: data.length },
        names: [file, ...data, ...others, ...modules],
      };
    }
  }
  return undefined;
}

function dataFile(file: string, place: number): string {
  return `${file}_data${place === 0 ? '' : `_${place}`}`;
}

/** Reads all but the weights, and hashes these too. Throws `unavailable` when something is missing. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const files = listFiles(folder);
  const chosen = chooseFiles(files);
  if (!chosen) {
    throw new AppError(
      'unavailable',
      `The model in ${folder} has no weights in ONNX: put them into onnx/model_quantized.onnx or onnx/model.onnx there.`,
    );
  }
  for (const name of NEEDED) {
    if (files.includes(name)) continue;
    throw new AppError('unavailable', `The model in ${folder} lacks ${name}: put it there.`);
  }
  const read = (name: string) => (files.includes(name) ? readJson(folder, name) : undefined);
  const modules = parseModules(read('modules.json'));
  const poolingAt = modules.find(({ kind }) => kind === 'Pooling')?.path ?? '1_Pooling';
  const prompts = read('config_sentence_transformers.json');
  return {
    folder,
    weights: chosen.weights,
    pooling: parsePooling(folder, read(path.posix.join(poolingAt, 'config.json'))),
    needsOwnSentences: modules.some(({ kind }) => !PLAIN_MODULES.includes(kind)),
    maxTokens: Math.min(
      MAX_TOKENS,
      positive(read('sentence_bert_config.json')?.max_seq_length),
      positive(read('tokenizer_config.json')?.model_max_length),
    ),
    queryPrompt: findPrompt(prompts, ['query']),
    documentPrompt: findPrompt(prompts, ['document', 'passage', 'corpus']),
    sha256: await hashFiles(folder, chosen.names),
  };
}

/** Relative, with slashes. */
function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'));
}

type Json = Record<string, unknown>;

function readJson(folder: string, name: string): Json {
  const file = path.join(folder, name);
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new AppError(
      'unavailable',
      `${file} cannot be read (${messageOf(error)}): put the model's own file there again.`,
      error,
    );
  }
}

/** Vectors are scaled to length 1 whether there is a Normalize or not. */
const PLAIN_MODULES = ['Transformer', 'Pooling', 'Normalize'];

function parseModules(json: unknown): { kind: string; path: string }[] {
  if (!Array.isArray(json)) return [];
  return json.map((module: { type?: string; path?: string }) => ({
    kind: module.type?.split('.').at(-1) ?? '',
    path: module.path ?? '',
  }));
}

/** As sentence-transformers does without the file: the mean. */
function parsePooling(folder: string, json: Json | undefined): Pooling {
  if (!json) return 'mean';
  const chosen =
    typeof json.pooling_mode === 'string'
      ? [json.pooling_mode]
      : Object.keys(json)
          .filter((key) => key.startsWith('pooling_mode_') && json[key] === true)
          .map((key) => key.replace(/^pooling_mode_(\w+?)(?:_tokens?)?$/, '$1'));
  const pooling = POOLINGS.find((known) => chosen.length === 1 && chosen[0] === known);
  if (pooling) return pooling;
  throw new AppError(
    'unavailable',
    `The model in ${folder} pools by ${chosen.join(' and ') || 'nothing'}, which Broadsheet cannot: choose another with BROADSHEET_EMBEDDER_MODEL.`,
  );
}

function findPrompt(json: Json | undefined, names: string[]): string {
  const prompts = (json?.prompts ?? {}) as Record<string, unknown>;
  const byDefault = json?.default_prompt_name;
  const candidates = typeof byDefault === 'string' ? [...names, byDefault] : names;
  for (const name of candidates) {
    const prompt = prompts[name];
    if (typeof prompt === 'string') return prompt;
  }
  return '';
}

function positive(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Number.POSITIVE_INFINITY;
}

async function hashFiles(folder: string, names: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [...names].sort()) {
    hash.update(`\n${name}\n`);
    for await (const part of fs.createReadStream(path.join(folder, name))) hash.update(part);
  }
  return hash.digest('hex');
}
