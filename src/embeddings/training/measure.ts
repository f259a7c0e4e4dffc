import type { Model } from '../static/model-file.ts';
import { embedText } from '../static/static-embedder.ts';
import type { TrainingText } from './corpus.ts';

const MAX_TITLES = 1000;
const DEPTH = 10;

/** How well titles find their abstracts among those of papers that were held out. */
export type HeldOutFigure = {
  titles: number;
  abstracts: number;
  /** The mean of 1 over the abstract's rank, 0 beyond the tenth. */
  mrrAt10: number;
};

/** The first thousand titles are looked for among all abstracts. */
export function measureHeldOut(model: Model, heldOut: readonly TrainingText[]): HeldOutFigure {
  const abstracts = heldOut.map(({ abstract }) => embedText(model, abstract));
  const titles = heldOut.slice(0, MAX_TITLES).map(({ title }) => embedText(model, title));
  let sum = 0;
  for (const [own, title] of titles.entries()) {
    const cosine = dot(title, abstracts[own] as Float32Array);
    let better = 0;
    for (const abstract of abstracts) {
      if (dot(title, abstract) > cosine) better++;
      if (better === DEPTH) break;
    }
    if (better < DEPTH) sum += 1 / (better + 1);
  }
  return {
    titles: titles.length,
    abstracts: abstracts.length,
    mrrAt10: titles.length > 0 ? sum / titles.length : 0,
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
