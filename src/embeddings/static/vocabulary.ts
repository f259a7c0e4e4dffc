import { splitWords, stemOf } from './words.ts';

/** More units than this do not fit into the 16 bits that the trainer keeps a unit in. */
export const MAX_UNITS = 65_535;
const MAX_REMEMBERED_WORDS = 200_000;

/**
 * What the model has a vector for: stems, and pairs of stems that often stand together. A unit's
 * number is its row in the model; stems come first.
 */
export class Vocabulary {
  readonly stems: readonly string[];
  readonly pairs: readonly (readonly [first: number, second: number])[];
  readonly #units = new Map<string, number>();
  readonly #pairUnits = new Map<number, number>();
  /** Stemming costs more than looking up: the spellings met are remembered. */
  readonly #words = new Map<string, number>();

  constructor(
    stems: readonly string[],
    pairs: readonly (readonly [first: number, second: number])[],
  ) {
    this.stems = stems;
    this.pairs = pairs;
    for (const [unit, stem] of stems.entries()) this.#units.set(stem, unit);
    for (const [at, [first, second]] of pairs.entries()) {
      this.#pairUnits.set(pairKey(first, second), stems.length + at);
    }
  }

  get size(): number {
    return this.stems.length + this.pairs.length;
  }

  /**
   * The units of a text in order: each known stem, and behind it the pair that it completes. Stems that
   * are not known are added to `unknown`.
   */
  unitsOf(text: string, unknown?: string[]): number[] {
    const units: number[] = [];
    let before = -1;
    for (const word of splitWords(text)) {
      const unit = word === '' ? -1 : this.#unitOf(word);
      if (unit >= 0) {
        units.push(unit);
        if (before >= 0) {
          const pair = this.#pairUnits.get(pairKey(before, unit));
          if (pair !== undefined) units.push(pair);
        }
      } else if (word !== '') {
        unknown?.push(stemOf(word));
      }
      before = unit;
    }
    return units;
  }

  #unitOf(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const unit = this.#units.get(stemOf(word)) ?? -1;
    if (this.#words.size >= MAX_REMEMBERED_WORDS) this.#words.clear();
    this.#words.set(word, unit);
    return unit;
  }
}

function pairKey(first: number, second: number): number {
  return first * (MAX_UNITS + 1) + second;
}
