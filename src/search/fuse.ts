// One list out of two: what the words say and what the meaning says.
import type { Scored } from './index/ask-table.ts';

/** How many of each list take part, in the product and in every measurement. */
export const FUSED_DEPTH = 200;

/**
 * The weighted mean of the words' score, as a share of the best one, and of the cosine as it is: how
 * high cosines are says how much the meaning knows of the query, which normalising them would hide.
 * What has no score among the words counts 0 there; what has no cosine gets the lowest of them, which it
 * cannot exceed. `weight` is that of the meaning, 0 to 1. Best first, ties by key.
 */
export function fuse(words: Scored[], meaning: Scored[], weight: number): Scored[] {
  const top = words.reduce((most, { score }) => Math.max(most, score), 0);
  const lowest = meaning.reduce((least, { score }) => Math.min(least, score), 1);
  const wordScores = new Map(words.map(({ key, score }) => [key, top > 0 ? score / top : 0]));
  const cosines = new Map(meaning.map(({ key, score }) => [key, score]));
  const floor = meaning.length > 0 ? lowest : 0;
  return [...new Set([...wordScores.keys(), ...cosines.keys()])]
    .map((key) => ({
      key,
      score: (1 - weight) * (wordScores.get(key) ?? 0) + weight * (cosines.get(key) ?? floor),
    }))
    .sort((a, b) => b.score - a.score || a.key - b.key);
}

/** A query of so many words gets the weight that is set. */
const USUAL_WORDS = 6;
const GROWTH = 0.5;
const LEAST = 0.7;
const MOST = 2;

/**
 * The meaning's weight for a query of `count` words, stop words aside: the more of them, the more it
 * knows, while a few words are meant as they are written. `weight` is that of a query of six; 0 stays 0.
 * The form and its numbers were chosen on held-out papers and SciFact's training queries.
 */
export function weightFor(count: number, weight: number): number {
  const growth = Math.min(MOST, Math.max(LEAST, (count / USUAL_WORDS) ** GROWTH));
  const share = weight * growth;
  return share / (share + 1 - weight);
}
