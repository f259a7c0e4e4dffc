/** Whether a text is looked for or looked through; some models are told by a prefix. */
export type TextKind = 'query' | 'document';

/** Turns texts into vectors whose inner product says how near they are in meaning. */
export type Embedder = {
  /** As BROADSHEET_EMBEDDER says it. */
  name: string;
  /** Changes whenever the same text may get another vector: an index is made for one fingerprint. */
  fingerprint: string;
  dimensions: number;
  /**
   * One vector a text, in order, of length 1 (or of zeros for a text without anything known). Throws
   * `unavailable` when the model cannot answer. Yields to other work between batches.
   */
  embed(texts: readonly string[], kind: TextKind, signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
};
