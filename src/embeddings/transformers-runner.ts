// The model itself, in transformers.js. Its inference holds the process that it runs in.
import { AppError, messageOf } from '../base/errors.ts';
import type { ModelFolder, Pooling } from './model-folder.ts';
import { scaleToUnit } from './unit-length.ts';

/** What is used of transformers.js: it is an optional package, and its types may be absent. */
type Tensor = { dims: number[]; data: ArrayLike<number | bigint>; to(type: string): Tensor };
type Tokens = Record<string, Tensor>;
type Tokenizer = {
  (texts: string[], options: { padding: boolean }): Tokens;
  encode(text: string): number[];
};
type LoadedModel = {
  (tokens: Tokens): Promise<Record<string, Tensor>>;
  dispose(): Promise<unknown>;
};
type Library = {
  env: { allowRemoteModels: boolean; logLevel: number };
  LogLevel: { ERROR: number };
  AutoTokenizer: { from_pretrained(folder: string): Promise<Tokenizer> };
  AutoModel: { from_pretrained(folder: string, options: object): Promise<LoadedModel> };
};

/** A variable, so that the compiler does not look for the package. */
const PACKAGE: string = '@huggingface/transformers';

export type Runner = {
  /** One vector a text, of length 1. Throws `unavailable`. */
  run(texts: string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
};

/** Throws `unavailable` when the package or the model cannot be loaded. */
export async function openRunner(model: ModelFolder): Promise<Runner> {
  const library = await loadLibrary();
  library.env.allowRemoteModels = false;
  library.env.logLevel = library.LogLevel.ERROR;
  const { tokenizer, loaded } = await loadModel(library, model);
  return {
    async run(texts) {
      const cut = texts.map((text) => fitText(tokenizer, text, model.maxTokens));
      try {
        const tokens = tokenizer(cut, { padding: true });
        return readVectors(model, await loaded(tokens), tokens.attention_mask as Tensor);
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError(
          'unavailable',
          `The model in ${model.folder} cannot embed (${messageOf(error)}): choose another with BROADSHEET_EMBEDDER_MODEL.`,
          error,
        );
      }
    },
    async close() {
      await loaded.dispose();
    },
  };
}

async function loadLibrary(): Promise<Library> {
  try {
    return (await import(PACKAGE)) as Library;
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The package ${PACKAGE} cannot be loaded (${messageOf(error)}): ${INSTALL_ADVICE}.`,
      error,
    );
  }
}

/**
 * What the install step of its onnxruntime-node fetches is for graphics cards only. A package.json
 * that names the package as an optional peer keeps npm from installing it any other way.
 */
export const INSTALL_ADVICE = `run "ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save --save-optional ${PACKAGE}" in Broadsheet's folder`;

async function loadModel(library: Library, { folder, weights }: ModelFolder) {
  try {
    const tokenizer = await library.AutoTokenizer.from_pretrained(folder);
    const loaded = await library.AutoModel.from_pretrained(folder, {
      dtype: weights.dtype,
      subfolder: weights.subfolder,
      use_external_data_format: weights.dataFiles,
      device: 'cpu',
    });
    return { tokenizer, loaded };
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The model in ${folder} cannot be loaded (${messageOf(error)}): delete the folder to fetch it again, or choose another with BROADSHEET_EMBEDDER_MODEL.`,
      error,
    );
  }
}

/** Cut by characters: the tokenizer's own cutting loses the token that ends a text. */
function fitText(tokenizer: Tokenizer, text: string, maxTokens: number): string {
  let cut = text;
  for (;;) {
    const count = tokenizer.encode(cut).length;
    if (count <= maxTokens || cut === '') return cut;
    cut = cut.slice(0, Math.floor((cut.length * maxTokens * 0.95) / count));
  }
}

function readVectors(
  model: ModelFolder,
  outputs: Record<string, Tensor>,
  mask: Tensor,
): Float32Array[] {
  const own = outputs.sentence_embedding;
  if (own) {
    const [count = 0, size = 0] = own.dims;
    const data = own.to('float32').data as Float32Array;
    return Array.from({ length: count }, (_, at) =>
      scaleToUnit(data.slice(at * size, (at + 1) * size)),
    );
  }
  const hidden = outputs.last_hidden_state ?? outputs.token_embeddings;
  if (!hidden || model.needsOwnSentences) {
    throw new AppError(
      'unavailable',
      `The model in ${model.folder} was not exported with the layers that make a vector of a text: choose another with BROADSHEET_EMBEDDER_MODEL.`,
    );
  }
  const [count = 0, length = 0, size = 0] = hidden.dims;
  const data = hidden.to('float32').data as Float32Array;
  return Array.from({ length: count }, (_, text) => {
    const places: Float32Array[] = [];
    for (let at = text * length; at < (text + 1) * length; at++) {
      if (Number(mask.data[at]) === 1) places.push(data.subarray(at * size, (at + 1) * size));
    }
    return scaleToUnit(pool(places, size, model.pooling));
  });
}

/** One vector out of those of a text's tokens. */
function pool(places: Float32Array[], size: number, pooling: Pooling): Float32Array {
  if (pooling === 'cls') return Float32Array.from(places[0] ?? []);
  if (pooling === 'lasttoken') return Float32Array.from(places.at(-1) ?? []);
  const vector = new Float32Array(size).fill(pooling === 'max' ? Number.NEGATIVE_INFINITY : 0);
  for (const place of places) {
    for (let k = 0; k < size; k++) {
      const value = place[k] as number;
      const before = vector[k] as number;
      vector[k] = pooling === 'max' ? Math.max(before, value) : before + value;
    }
  }
  return vector;
}
