import { hashText, randomOf, shuffled } from '../static/random.ts';
import type { Corpus } from './corpus.ts';

const CLUSTER = 128;

/**
 * An order of the papers in which those that are alike stand together in groups of about 128, the
 * groups shuffled: a batch then holds harder negatives than chance would bring. Groups come from
 * halving again and again: two papers are drawn, and each of the others goes to the half that its
 * difference to both says.
 */
export function clusteredOrder(
  corpus: Corpus,
  vectors: Float32Array,
  { dimensions, seed }: { dimensions: number; seed: number },
  round: number,
): Uint32Array {
  const papers = corpus.paperStarts.length - 1;
  const order = shuffled(papers, seed, round);
  const means = paperVectors(corpus, vectors, dimensions);
  const groups: Uint32Array[] = [];
  const halve = (members: Uint32Array, depth: number): void => {
    if (members.length <= CLUSTER) {
      groups.push(members);
      return;
    }
    const draw = (which: number) =>
      members[
        Math.floor(randomOf(seed, round, members[0] as number, depth * 2 + which) * members.length)
      ] as number;
    const a = draw(0) * dimensions;
    const b = draw(1) * dimensions;
    const direction = new Float32Array(dimensions);
    for (let k = 0; k < dimensions; k++) {
      direction[k] = (means[a + k] as number) - (means[b + k] as number);
    }
    const projected = Float32Array.from(members, (paper) => {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) {
        sum += (means[paper * dimensions + k] as number) * (direction[k] as number);
      }
      return sum;
    });
    const places = Array.from(members.keys()).sort(
      (x, y) => (projected[x] as number) - (projected[y] as number) || x - y,
    );
    const middle = places.length >> 1;
    const take = (part: number[]) => Uint32Array.from(part, (place) => members[place] as number);
    halve(take(places.slice(0, middle)), depth + 1);
    halve(take(places.slice(middle)), depth + 1);
  };
  halve(order, 0);
  const shuffledGroups = shuffled(groups.length, seed + hashText('groups'), round);
  const result = new Uint32Array(papers);
  let at = 0;
  for (const group of shuffledGroups) {
    const members = groups[group] as Uint32Array;
    result.set(members, at);
    at += members.length;
  }
  return result;
}

function paperVectors(corpus: Corpus, vectors: Float32Array, dimensions: number): Float32Array {
  const papers = corpus.paperStarts.length - 1;
  const sums = new Float32Array(papers * dimensions);
  for (let paper = 0; paper < papers; paper++) {
    const out = paper * dimensions;
    const from = corpus.sentenceStarts[corpus.paperStarts[paper] as number] as number;
    const to = corpus.sentenceStarts[corpus.paperStarts[paper + 1] as number] as number;
    for (let place = from; place < to; place++) {
      const row = (corpus.units[place] as number) * dimensions;
      for (let k = 0; k < dimensions; k++) {
        sums[out + k] = (sums[out + k] as number) + (vectors[row + k] as number);
      }
    }
    let squares = 0;
    for (let k = out; k < out + dimensions; k++) squares += (sums[k] as number) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = out; k < out + dimensions; k++) sums[k] = (sums[k] as number) * scale;
  }
  return sums;
}
