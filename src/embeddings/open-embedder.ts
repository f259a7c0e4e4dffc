import path from 'node:path';
import type { Config } from '../config.ts';
import type { Embedder } from './embedder.ts';
import { createHttpEmbedder } from './http-embedder.ts';
import { openStaticEmbedder } from './static/open-static-embedder.ts';
import { createTransformersEmbedder } from './transformers-embedder.ts';

/**
 * The embedder that the settings choose. Throws `unavailable` when a service, a package or a model is
 * missing, which must keep nobody from starting: whoever calls goes on without it and tries again. Throws
 * `invalid` when a model file of the built-in one is none.
 */
export async function openEmbedder(
  { embedder, dataDir, isOffline }: Config,
  signal?: AbortSignal,
): Promise<Embedder> {
  const { kind, model, queryPrefix, documentPrefix } = embedder;
  if (kind === 'http') return createHttpEmbedder(embedder, signal);
  if (kind === 'builtin') return openStaticEmbedder(model || undefined);
  const modelsDir = path.join(dataDir, 'models');
  return createTransformersEmbedder(
    { model, modelsDir, isOffline, queryPrefix, documentPrefix },
    signal,
  );
}
