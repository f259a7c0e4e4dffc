import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { record, save } from '../../../tests/fixtures.ts';
import { keeperOf, openIndexed, openSearchPlace } from '../../../tests/search-place.ts';
import { createIndexReader } from './index-reader.ts';

afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

test('whoever sees a new stamp sees the rows that belong to it', async () => {
  const { place, keeper } = await openIndexed(record('2510.00001'));
  const reader = createIndexReader(place.uri, place.database);
  onTestFinished(() => reader.close());
  const opened = await reader.current();
  const before = reader.stamp();
  // The engine itself looks for another version again in a second.
  expect(await opened?.table.countRows()).toBe(1);
  await save(place.database, record('2510.00002'));
  await keeper.follow();
  expect(reader.stamp()).toBe(before);
  later(2_000);
  await vi.waitFor(() => expect(reader.stamp()).not.toBe(before), { interval: 5, timeout: 10_000 });
  expect(await (await reader.current())?.table.countRows()).toBe(2);
});

test('there is nothing to read while an index is being made, and then there is', async () => {
  const place = await openSearchPlace(record('2510.00001'));
  const reader = createIndexReader(place.uri, place.database);
  onTestFinished(() => reader.close());
  expect([await reader.current(), reader.stamp()]).toEqual([undefined, '']);
  const keeper = await keeperOf(place);
  const seen: unknown[] = [];
  await keeper.ensure({
    onProgress: () => {
      seen.push(reader.stamp());
    },
  });
  expect(new Set(seen)).toEqual(new Set(['']));
  expect((await reader.current())?.entry).toEqual(keeper.entry());
});
