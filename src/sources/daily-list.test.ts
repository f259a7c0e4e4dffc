import { expect, test } from 'vitest';
import type { Day } from '../base/calendar.ts';
import {
  dailyListUrl,
  originOf,
  parseDailyItem,
  parseDailyLine,
  parsePaperDetail,
} from './daily-list.ts';

const DAY = '2025-10-29' as Day;
const paper = {
  id: '2510.00001v2',
  title: 'A\n  title',
  summary: 'It.',
  authors: [{ _id: 'a'.repeat(24), name: 'Ada Lovelace', hidden: false, user: { user: 'ada' } }],
  publishedAt: '2025-10-28T10:00:00.000Z',
  upvotes: 12,
  submittedOnDailyAt: '2025-10-29T00:30:00.000Z',
  githubRepo: 'https://github.com/a/b',
  projectPage: 'https://github.com/a/b',
  ai_keywords: ['x'],
};
const item = {
  paper,
  publishedAt: '2025-10-28T06:00:00.000Z',
  title: 'A title',
  numComments: 3,
  submittedBy: { name: 'akhaliq', fullname: 'AK' },
};

test('an item gives the paper and its place on the list', () => {
  const { record, entry } = parseDailyItem(item, DAY, 'huggingface');
  expect(record).toMatchObject({
    id: '2510.00001',
    version: 2,
    source: 'daily-papers',
    submittedAt: '2025-10-28T10:00:00.000Z',
    elsewhere: { origin: 'huggingface', votes: 12, comments: 3 },
    extras: { aiKeywords: ['x'] },
  });
  expect(record.links?.map((link) => link.kind)).toEqual(['code', 'project']);
  expect(record.authors?.[0]?.elsewhere).toMatchObject({ user: { user: 'ada' } });
  expect(entry).toMatchObject({
    day: DAY,
    votes: 12,
    comments: 3,
    submitter: 'akhaliq',
    publishedAt: '2025-10-28T06:00:00.000Z',
    listedAt: '2025-10-29T00:30:00.000Z',
  });
});

test('an optional field of a wrong type is left out, a needed one rejects the item', () => {
  const odd = {
    ...item,
    numComments: 'many',
    paper: { ...paper, githubStars: 'x', projectPage: 'no' },
  };
  const { record, entry } = parseDailyItem(odd, DAY, 'huggingface');
  expect(entry.comments).toBe(0);
  expect(record.links).toHaveLength(1);
  expect(() => parseDailyItem({ ...item, paper: { ...paper, id: 7 } }, DAY, 'x')).toThrow(
    /^paper.id: /,
  );
  expect(() => parseDailyItem({ ...item, publishedAt: 'soon' }, DAY, 'x')).toThrow(
    /publishedAt is not a time/,
  );
  expect(() => parseDailyItem(null, DAY, 'x')).toThrow(/^the item: /);
});

test('a paper object keeps its linked repositories', () => {
  const { record, entry } = parsePaperDetail(
    {
      ...paper,
      linkedModels: [{ id: 'a/m' }],
      numTotalModels: 9,
      linkedDatasets: [],
      numTotalDatasets: 0,
    },
    'huggingface',
  );
  expect(record.extras?.linked).toMatchObject({
    models: [{ id: 'a/m' }],
    totalModels: 9,
    totalSpaces: 0,
  });
  expect(entry?.day).toBe('2025-10-29');
});

test('a line is a day, a bare list or a paper', () => {
  expect(parseDailyLine({ date: '2025-10-29', response: [] }).kind).toBe('day');
  expect(parseDailyLine([]).kind).toBe('items');
  expect(parseDailyLine(paper).kind).toBe('paper');
  expect(() => parseDailyLine({ date: '2025-13-40', response: [] })).toThrow(/not a calendar day/);
  expect(() => parseDailyLine(7)).toThrow(/neither/);
});

test('addresses and origins', () => {
  expect(originOf('https://huggingface.co')).toBe('huggingface');
  expect(originOf('http://papers.example.org:8080/x')).toBe('papers.example.org:8080');
  expect(dailyListUrl('https://huggingface.co', DAY, 2)).toBe(
    'https://huggingface.co/api/daily_papers?date=2025-10-29&limit=100&p=2',
  );
});
