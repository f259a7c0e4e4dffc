import { stemmer } from 'stemmer';

/** As Anserini sets them (https://github.com/castorini/anserini). */
const K1 = 0.9;
const B = 0.4;

/** What Lucene's EnglishAnalyzer leaves out. */
const STOP_WORDS = new Set(
  `a an and are as at be but by for if in into is it no not of on or such that the their then there
   these they this to was will with`.split(/\s+/),
);

/** Document numbers and counts in turn; arrays of numbers take a fifth of the memory of objects. */
type Postings = number[];

/**
 * A plain BM25 (Robertson and Zaragoza, 2009, doi:10.1561/1500000019; the idf of Lucene) over whole
 * texts, in memory: the yardstick that the engine's own may not fall below.
 */
export class ReferenceBm25 {
  readonly #postings = new Map<string, Postings>();
  readonly #lengths: number[] = [];
  #totalLength = 0;

  /** Documents are numbered from 0 in the order in which they come. */
  add(text: string): void {
    const document = this.#lengths.length;
    const terms = analyse(text);
    this.#lengths.push(terms.length);
    this.#totalLength += terms.length;
    for (const [term, count] of countTerms(terms)) {
      const postings = this.#postings.get(term);
      if (postings) postings.push(document, count);
      else this.#postings.set(term, [document, count]);
    }
  }

  /** The numbers of the best documents with their scores, best first; ties by number. */
  search(query: string, depth: number): { document: number; score: number }[] {
    const documents = this.#lengths.length;
    const mean = this.#totalLength / Math.max(1, documents);
    const scores = new Map<number, number>();
    for (const [term, repeats] of countTerms(analyse(query))) {
      const postings = this.#postings.get(term) ?? [];
      const having = postings.length / 2;
      const idf = Math.log(1 + (documents - having + 0.5) / (having + 0.5));
      for (let at = 0; at < postings.length; at += 2) {
        const document = postings[at] as number;
        const count = postings[at + 1] as number;
        const length = (this.#lengths[document] as number) / mean;
        const part = (count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
        scores.set(document, (scores.get(document) ?? 0) + repeats * idf * part);
      }
    }
    return [...scores]
      .map(([document, score]) => ({ document, score }))
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, depth);
  }
}

/**
 * Words as Lucene's StandardTokenizer finds them (Unicode Standard Annex 29, without its rules for
 * scripts that have no spaces): a full stop or an apostrophe between letters, and a full stop or a comma
 * between digits, stay inside.
 */
const WORD =
  /[\p{L}\p{N}_\p{M}]+(?:(?:(?<=\p{L})['’.:·](?=\p{L})|(?<=\p{N})['’.,;](?=\p{N}))[\p{L}\p{N}_\p{M}]+)*/gu;

/** The terms of a text as Lucene's EnglishAnalyzer makes them: without possessive, Porter's stems. */
function analyse(text: string): string[] {
  return (text.match(WORD) ?? [])
    .map((word) => word.replace(/['’]s$/i, '').toLowerCase())
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => stemmer(word));
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
