import { hashText, randomOf } from '../../embeddings/static/random.ts';

/** Chance that comes out the same every time: numbers that depend on a name and what it is asked for. */
export type Chance = {
  /** From 0 up to 1. */
  number(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  isLucky(share: number): boolean;
  one<T>(from: readonly T[]): T;
  /** Different ones, at most as many as there are. */
  some<T>(count: number, from: readonly T[]): T[];
};

export function chanceOf(name: string): Chance {
  const seed = hashText(name);
  let turn = 0;
  const number = () => randomOf(seed, turn++, 1);
  const chance: Chance = {
    number,
    between: (from, to) => from + Math.floor(number() * (to - from + 1)),
    isLucky: (share) => number() < share,
    one: (from) => from[Math.floor(number() * from.length)] as (typeof from)[number],
    some(count, from) {
      const rest = [...from];
      const taken: typeof rest = [];
      while (taken.length < count && rest.length > 0) {
        taken.push(...rest.splice(Math.floor(number() * rest.length), 1));
      }
      return taken;
    },
  };
  return chance;
}
