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

const MIN_PAPERS = 3;
const MIN_PAIR_COUNT = 15;
const MIN_PAIR_LIFT = 8;
const MAX_COUNTED_PAIRS = 6_000_000;
const BREAK = 0xffffffff;

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
    if (hashText(key) % options.heldOutOf === 0) heldOut.push(plain);
    else draft.add(plain);
  }
  return { ...draft.finish(options), heldOut };
}

/** What the embedder is given: text without TeX. */
function plainText(text: string): string {
  return /[\\${}^_]/.test(text) ? renderTexText(text) : text;
}

/** A full stop, question mark or exclamation mark, white space, and no small letter behind. */
export function splitSentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[^\p{Ll}\s])/u);
}

class Draft {
  readonly #stems = new Map<string, number>();
  readonly #byWord = new Map<string, number>();
  readonly #paperCounts: number[] = [];
  readonly #lastPaper: number[] = [];
  readonly #sentences: Uint32Array[] = [];
  readonly #paperStarts: number[] = [0];

  add({ title, abstract }: TrainingText): void {
    const paper = this.#paperStarts.length;
    const sentences = [title, ...splitSentences(abstract)]
      .map((sentence) => this.#numbersOf(sentence, paper))
      .filter((numbers, at) => at === 0 || numbers.length > 0);
    this.#sentences.push(...sentences);
    this.#paperStarts.push(this.#sentences.length);
  }

  #numbersOf(sentence: string, paper: number): Uint32Array {
    return Uint32Array.from(splitWords(sentence), (word) => {
      if (word === '') return BREAK;
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
    });
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
    for (const numbers of this.#sentences) {
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
    const words = this.#sentences.reduce((sum, numbers) => sum + numbers.length, 0);
    const units = new Uint16Array(new SharedArrayBuffer(words * 2 * 2));
    const sentenceStarts = shared32(this.#sentences.length + 1);
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
    for (const [sentence, numbers] of this.#sentences.entries()) {
      while (sentence >= (this.#paperStarts[paper + 1] as number)) paper++;
      sentenceStarts[sentence] = at;
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
    sentenceStarts[this.#sentences.length] = at;
    return { corpus: { units: units.subarray(0, at), sentenceStarts, paperStarts }, paperCounts };
  }
}

function shared32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
