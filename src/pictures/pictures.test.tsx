import { expect, test } from 'vitest';
import { addDays, type Day } from '../base/calendar.ts';
import { growthOf } from './growth.ts';
import { type DayCell, MonthCalendar } from './month-calendar.tsx';
import { roundUp, stepOf, stepsUpTo } from './scale.ts';
import { Sparkline } from './sparkline.tsx';
import { type Timeline, TimelinePlot } from './timeline-plot.tsx';

const day = (text: string) => text as Day;

test('an axis ends at a number that reads well and is no smaller than what it shows', () => {
  expect([0, 1, 7, 11, 19, 31, 99, 101, 280, 7_712].map(roundUp)).toEqual([
    1, 1, 8, 20, 20, 40, 100, 200, 300, 8_000,
  ]);
});

test('steps hold each number from 1 to the most once, and nothing else', () => {
  for (const most of [1, 2, 4, 5, 6, 22, 39, 1_000]) {
    const steps = stepsUpTo(most, 5);
    expect(steps.length).toBeLessThanOrEqual(5);
    for (let value = 1; value <= most; value++) {
      expect(steps.filter(({ from, to }) => from <= value && value <= to)).toHaveLength(1);
    }
    expect([stepOf(0, steps), stepOf(1, steps), stepOf(most, steps)]).toEqual([0, 1, steps.length]);
    expect(stepOf(most + 1, steps)).toBe(0);
  }
  expect(stepsUpTo(0, 5)).toEqual([]);
});

test('a total begins at nothing, and stays where nothing happened', () => {
  const counts = [
    { day: day('2025-10-29'), count: 2 },
    { day: day('2025-11-01'), count: 3 },
  ];
  const growth = growthOf(counts, day('2025-10-29'), day('2025-11-02'));
  expect(growth.map(({ total }) => total)).toEqual([0, 2, 2, 2, 5, 5]);
  expect(growth[0]?.day).toBe('2025-10-28');
});

test('a sparkline never falls, ends in its total, and says so in words', () => {
  const counts = Array.from({ length: 900 }, (_, n) => ({
    day: addDays(day('2020-01-01'), n * 2),
    count: n % 3,
  }));
  const growth = growthOf(counts, day('2020-01-01'), addDays(day('2020-01-01'), 1_798));
  const svg = String(<Sparkline growth={growth} label="900 votes" size="large" />);
  const line = /class="line" d="M([^"]+)"/.exec(svg)?.[1] as string;
  const heights = line.split('L').map((point) => Number(point.split(' ')[1]));
  expect(heights.length).toBeLessThanOrEqual(240);
  expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  expect(heights.at(-1)).toBe(3);
  expect(svg).toContain('role="img" aria-label="900 votes"');
  expect(svg).toContain('>900</text>');
  expect(svg).not.toContain('style=');
});

test('a month has weeks as columns that begin on Monday, and links where there is something', () => {
  const cells = Array.from({ length: 31 }, (_, n): DayCell => {
    const at = addDays(day('2025-10-01'), n);
    const href = n % 2 === 0 ? `/papers/date/${at}` : undefined;
    return { day: at, count: n, href, label: `The day ${at}: ${n}` };
  });
  const svg = String(
    <MonthCalendar cells={cells} steps={stepsUpTo(30, 5)} labelledBy="month-2025-10" />,
  );
  expect(svg.match(/<rect/g)).toHaveLength(31);
  expect(svg.match(/<a /g)).toHaveLength(16);
  // October 1 was a Wednesday, October 6 the first Monday, October 31 a Friday in the fifth week.
  const places = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  expect([places[0], places[5], places[30]]).toEqual([
    [13, 50],
    [38, 0],
    [113, 100],
  ]);
  expect(svg).toContain(
    '<a class="day step-5" href="/papers/date/2025-10-31" aria-label="The day 2025-10-31: 30">',
  );
});

function plotOf(timeline: Timeline): string {
  return String(<TimelinePlot timeline={timeline} />);
}

test('papers are bars and votes a line, each with its own scale, and all numbers are in a table', () => {
  const html = plotOf({
    unit: 'month',
    periods: [
      { first: day('2024-12-01'), papers: 3, votes: 0 },
      { first: day('2025-01-01'), papers: 0, votes: 0 },
      { first: day('2025-02-01'), papers: 7, votes: 1_234 },
    ],
  });
  expect(html).toContain('10 papers with 1,234 votes from Dec 2024 to Feb 2025.');
  expect(html).toContain('>8 papers a month</text>');
  expect(html).toContain('>2,000 votes for the papers of a month</text>');
  expect(html.match(/class="bar"/g)).toHaveLength(3);
  expect(html.match(/class="dot"/g)).toHaveLength(1);
  expect(html.match(/>2025<\/text>/g)).toHaveLength(2);
  expect(html).toContain('<th scope="row">Feb 2025</th><td>7</td><td>1,234</td>');
  expect(html).toContain('most in Feb 2025: 7 papers.');
  expect(html).not.toContain('style=');
});

test('without votes there is no plot of them, and of many years not each is written below', () => {
  const html = plotOf({
    unit: 'year',
    periods: Array.from({ length: 30 }, (_, n) => ({
      first: day(`${1996 + n}-01-01`),
      papers: 1,
      votes: 0,
    })),
  });
  expect(html.match(/<svg class="panel/g)).toHaveLength(1);
  expect([...html.matchAll(/class="year"[^>]*>(\d+)</g)].map(([, year]) => Number(year))).toEqual([
    2000, 2005, 2010, 2015, 2020, 2025,
  ]);
});

test('weeks say which month they are in', () => {
  const html = plotOf({
    unit: 'week',
    periods: Array.from({ length: 8 }, (_, n) => ({
      first: addDays(day('2025-09-08'), 7 * n),
      papers: 2,
      votes: 1,
    })),
  });
  expect(html).toContain('16 papers with 8 votes from Sep 8, 2025 to Nov 2, 2025.');
  expect(html.match(/>(?:Oct|Nov)<\/text>/g)).toHaveLength(4);
  expect(html).toContain('<th scope="row">week of Oct 27, 2025</th>');
});
