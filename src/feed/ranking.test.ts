import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../base/calendar.ts';
import { shuffleUnvoted, type TrendingCandidate, trendingScores } from './ranking.ts';

const TODAY = '2025-10-31' as Day;
const day = fc.integer({ min: -4_000, max: 40 }).map((days) => addDays(TODAY, days));
const count = fc.oneof(
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 5_000_000 }),
  fc.constant(0),
);
const paper = fc.record({
  votes: count,
  comments: count,
  day: fc.oneof(
    day,
    fc.integer({ min: -3, max: 0 }).map((days) => addDays(TODAY, days)),
  ),
  category: fc.constantFrom('cs.LG', 'cs.CV', 'math.CO', undefined),
});
const candidates = fc
  .array(paper, { minLength: 1, maxLength: 40 })
  .map((papers) => papers.map((one, index) => ({ ...one, paperKey: index + 1 })));
const withOne = fc
  .tuple(candidates, fc.nat())
  .map(([all, n]) => ({ all, at: n % all.length, key: (n % all.length) + 1 }));

function placeOf(all: TrendingCandidate[], key: number): number {
  return trendingScores(all, TODAY).findIndex((one) => one.paperKey === key);
}

function changed(all: TrendingCandidate[], at: number, changes: Partial<TrendingCandidate>) {
  return all.map((one, index) => (index === at ? { ...one, ...changes } : one));
}

describe('the order of trending', () => {
  test.each(['votes', 'comments'] as const)('more %s never rank a paper lower', (what) => {
    fc.assert(
      fc.property(withOne, fc.constantFrom(1, 1, 2, 10, 1_000), ({ all, at, key }, more) => {
        const before = placeOf(all, key);
        const count = (all[at]?.[what] ?? 0) + more;
        expect(placeOf(changed(all, at, { [what]: count }), key)).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  test('more votes raise nobody else’s score, and do not lower the paper’s own', () => {
    const scoresOf = (all: TrendingCandidate[]) =>
      new Map(trendingScores(all, TODAY).map(({ paperKey, score }) => [paperKey, score]));
    fc.assert(
      fc.property(withOne, fc.constantFrom(1, 10, 100_000), ({ all, at, key }, more) => {
        const before = scoresOf(all);
        const after = scoresOf(changed(all, at, { votes: (all[at]?.votes ?? 0) + more }));
        for (const [paper, score] of after) {
          const known = before.get(paper) as number;
          if (paper === key) expect(score).toBeGreaterThanOrEqual(known * (1 - 1e-12));
          else expect(score).toBeLessThanOrEqual(known);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('greater age never ranks a paper higher', () => {
    fc.assert(
      fc.property(withOne, fc.integer({ min: 1, max: 400 }), ({ all, at, key }, days) => {
        const before = placeOf(all, key);
        const older = addDays(all[at]?.day as Day, -days);
        expect(placeOf(changed(all, at, { day: older }), key)).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  test('the scale of a field turns no order around within it', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const ranked = trendingScores(all, TODAY);
        for (const category of new Set(all.map((one) => one.category))) {
          const own = all.filter((one) => one.category === category);
          const within = ranked.filter(({ why }) => why.category === category);
          // Papers of one field alone are all divided by the same.
          const alone = trendingScores(own, TODAY).map((one) => one.paperKey);
          expect(within.map((one) => one.paperKey)).toEqual(alone);
          expect(within.map(({ why }) => why.placeInCategory)).toEqual(alone.map((_, n) => n + 1));
        }
      }),
    );
  });

  test('every candidate comes once, with a finite score, whatever the order it came in', () => {
    fc.assert(
      fc.property(candidates, fc.infiniteStream(fc.nat()), (all, lots) => {
        const ranked = trendingScores(all, TODAY);
        expect(ranked.map((one) => one.paperKey).sort((a, b) => a - b)).toEqual(
          all.map((one) => one.paperKey),
        );
        expect(ranked.every(({ score }) => Number.isFinite(score) && score >= 0)).toBe(true);
        const mixed = all
          .map((one) => ({ one, lot: lots.next().value }))
          .sort((a, b) => a.lot - b.lot)
          .map(({ one }) => one);
        expect(trendingScores(mixed, TODAY)).toEqual(ranked);
      }),
    );
  });

  test('a vote weighs more than a comment, and a comment more than nothing', () => {
    const one = { votes: 4, comments: 4, day: TODAY, category: 'cs.LG' };
    const ranked = trendingScores(
      [
        { ...one, paperKey: 3 },
        { ...one, paperKey: 2, comments: 5 },
        { ...one, paperKey: 1, votes: 5 },
      ],
      TODAY,
    );
    expect(ranked.map(({ paperKey }) => paperKey)).toEqual([1, 2, 3]);
  });

  test('a day to come counts as today', () => {
    const one = { votes: 4, comments: 0, category: 'cs.LG' };
    const [a, b] = trendingScores(
      [
        { ...one, paperKey: 1, day: TODAY },
        { ...one, paperKey: 2, day: '2999-01-01' as Day },
      ],
      TODAY,
    );
    expect(a?.score).toBe(b?.score);
    expect(b?.why.ageDays).toBe(0);
  });

  test('papers without votes score nothing, and stand newest first', () => {
    const one = { votes: 0, comments: 0, category: 'cs.LG' };
    const ranked = trendingScores(
      [
        { ...one, paperKey: 1, day: '2025-10-01' as Day },
        { ...one, paperKey: 2, day: TODAY },
        { ...one, paperKey: 3, day: TODAY },
        { ...one, paperKey: 4, day: '2017-06-12' as Day, votes: 1 },
      ],
      TODAY,
    );
    expect(ranked.map(({ paperKey }) => paperKey)).toEqual([4, 3, 2, 1]);
    expect(ranked.map(({ score }) => score > 0)).toEqual([true, false, false, false]);
    expect(trendingScores([], TODAY)).toEqual([]);
  });

  test('a paper of a small field surfaces among those of a busy one', () => {
    const busy = Array.from({ length: 40 }, (_, n) => ({
      paperKey: n + 1,
      votes: 20 + n,
      comments: 0,
      day: TODAY,
      category: 'cs.LG',
    }));
    const small = Array.from({ length: 12 }, (_, n) => ({
      paperKey: n + 101,
      votes: n,
      comments: 0,
      day: TODAY,
      category: 'math.CO',
    }));
    const ranked = trendingScores([...busy, ...small], TODAY);
    const best = ranked.findIndex(({ paperKey }) => paperKey === 112);
    expect(best).toBeLessThan(20);
    expect(ranked[best]?.why).toEqual({
      votes: 11,
      comments: 0,
      ageDays: 0,
      category: 'math.CO',
      placeInCategory: 1,
    });
  });
});

describe('the shuffle of those that nobody voted for', () => {
  const rows = fc
    .array(fc.record({ isUnvoted: fc.boolean(), isPinned: fc.boolean() }), { maxLength: 60 })
    .map((flags) => flags.map((flag, index) => ({ ...flag, paperKey: index + 1 })));
  const isMoved = (row: { isUnvoted: boolean; isPinned: boolean }) =>
    row.isUnvoted && !row.isPinned;

  test('everything stands once, and what has votes or is pinned where it stood', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const shuffled = shuffleUnvoted(list, TODAY);
        expect(new Set(shuffled)).toEqual(new Set(list));
        expect(shuffled).toHaveLength(list.length);
        expect(shuffled.map(isMoved)).toEqual(list.map(isMoved));
        for (const [index, row] of list.entries()) {
          if (!isMoved(row)) expect(shuffled[index]).toBe(row);
        }
      }),
    );
  });

  test('it is the same from any order, and stays as others gain votes', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, n) => {
        const order = (of: typeof list) =>
          shuffleUnvoted(of, TODAY)
            .filter(isMoved)
            .map((row) => row.paperKey);
        expect(order(list.toReversed())).toEqual(order(list));
        const voted = list[n % Math.max(1, list.length)];
        if (!voted) return;
        const rest = list.filter((row) => row !== voted);
        const after = order([{ ...voted, isUnvoted: false }, ...rest]);
        expect(after).toEqual(order(list).filter((key) => key !== voted.paperKey));
      }),
    );
  });

  test('another day has another order', () => {
    const list = Array.from({ length: 40 }, (_, n) => ({
      paperKey: n,
      isUnvoted: true,
      isPinned: false,
    }));
    expect(shuffleUnvoted(list, TODAY)).not.toEqual(list);
    expect(shuffleUnvoted(list, TODAY)).not.toEqual(shuffleUnvoted(list, addDays(TODAY, 1)));
  });
});
