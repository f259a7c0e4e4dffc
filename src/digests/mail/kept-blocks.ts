import type { PaperFacts } from './paper-facts.ts';

/** What a paper looks like in one part of a mail depends on the reader by these alone. */
export type Place = { rank: number; via: string | undefined };

/** Papers have few ranks; by what readers came to them may be anything. */
const MAX_KEPT = 50;

/** Makes blocks of papers once for all readers; they go when the paper leaves the cache. */
export function keepBlocks(): (facts: PaperFacts, place: Place, make: () => string) => string {
  const blocks = new WeakMap<PaperFacts, Map<string, string>>();
  return (facts, { rank, via }, make) => {
    const kept = blocks.get(facts) ?? new Map<string, string>();
    blocks.set(facts, kept);
    const key = `${rank} ${via ?? ''}`;
    let block = kept.get(key);
    if (block === undefined) {
      block = make();
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(key, block);
    }
    return block;
  };
}
