// Models by name: in the folder of models, or fetched into it from huggingface.co once.
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, messageOf } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { chooseFiles } from './model-folder.ts';

export const HUB_URL = 'https://huggingface.co';

const LIST_TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 30 * 60_000;
const MAX_LIST_BYTES = 16 * 1024 * 1024;
const MAX_FILE_BYTES = 4 * 1024 ** 3;
/** It comes last: a folder without it is not complete. */
const LAST_FILE = 'config.json';
const MODEL_NAME = /^(?:[\w-][\w.-]*\/)?[\w-][\w.-]*$/;

export type ModelPlace = {
  /** A name on huggingface.co or a folder. */
  model: string;
  modelsDir: string;
  isOffline: boolean;
  hubUrl: string;
};

/** The folder of a model. Throws `unavailable` when it is not here and cannot be fetched. */
export async function findOrFetchModel(place: ModelPlace, signal?: AbortSignal): Promise<string> {
  const { model, modelsDir, isOffline } = place;
  const given = path.resolve(model);
  if (isModel(given)) return given;
  if (!MODEL_NAME.test(model)) {
    throw new AppError(
      'unavailable',
      `${given} is not a folder with a model (it has no ${LAST_FILE}): correct BROADSHEET_EMBEDDER_MODEL.`,
    );
  }
  const folder = path.resolve(modelsDir, model);
  if (isModel(folder)) return folder;
  const byHand = `put the files of ${HUB_URL}/${model} (config.json, tokenizer.json, tokenizer_config.json, onnx/model_quantized.onnx and those of sentence-transformers) into ${folder}`;
  if (isOffline) {
    throw new AppError(
      'unavailable',
      `The model ${model} is not here and BROADSHEET_OFFLINE is true: ${byHand}.`,
    );
  }
  try {
    await fetchModel(place, folder, signal);
  } catch (error) {
    if (signal?.aborted || error instanceof AppError) throw error;
    const cause = (error as Error).cause;
    const reason = cause === undefined ? messageOf(error) : messageOf(cause);
    throw new AppError(
      'unavailable',
      `The model ${model} cannot be fetched (${reason}): try again later, or ${byHand}.`,
      error,
    );
  }
  return folder;
}

function isModel(folder: string): boolean {
  return fs.existsSync(path.join(folder, LAST_FILE));
}

async function fetchModel(
  { model, hubUrl }: ModelPlace,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const list = path.join(folder, '.list.json');
  await fetchFile(`${hubUrl}/api/models/${model}`, list, MAX_LIST_BYTES, LIST_TIMEOUT_MS, signal);
  const { sha, siblings } = JSON.parse(fs.readFileSync(list, 'utf8')) as {
    sha: string;
    siblings: { rfilename: string }[];
  };
  fs.rmSync(list);
  const chosen = chooseFiles(siblings.map(({ rfilename }) => rfilename));
  if (!chosen) {
    throw new AppError(
      'unavailable',
      `The model ${model} has no weights in ONNX: choose one that has with BROADSHEET_EMBEDDER_MODEL, such as its namesake of onnx-community.`,
    );
  }
  const names = [...chosen.names.filter((name) => name !== LAST_FILE), LAST_FILE];
  for (const name of names) {
    const url = `${hubUrl}/${model}/resolve/${sha}/${name}`;
    const file = path.join(folder, name);
    await fetchFile(url, file, MAX_FILE_BYTES, FILE_TIMEOUT_MS, signal);
  }
}

/** The file is there whole or not at all; two processes may fetch it at a time. */
async function fetchFile(
  url: string,
  file: string,
  maxBytes: number,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const both = signal ? AbortSignal.any([timeout, signal]) : timeout;
  const headers = { 'user-agent': `Broadsheet/${VERSION}` };
  const response = await fetch(url, { headers, signal: both });
  if (!response.ok || !response.body) {
    await response.body?.cancel().catch(() => {});
    throw new Error(`${url} answered with status ${response.status}`);
  }
  const part = `${file}.${process.pid}.part`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new Error(`${url} is longer than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
  try {
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, limit, fs.createWriteStream(part));
    fs.renameSync(part, file);
  } finally {
    fs.rmSync(part, { force: true });
  }
}
