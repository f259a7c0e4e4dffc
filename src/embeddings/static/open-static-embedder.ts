import { fileURLToPath } from 'node:url';
import type { Embedder } from '../embedder.ts';
import { readModel } from './model-file.ts';
import { createStaticEmbedder } from './static-embedder.ts';

/** The model that comes with the program. */
export const BUILT_IN_MODEL = fileURLToPath(
  new URL('../../../model/built-in.bin', import.meta.url),
);

const openByFile = new Map<string, Embedder>();

/**
 * The embedder of a model file, by default of the one that comes with the program. A file is read once in
 * a process. Throws `invalid` when it is missing, damaged or of another version.
 */
export function openStaticEmbedder(file = BUILT_IN_MODEL): Embedder {
  let embedder = openByFile.get(file);
  if (!embedder) {
    embedder = createStaticEmbedder(readModel(file));
    openByFile.set(file, embedder);
  }
  return embedder;
}
