import { expect, test } from 'vitest';
import { record } from '../../../tests/fixtures.ts';
import { openIndexed } from '../../../tests/search-place.ts';
import type { Day, Instant } from '../../base/calendar.ts';
import { listEntries } from './catalog.ts';
import { dayNumber } from './index-row.ts';
import { connect } from './lance.ts';
import { periodCondition } from './period-condition.ts';

test.each([
  ['2020-01-01', undefined, 'year >= 2020'],
  ['2020-01-02', undefined, '(year >= 2021 OR day BETWEEN 18263 AND 18627)'],
  [undefined, '2020-01-01', 'year < 2020'],
  [undefined, '2020-01-02', '(year < 2020 OR day BETWEEN 18262 AND 18262)'],
  ['2020-01-01', '2021-01-01', 'year >= 2020 AND year < 2021'],
  ['2020-03-01', '2020-03-02', 'day BETWEEN 18322 AND 18322'],
  ['2019-03-01', '2020-03-01', 'day BETWEEN 17956 AND 18321'],
  ['2020-03-01', '2020-03-01', 'year < 0'],
  ['2021-03-01', '2020-03-01', 'year < 0'],
])('from %s to %s is %s', (after, before, condition) => {
  expect(periodCondition(after as Day | undefined, before as Day | undefined)).toBe(condition);
});

test('a table keeps exactly the papers of a period, wherever it begins and ends', async () => {
  const days = [
    '1969-12-31',
    '1970-01-01',
    '2018-12-31',
    '2019-01-01',
    '2019-06-15',
    '2019-12-31',
    '2020-01-01',
    '2020-02-29',
    '2021-01-01',
  ] as Day[];
  const { place } = await openIndexed(
    ...days.map((day, n) =>
      record(`2510.0000${n}`, { submittedAt: `${day}T12:00:00.000Z` as Instant }),
    ),
  );
  const connection = await connect(place.uri);
  const [entry] = await listEntries(connection);
  const table = await connection.openTable(entry?.name as string);
  const bounds = [undefined, ...days, '2019-01-02' as Day, '2022-07-01' as Day];
  for (const after of bounds) {
    for (const before of bounds) {
      if (!after && !before) continue;
      const kept = days.filter((day) => (!after || day >= after) && (!before || day < before));
      const where = periodCondition(after, before);
      const rows = await table.query().where(where).select(['day']).toArray();
      expect(rows.map((row) => row.day).sort((a, b) => a - b)).toEqual(kept.map(dayNumber));
    }
  }
  table.close();
  connection.close();
});
