import { counted } from './counted.ts';

type Kind = 'week' | 'month';

// The pages of a week and a month.
export const period = {
  week: (number: number, year: string) => `Week ${number} of ${year}`,
  weekShort: (number: number) => `Week ${number}`,
  titleOfWeek: (number: number, year: string) => `Papers of week ${number} of ${year}`,
  titleOfMonth: (month: string) => `Papers of ${month}`,
  description: (papers: number, first: string, last: string) =>
    `${counted(papers, 'paper')} listed from ${first} to ${last}.`,
  empty: (kind: Kind) => `No lists in this ${kind}.`,
  best: 'The best of each day',
  listed: (papers: number) => counted(papers, 'paper'),
  votes: (votes: number) => counted(votes, 'vote'),
  wholeYear: (year: string) => `All of ${year}`,
};
