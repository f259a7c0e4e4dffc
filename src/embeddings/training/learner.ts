// One training step, shared out over threads: every thread runs the same code on its part and waits
// where it needs what the others have computed. Sums are always taken in the same order, so that the
// model does not depend on the number of threads.
//
// The loss is InfoNCE in both directions with the other papers of the batch as negatives (van den
// Oord et al., 2018, arXiv:1807.03748; both directions as in Radford et al., 2021, arXiv:2103.00020).
// The optimiser is Adam (Kingma and Ba, 2014, arXiv:1412.6980) on the rows that the batch touched.

import { randomOf } from '../static/random.ts';
import {
  createSharedMemory,
  type Kernels,
  loadKernels,
  type SharedMemory,
  takeFloats,
} from '../static/simd-kernels.ts';
import { unitWeight } from '../static/unit-weight.ts';
import { waitForAll } from './barrier.ts';
import type { Corpus } from './corpus.ts';
import { DEPTH, type Matrix, multiplyAdd, type Panels } from './matrix.ts';

export type LearningOptions = {
  seed: number;
  threads: number;
  /** Papers in a batch, a multiple of 64. */
  batch: number;
  /** A multiple of 8. */
  dimensions: number;
  temperature: number;
  /** How often the query is a sentence of the abstract instead of the title, 0 to 1. */
  sentenceShare: number;
  /** How often the sentence behind it belongs to it, 0 to 1. */
  secondSentenceShare: number;
  /** How often a unit of the query is left out, 0 to 1. */
  dropout: number;
};

/** Units of one query or document beyond this are left out. */
const MAX_UNITS_PER_TEXT = 384;
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export type LearnerMemory = {
  corpus: Corpus;
  /** Holds every array of 32-bit floats below. */
  floats: SharedMemory;
  /** Units × dimensions each: the vectors and Adam's two moments. */
  vectors: Float32Array;
  firstMoments: Float32Array;
  secondMoments: Float32Array;
  /** The papers in the order of this round. */
  order: Uint32Array;
  barrier: Int32Array;
  /** One sum of losses a thread. */
  losses: Float64Array;
  queries: Side;
  documents: Side;
  /** exp((cosine - 1) / temperature), queries × documents. */
  similarities: Float32Array;
  rowSums: Float64Array;
  columnSums: Float64Array;
  /** What each thread has for itself: room to multiply in, and a row for each unit that it owns. */
  panels: Panels[];
  unitGradients: Float32Array[];
};

type Side = {
  unitCounts: Uint32Array;
  units: Uint16Array;
  weights: Float32Array;
  lengths: Float64Array;
  /** Batch × dimensions each. */
  vectors: Float32Array;
  gradients: Float32Array;
};

export function createMemory(
  corpus: Corpus,
  units: number,
  { batch, dimensions, threads }: LearningOptions,
): LearnerMemory {
  const memory = createSharedMemory();
  const floats = (length: number) => takeFloats(memory, length);
  const doubles = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
  const side = (): Side => ({
    unitCounts: new Uint32Array(new SharedArrayBuffer(batch * 4)),
    units: new Uint16Array(new SharedArrayBuffer(batch * MAX_UNITS_PER_TEXT * 2)),
    weights: floats(batch * MAX_UNITS_PER_TEXT),
    lengths: doubles(batch),
    vectors: floats(batch * dimensions),
    gradients: floats(batch * dimensions),
  });
  const perThread = <T>(make: () => T): T[] => Array.from({ length: threads }, make);
  return {
    corpus,
    floats: memory,
    vectors: floats(units * dimensions),
    firstMoments: floats(units * dimensions),
    secondMoments: floats(units * dimensions),
    order: new Uint32Array(new SharedArrayBuffer((corpus.paperStarts.length - 1) * 4)),
    barrier: new Int32Array(new SharedArrayBuffer(8)),
    losses: doubles(threads),
    queries: side(),
    documents: side(),
    similarities: floats(batch * batch),
    rowSums: doubles(batch),
    columnSums: doubles(batch),
    panels: perThread(() => ({
      rows: floats(batch * DEPTH),
      columns: floats(Math.max(batch, dimensions) * DEPTH),
    })),
    unitGradients: perThread(() => floats(Math.ceil(units / threads) * dimensions)),
  };
}

export type Step = {
  round: number;
  /** Where in `order` the batch begins. */
  start: number;
  /** Steps before this one, over all rounds. */
  stepsBefore: number;
  learningRate: number;
};

/** What thread number `thread` does of the steps. */
export class Learner {
  readonly #memory: LearnerMemory;
  readonly #options: LearningOptions;
  readonly #thread: number;
  readonly #from: number;
  readonly #to: number;
  readonly #counts: Uint16Array;
  readonly #rowOf: Int32Array;
  readonly #touched: number[] = [];
  readonly #kernels: Kernels;
  readonly #panels: Panels;
  readonly #gradients: Float32Array;

  constructor(memory: LearnerMemory, options: LearningOptions, thread: number) {
    this.#memory = memory;
    this.#options = options;
    this.#thread = thread;
    const blocks = options.batch / 4;
    this.#from = Math.floor((blocks * thread) / options.threads) * 4;
    this.#to = Math.floor((blocks * (thread + 1)) / options.threads) * 4;
    const units = memory.vectors.length / options.dimensions;
    this.#counts = new Uint16Array(units);
    this.#rowOf = new Int32Array(units).fill(-1);
    this.#kernels = loadKernels(memory.floats);
    this.#panels = memory.panels[thread] as Panels;
    this.#gradients = memory.unitGradients[thread] as Float32Array;
  }

  /** Every thread has to have done one part of a step before any begins the next. */
  partsOf(step: Step): (() => void)[] {
    return [
      () => this.#readTexts(step),
      () => this.#computeSimilarities(),
      () => this.#sumColumns(),
      () => this.#toLogitGradients(),
      () => this.#computeTextGradients(),
      () => this.#update(step),
    ];
  }

  /** Does its share of a step together with the other threads, which have to call this too. */
  run(step: Step): void {
    for (const part of this.partsOf(step)) {
      part();
      waitForAll(this.#memory.barrier, this.#options.threads);
    }
  }

  #readTexts(step: Step): void {
    for (let at = this.#from; at < this.#to; at++) this.#readPaper(step, at);
  }

  /** The query is the title or one or two sentences, the document everything else. */
  #readPaper({ round, start }: Step, at: number): void {
    const { corpus, order, queries, documents } = this.#memory;
    const { seed, sentenceShare, secondSentenceShare, dropout } = this.#options;
    const paper = order[start + at] as number;
    const first = corpus.paperStarts[paper] as number;
    const end = corpus.paperStarts[paper + 1] as number;
    const sentences = end - first - 1;
    const isSentence = sentences > 1 && randomOf(seed, paper, round, 1) < sentenceShare;
    const query = isSentence
      ? first + 1 + Math.floor(randomOf(seed, paper, round, 2) * sentences)
      : first;
    const isLonger =
      isSentence && query + 2 < end && randomOf(seed, paper, round, 0) < secondSentenceShare;
    const queryEnd = query + (isLonger ? 2 : 1);
    this.#countUnits(first, query, () => true);
    this.#countUnits(queryEnd, end, () => true);
    this.#takeCounts(documents, at);
    const isKept = (place: number) => randomOf(seed, paper, round, place + 3) >= dropout;
    this.#countUnits(query, queryEnd, isKept);
    this.#takeCounts(queries, at);
    this.#addUp(documents, at);
    this.#addUp(queries, at);
  }

  /** Of the sentences from one to before another; places are counted from their beginning. */
  #countUnits(from: number, to: number, isKept: (place: number) => boolean): void {
    const { units, sentenceStarts } = this.#memory.corpus;
    const end = sentenceStarts[to] as number;
    for (let place = sentenceStarts[from] as number, at = 0; place < end; place++, at++) {
      if (!isKept(at)) continue;
      const unit = units[place] as number;
      const count = this.#counts[unit] as number;
      if (count === 0) this.#touched.push(unit);
      this.#counts[unit] = count + 1;
    }
  }

  #takeCounts(side: Side, at: number): void {
    const base = at * MAX_UNITS_PER_TEXT;
    const count = Math.min(this.#touched.length, MAX_UNITS_PER_TEXT);
    for (let place = 0; place < count; place++) {
      const unit = this.#touched[place] as number;
      side.units[base + place] = unit;
      side.weights[base + place] = unitWeight(this.#counts[unit] as number);
    }
    for (const unit of this.#touched) this.#counts[unit] = 0;
    this.#touched.length = 0;
    side.unitCounts[at] = count;
  }

  #addUp(side: Side, at: number): void {
    const { vectors } = this.#memory;
    const { dimensions } = this.#options;
    const out = at * dimensions;
    const to = side.vectors.byteOffset + out * 4;
    side.vectors.fill(0, out, out + dimensions);
    const base = at * MAX_UNITS_PER_TEXT;
    const count = side.unitCounts[at] as number;
    for (let place = base; place < base + count; place++) {
      const row = vectors.byteOffset + (side.units[place] as number) * dimensions * 4;
      this.#kernels.addScaled(to, row, dimensions * 4, side.weights[place] as number);
    }
    let squares = 0;
    for (let k = out; k < out + dimensions; k++) squares += (side.vectors[k] as number) ** 2;
    const length = Math.sqrt(squares);
    side.lengths[at] = length;
    if (length === 0) return;
    for (let k = out; k < out + dimensions; k++) {
      side.vectors[k] = (side.vectors[k] as number) / length;
    }
  }

  #computeSimilarities(): void {
    const { queries, documents, similarities, rowSums } = this.#memory;
    const { batch, dimensions, temperature } = this.#options;
    similarities.fill(0, this.#from * batch, this.#to * batch);
    this.#multiplyAdd(
      { numbers: queries.vectors, rowStride: dimensions, columnStride: 1 },
      { numbers: documents.vectors, rowStride: 1, columnStride: dimensions },
      similarities,
      batch,
      dimensions,
    );
    let loss = 0;
    for (let row = this.#from; row < this.#to; row++) {
      let sum = 0;
      const base = row * batch;
      for (let column = base; column < base + batch; column++) {
        const value = Math.exp(((similarities[column] as number) - 1) / temperature);
        similarities[column] = value;
        sum += value;
      }
      rowSums[row] = sum;
      loss -= Math.log((similarities[base + row] as number) / sum);
    }
    this.#memory.losses[this.#thread] = loss / batch;
  }

  #sumColumns(): void {
    const { similarities, columnSums } = this.#memory;
    const { batch } = this.#options;
    columnSums.fill(0, this.#from, this.#to);
    for (let row = 0; row < batch; row++) {
      const base = row * batch;
      for (let column = this.#from; column < this.#to; column++) {
        columnSums[column] =
          (columnSums[column] as number) + (similarities[base + column] as number);
      }
    }
  }

  #toLogitGradients(): void {
    const { similarities, rowSums, columnSums } = this.#memory;
    const { batch, temperature } = this.#options;
    const scale = 1 / (2 * batch * temperature);
    for (let row = this.#from; row < this.#to; row++) {
      const base = row * batch;
      const perRow = 1 / (rowSums[row] as number);
      for (let column = 0; column < batch; column++) {
        const value = similarities[base + column] as number;
        const share = value * (perRow + 1 / (columnSums[column] as number));
        similarities[base + column] = (share - (column === row ? 2 : 0)) * scale;
      }
    }
  }

  #computeTextGradients(): void {
    const { queries, documents, similarities } = this.#memory;
    const { batch, dimensions } = this.#options;
    const range = [this.#from * dimensions, this.#to * dimensions] as const;
    const ofTexts = (numbers: Float32Array) => ({
      numbers,
      rowStride: dimensions,
      columnStride: 1,
    });
    queries.gradients.fill(0, ...range);
    this.#multiplyAdd(
      { numbers: similarities, rowStride: batch, columnStride: 1 },
      ofTexts(documents.vectors),
      queries.gradients,
      dimensions,
      batch,
    );
    documents.gradients.fill(0, ...range);
    this.#multiplyAdd(
      { numbers: similarities, rowStride: 1, columnStride: batch },
      ofTexts(queries.vectors),
      documents.gradients,
      dimensions,
      batch,
    );
    this.#throughNorm(queries);
    this.#throughNorm(documents);
  }

  #multiplyAdd(a: Matrix, b: Matrix, c: Float32Array, columns: number, inner: number): void {
    const sizes = { from: this.#from, to: this.#to, columns, inner };
    multiplyAdd(this.#kernels, a, b, c, sizes, this.#panels);
  }

  /** The gradient of a sum out of that of the unit vector that it was scaled to. */
  #throughNorm({ vectors, gradients, lengths }: Side): void {
    const { dimensions } = this.#options;
    for (let at = this.#from; at < this.#to; at++) {
      const base = at * dimensions;
      const length = lengths[at] as number;
      let along = 0;
      for (let k = base; k < base + dimensions; k++) {
        along += (gradients[k] as number) * (vectors[k] as number);
      }
      for (let k = base; k < base + dimensions; k++) {
        gradients[k] =
          length === 0 ? 0 : ((gradients[k] as number) - along * (vectors[k] as number)) / length;
      }
    }
  }

  /** Every thread owns the units whose number leaves its own when divided by their count. */
  #update({ stepsBefore, learningRate }: Step): void {
    const { vectors, firstMoments, secondMoments, queries, documents } = this.#memory;
    const { dimensions } = this.#options;
    const touched = this.#touched;
    this.#collect(queries);
    this.#collect(documents);
    const scale1 = 1 / (1 - BETA_1 ** (stepsBefore + 1));
    const scale2 = 1 / (1 - BETA_2 ** (stepsBefore + 1));
    for (const [row, unit] of touched.entries()) {
      const from = row * dimensions;
      const to = unit * dimensions;
      for (let k = 0; k < dimensions; k++) {
        const gradient = this.#gradients[from + k] as number;
        const first = BETA_1 * (firstMoments[to + k] as number) + (1 - BETA_1) * gradient;
        const second =
          BETA_2 * (secondMoments[to + k] as number) + (1 - BETA_2) * gradient * gradient;
        firstMoments[to + k] = first;
        secondMoments[to + k] = second;
        vectors[to + k] =
          (vectors[to + k] as number) -
          (learningRate * first * scale1) / (Math.sqrt(second * scale2) + EPSILON);
      }
      this.#rowOf[unit] = -1;
    }
    touched.length = 0;
  }

  #collect({ unitCounts, units, weights, gradients }: Side): void {
    const { batch, dimensions, threads } = this.#options;
    for (let at = 0; at < batch; at++) {
      const base = at * MAX_UNITS_PER_TEXT;
      const from = gradients.byteOffset + at * dimensions * 4;
      const end = base + (unitCounts[at] as number);
      for (let place = base; place < end; place++) {
        const unit = units[place] as number;
        if (unit % threads !== this.#thread) continue;
        const to = this.#gradients.byteOffset + this.#gradientRow(unit) * dimensions * 4;
        this.#kernels.addScaled(to, from, dimensions * 4, weights[place] as number);
      }
    }
  }

  #gradientRow(unit: number): number {
    const known = this.#rowOf[unit] as number;
    if (known >= 0) return known;
    const { dimensions } = this.#options;
    const row = this.#touched.length;
    this.#touched.push(unit);
    this.#rowOf[unit] = row;
    this.#gradients.fill(0, row * dimensions, (row + 1) * dimensions);
    return row;
  }
}
