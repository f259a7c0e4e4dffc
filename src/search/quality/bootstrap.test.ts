import { expect, test } from 'vitest';
import { bootstrapMean } from './bootstrap.ts';

test('the interval holds the mean, and is the same every time', () => {
  const values = Array.from({ length: 200 }, (_, at) => (at * 37) % 101);
  const interval = bootstrapMean(values);
  expect(interval.low).toBeLessThan(interval.mean);
  expect(interval.high).toBeGreaterThan(interval.mean);
  expect(bootstrapMean(values)).toEqual(interval);
});

test('its width is that of the normal approximation, for many values', () => {
  const values = Array.from({ length: 400 }, (_, at) => at % 2);
  const { mean, low, high } = bootstrapMean(values);
  // The standard error is 0.5 / sqrt(400), and 1.96 of them reach 95 %.
  expect(mean).toBe(0.5);
  expect(low).toBeCloseTo(0.5 - 0.049, 2);
  expect(high).toBeCloseTo(0.5 + 0.049, 2);
});

test('without spread there is no width, and without values nothing', () => {
  expect(bootstrapMean([0.25, 0.25, 0.25])).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
  expect(bootstrapMean([])).toEqual({ mean: 0, low: 0, high: 0 });
});
