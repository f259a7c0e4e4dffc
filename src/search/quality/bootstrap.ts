/** Enough that the third digit of a bound stays the same under another seed. */
const ROUNDS = 4_000;
const SEED = 20_251_029;
const CONFIDENCE = 0.95;

export type Interval = { mean: number; low: number; high: number };

/**
 * The mean and its 95 % interval by the percentile bootstrap (Efron, 1979, doi:10.1214/aos/1176344552):
 * how the mean spreads when the values are drawn again and again with replacement. Calls with as many
 * values draw the same places, so that the same values always give the same interval; handed the
 * differences of two runs query by query, it is the paired bootstrap.
 */
export function bootstrapMean(values: readonly number[]): Interval {
  const count = values.length;
  if (count === 0) return { mean: 0, low: 0, high: 0 };
  const random = randomNumbers(SEED);
  const means = new Float64Array(ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (let drawn = 0; drawn < count; drawn++) {
      sum += values[Math.floor(random() * count)] as number;
    }
    means[round] = sum / count;
  }
  means.sort();
  const tail = (1 - CONFIDENCE) / 2;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / count,
    low: means[Math.floor(tail * ROUNDS)] as number,
    high: means[Math.ceil((1 - tail) * ROUNDS) - 1] as number,
  };
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, by Tommy Ettinger). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
