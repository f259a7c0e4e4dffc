// Papers in a list, and what stands around lists.
import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

type Link = (text: string) => Child;

export const lists = {
  papers: 'Papers',
  pinned: 'Pinned',
  withdrawn: 'Withdrawn by its authors',
  whyRead: 'Why read this:',
  authors: (count: number) => counted(count, 'author'),
  moreAuthors: (count: number) => `and ${counted(count, 'more', 'more')}`,
  comments: (count: number) => counted(count, 'comment'),
  votes: (count: number) => counted(count, 'vote'),
  code: 'Code',
  project: 'Project',
  placeOfDay: (rank: number, date: string) => `#${rank} paper of the day, ${date}`,
  previousAndNext: 'Previous and next',
  earlier: (label: string) => `← ${label}`,
  later: (label: string) => `${label} →`,
  page: (number: number) => `Page ${number}`,
  citeThese: 'Cite these papers',

  day: {
    kicker: 'Daily Papers',
    title: (date: string) => `Papers of ${date}`,
    description: (listed: number, announced: number, date: string) =>
      `${counted(listed, 'paper')} listed and ${announced.toLocaleString('en')} more announced on ${date}.`,
    views: 'Views of this day',
    list: 'The list',
    allNew: 'All new',
    week: (number: number) => `Week ${number}`,
    announcedIn: (categories: string) => `Everything announced in ${categories}, newest first.`,
    announcedBeside: (categories: string) =>
      `Everything announced in ${categories} that is not on the list, newest first.`,
    nothing: 'Nothing was listed or announced on this day.',
    late: 'Arrived late',
    lateNote:
      'Announced before this day, but not yet in their own day’s announcement when it was first read. They are on the lists of their days as well.',
    announced: (date: string) => `Announced ${date}`,
    unlisted: 'Taken off the list',
    unlistedNote: 'Only editors see this here',
    savedPage: (link: Child, byline: string | undefined) => (
      <>
        Saved page of this day: {link}
        {byline && ` ${byline}`}
      </>
    ),
  },

  edition: {
    description: (count: number) => `${counted(count, 'paper')} in the order of the page.`,
    note: (count: number, date: string, link: Link) => (
      <>
        {counted(count, 'paper')}, as a saved page of {link(date)} shows them.
      </>
    ),
  },
};
