// One list out of two: what the words say and what the meaning says.
import type { Scored } from './index/ask-table.ts';

/** How many of each list take part, in the product and in every measurement. */
export const FUSED_DEPTH = 200;

/**
 * The weighted mean of the words' score, as a share of the best one, and of the cosine as it is: how
 * high cosines are says how much the meaning knows of the query, which normalising them would hide.
 * What has no score among the words counts 0 there. `meaning` should have a cosine for every paper of
 * `words`; a paper without one gets the lowest. `weight` is that of the meaning, 0 to 1. Best first,
 * ties by key.
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
