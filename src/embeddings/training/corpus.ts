// The texts to learn from, as the numbers of their units, in memory that threads share.
import { renderTexText } from '../../base/tex/tex.ts';
import { hashText } from '../static/random.ts';
import { MAX_UNITS, Vocabulary } from '../static/vocabulary.ts';
import { splitWords, stemOf } from '../static/words.ts';

export type TrainingText = { title: string; abstract: string };

export type Corpus = {
  /** Units of all sentences of all papers, one after another (16 bits each). */
  units: Uint16Array;
  /** Where each sentence begins in `units`; one more at the end. */
  sentenceStarts: Uint32Array;
  /** Where each paper begins in `sentenceStarts`; its first sentence is its title. One more at the end. */
  paperStarts: Uint32Array;
};

export type BuiltCorpus = {
  corpus: Corpus;
  vocabulary: Vocabulary;
  /** In how many papers each unit stands. */
  paperCounts: Uint32Array;
  /** Papers kept out of the training, to measure on. */
  heldOut: TrainingText[];
};

export type CorpusOptions = {
  /** At most so many units, of which `pairs` pairs of words. */
  units: number;
  pairs: number;
  /** One paper in so many is held out, told by its title. */
  heldOutOf: number;
  onPaper?(count: number): void;
};

export const DEFAULT_CORPUS = { units: 51_000, pairs: 8_000, heldOutOf: 14 };

const MIN_PAPERS = 3;
const MIN_PAIR_COUNT = 15;
const MIN_PAIR_LIFT = 8;
const MAX_COUNTED_PAIRS = 6_000_000;
const BREAK = 0xffffffff;
/** More would not say more. */
const MAX_HELD_OUT = 20_000;

/**
 * Reads all texts once and chooses the vocabulary: the stems that stand in most papers, and of the
 * pairs of neighbours those that are met far more often than chance would have it. A text whose
 * title came before is left out.
 */
export async function buildCorpus(
  texts: AsyncIterable<TrainingText> | Iterable<TrainingText>,
  options: CorpusOptions,
): Promise<BuiltCorpus> {
  const draft = new Draft();
  const heldOut: TrainingText[] = [];
  const seen = new Set<string>();
  let count = 0;
  for await (const { title, abstract } of texts) {
    count++;
    options.onPaper?.(count);
    const plain = { title: plainText(title), abstract: plainText(abstract) };
    const key = splitWords(plain.title).join(' ');
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const isHeldOut = hashText(key) % options.heldOutOf === 0 && heldOut.length < MAX_HELD_OUT;
    if (isHeldOut) heldOut.push(plain);
    else draft.add(plain);
  }
  return { ...draft.finish(options), heldOut };
}

/** What the embedder is given: text without TeX. */
function plainText(text: string): string {
  return /[\\${}^_]/.test(text) ? renderTexText(text) : text;
}

/** A full stop, question mark or exclamation mark, white space, and no small letter behind. */
function splitSentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[^\p{Ll}\s])/u);
}

class Draft {
  readonly #stems = new Map<string, number>();
  readonly #byWord = new Map<string, number>();
  readonly #paperCounts: number[] = [];
  readonly #lastPaper: number[] = [];
  /** The words of all sentences, one after another, as numbers of their stems; it grows by doubling. */
  #words = new Uint32Array(1024);
  #wordCount = 0;
  readonly #sentenceStarts: number[] = [0];
  readonly #paperStarts: number[] = [0];

  add({ title, abstract }: TrainingText): void {
    const paper = this.#paperStarts.length;
    this.#addSentence(title, paper);
    for (const sentence of splitSentences(abstract)) this.#addSentence(sentence, paper);
    this.#paperStarts.push(this.#sentenceStarts.length - 1);
  }

  #addSentence(sentence: string, paper: number): void {
    const start = this.#wordCount;
    for (const word of splitWords(sentence)) {
      this.#addWord(word === '' ? BREAK : this.#numberOf(word, paper));
    }
    const isTitle = this.#sentenceStarts.length - 1 === this.#paperStarts.at(-1);
    if (isTitle || this.#wordCount > start) this.#sentenceStarts.push(this.#wordCount);
  }

  #addWord(number: number): void {
    if (this.#wordCount === this.#words.length) {
      const larger = new Uint32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.#wordCount++] = number;
  }

  #numberOf(word: string, paper: number): number {
    let number = this.#byWord.get(word);
    if (number === undefined) {
      const stem = stemOf(word);
      number = this.#stems.get(stem);
      if (number === undefined) {
        number = this.#stems.size;
        this.#stems.set(stem, number);
        this.#paperCounts.push(0);
        this.#lastPaper.push(0);
      }
      this.#byWord.set(word, number);
    }
    if (this.#lastPaper[number] !== paper) {
      this.#lastPaper[number] = paper;
      this.#paperCounts[number] = (this.#paperCounts[number] as number) + 1;
    }
    return number;
  }

  *#sentences(): Generator<Uint32Array> {
    for (let at = 0; at + 1 < this.#sentenceStarts.length; at++) {
      yield this.#words.subarray(this.#sentenceStarts[at], this.#sentenceStarts[at + 1]);
    }
  }

  finish({ units: maxUnits, pairs: maxPairs }: CorpusOptions): Omit<BuiltCorpus, 'heldOut'> {
    const names = [...this.#stems.keys()];
    const chosen = names
      .map((_, number) => number)
      .filter((number) => (this.#paperCounts[number] as number) >= MIN_PAPERS)
      .sort((a, b) => (this.#paperCounts[b] as number) - (this.#paperCounts[a] as number) || a - b)
      .slice(0, Math.min(maxUnits, MAX_UNITS) - maxPairs);
    const unitOf = new Int32Array(names.length).fill(-1);
    for (const [unit, number] of chosen.entries()) unitOf[number] = unit;
    const pairs = this.#choosePairs(unitOf, chosen.length, maxPairs);
    const vocabulary = new Vocabulary(
      chosen.map((number) => names[number] as string),
      pairs,
    );
    return { vocabulary, ...this.#toUnits(unitOf, vocabulary) };
  }

  #choosePairs(unitOf: Int32Array, stems: number, maxPairs: number): [number, number][] {
    if (maxPairs === 0) return [];
    const single = new Float64Array(stems);
    let counts = new Map<number, number>();
    let total = 0;
    let floor = 1;
    for (const numbers of this.#sentences()) {
      let before = -1;
      for (const number of numbers) {
        const unit = number === BREAK ? -1 : (unitOf[number] as number);
        if (unit >= 0) {
          single[unit] = (single[unit] as number) + 1;
          total++;
          if (before >= 0 && before !== unit) {
            const key = before * (MAX_UNITS + 1) + unit;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }
        before = unit;
      }
      if (counts.size > MAX_COUNTED_PAIRS) {
        counts = new Map([...counts].filter(([, count]) => count > floor));
        floor++;
      }
    }
    const scored: { pair: [number, number]; score: number }[] = [];
    for (const [key, count] of counts) {
      const first = Math.floor(key / (MAX_UNITS + 1));
      const second = key % (MAX_UNITS + 1);
      const lift = (count * total) / ((single[first] as number) * (single[second] as number));
      if (count < MIN_PAIR_COUNT || lift < MIN_PAIR_LIFT) continue;
      scored.push({ pair: [first, second], score: count * Math.log(lift) });
    }
    scored.sort((a, b) => b.score - a.score || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);
    return scored.slice(0, maxPairs).map(({ pair }) => pair);
  }

  #toUnits(unitOf: Int32Array, vocabulary: Vocabulary) {
    const pairUnits = new Map(
      vocabulary.pairs.map(([first, second], at) => [
        first * (MAX_UNITS + 1) + second,
        vocabulary.stems.length + at,
      ]),
    );
    const units = new Uint16Array(new SharedArrayBuffer(this.#wordCount * 2 * 2));
    const sentenceStarts = shared32(this.#sentenceStarts.length);
    const paperStarts = shared32(this.#paperStarts.length);
    paperStarts.set(this.#paperStarts);
    const paperCounts = new Uint32Array(vocabulary.size);
    const lastPaper = new Int32Array(vocabulary.size).fill(-1);
    let at = 0;
    let paper = 0;
    const take = (unit: number) => {
      units[at++] = unit;
      if (lastPaper[unit] === paper) return;
      lastPaper[unit] = paper;
      paperCounts[unit] = (paperCounts[unit] as number) + 1;
    };
    let sentence = 0;
    for (const numbers of this.#sentences()) {
      while (sentence >= (this.#paperStarts[paper + 1] as number)) paper++;
      sentenceStarts[sentence++] = at;
      let before = -1;
      for (const number of numbers) {
        const unit = number === BREAK ? -1 : (unitOf[number] as number);
        if (unit >= 0) {
          take(unit);
          const pair = before < 0 ? undefined : pairUnits.get(before * (MAX_UNITS + 1) + unit);
          if (pair !== undefined) take(pair);
        }
        before = unit;
      }
    }
    sentenceStarts[sentence] = at;
    return { corpus: { units: units.subarray(0, at), sentenceStarts, paperStarts }, paperCounts };
  }
}

function shared32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
