import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

// The pages of a year at a glance.
export const archive = {
  link: 'Archive',
  heading: (year: string) => `The papers of ${year}`,
  title: (year: string) => `Archive of ${year}`,
  description: (year: string) => `Every day of ${year} and how many papers its list has.`,
  years: 'Years',
  year: (year: string) => year,
  empty: 'No day of this year has papers here.',
  found: (
    { days, papers }: { days: number; papers: number },
    fullest: { papers: number; link: Child },
  ) => (
    <>
      {counted(days, 'day')} with a list, {counted(papers, 'paper')}. Most on {fullest.link}:{' '}
      {fullest.papers.toLocaleString('en')}.
    </>
  ),
  onlyAnnounced: (days: number) =>
    `No lists, but papers were announced on ${counted(days, 'day')}.`,
  legend: 'Papers on the day’s list',
  range: (from: number, to: number) =>
    from === to
      ? from.toLocaleString('en')
      : `${from.toLocaleString('en')}–${to.toLocaleString('en')}`,
  announced: 'announced only',
  dayListed: (day: string, papers: number) => `${day}: ${counted(papers, 'paper')}`,
  dayAnnounced: (day: string) => `${day}: announced papers, no list`,
  table: 'The year as a table',
  month: 'Month',
  days: 'Days with a list',
  papers: 'Papers',
  fullest: 'Fullest day',
  dayWith: (papers: number) => counted(papers, 'paper'),
};
