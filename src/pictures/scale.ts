// Where numbers stand in a picture.

const ROUND = [1, 2, 3, 4, 5, 6, 8, 10];

/** The next number that reads well at the end of an axis: few units of a power of ten. */
export function roundUp(most: number): number {
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (ROUND.find((step) => step * power >= most) as number);
}

/** The values of one shade of a scale, both ends included. */
export type Step = { from: number; to: number };

/**
 * The whole numbers from 1 to `most` in at most `count` equal steps, the smallest first; where there are fewer
 * numbers than steps, each has one.
 */
export function stepsUpTo(most: number, count: number): Step[] {
  if (most < 1) return [];
  const width = Math.ceil(most / count);
  const steps = Math.ceil(most / width);
  return Array.from({ length: steps }, (_, place) => ({
    from: place * width + 1,
    to: Math.min(most, (place + 1) * width),
  }));
}

/** The place of a value among the steps, counted from 1; 0 where it is in none. */
export function stepOf(value: number, steps: Step[]): number {
  return steps.findIndex(({ from, to }) => value >= from && value <= to) + 1;
}

/** Coordinates need no more digits than a screen has dots. */
export function coordinate(value: number): number {
  return Math.round(value * 10) / 10;
}
