// A model that runs in this program, by transformers.js.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { AppError } from '../base/errors.ts';
import { findOrFetchModel, HUB_URL } from './download-model.ts';
import type { Embedder, TextKind } from './embedder.ts';
import { readModelFolder } from './model-folder.ts';
import { startRunner } from './runner-process.ts';
import { INSTALL_ADVICE } from './transformers-runner.ts';

const DEFAULT_MODEL = 'ibm-granite/granite-embedding-small-english-r2';
const BATCH_TEXTS = 8;
/** About 2,000 tokens; what is above the model's own limit is cut there. */
const MAX_TEXT_CHARS = 8_000;

export type TransformersEmbedderOptions = {
  /** A name on huggingface.co or a folder; empty takes the default. */
  model: string;
  /** Where models are looked for by name, and fetched to. */
  modelsDir: string;
  isOffline: boolean;
  /** Empty takes what the model's files say. */
  queryPrefix: string;
  documentPrefix: string;
  hubUrl?: string;
};

/** Whether the optional package is installed. */
export function hasTransformers(): boolean {
  try {
    createRequire(import.meta.url).resolve('@huggingface/transformers');
    return true;
  } catch {
    return false;
  }
}

/** Fetches the model when it is not here. Throws `unavailable` when the package or the model is missing. */
export async function createTransformersEmbedder(
  options: TransformersEmbedderOptions,
  signal?: AbortSignal,
): Promise<Embedder> {
  if (!hasTransformers()) {
    throw new AppError(
      'unavailable',
      `BROADSHEET_EMBEDDER=transformers needs a package that is not installed: ${INSTALL_ADVICE}.`,
    );
  }
  const { modelsDir, isOffline, hubUrl = HUB_URL } = options;
  const place = { model: options.model || DEFAULT_MODEL, modelsDir, isOffline, hubUrl };
  const model = await readModelFolder(await findOrFetchModel(place, signal));
  const prefixes: Record<TextKind, string> = {
    query: options.queryPrefix || model.queryPrompt,
    document: options.documentPrefix || model.documentPrompt,
  };
  const runner = await startRunner(model);
  let dimensions: number;
  try {
    const [first] = await runner.run(['dimensions']);
    dimensions = (first as Float32Array).length;
  } catch (error) {
    await runner.close();
    throw error;
  }
  const parts = [model.sha256, model.maxTokens, MAX_TEXT_CHARS, prefixes.query, prefixes.document];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return {
    name: 'transformers',
    fingerprint: `transformers:${digest.slice(0, 16)}`,
    dimensions,
    async embed(texts, kind, signal) {
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      for (const batch of batchesOf(texts)) {
        signal?.throwIfAborted();
        const found = await runner.run(
          batch.map((at) => prefixes[kind] + (texts[at] as string).slice(0, MAX_TEXT_CHARS)),
        );
        for (const [place, at] of batch.entries()) vectors[at] = found[place] as Float32Array;
      }
      return vectors;
    },
    close: () => runner.close(),
  };
}

/** The places of the texts that are not empty, by length: a batch costs what its longest text costs. */
function batchesOf(texts: readonly string[]): number[][] {
  const length = (at: number) => (texts[at] as string).length;
  const places = [...texts.keys()]
    .filter((at) => (texts[at] as string).trim() !== '')
    .sort((a, b) => length(a) - length(b));
  const batches: number[][] = [];
  for (let at = 0; at < places.length; at += BATCH_TEXTS) {
    batches.push(places.slice(at, at + BATCH_TEXTS));
  }
  return batches;
}
