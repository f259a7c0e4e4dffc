import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';
import type { Link } from './link.ts';
import { numeral } from './numeral.ts';

// Papers on their way onto a day's list, and their place on it.
export const submitting = {
  title: 'Submit a paper',
  intro: (rules: string, edit: Child) => (
    <>
      It goes on today’s list, for everyone to vote on. {rules} {edit}
    </>
  ),
  editorRules: 'Editors may submit papers of any age, on any day.',
  rules: (perDay: number, onWeekends: boolean, withinDays: number) => {
    const age = withinDays > 0 ? `, none older than ${counted(withinDays, 'day')}` : '';
    const days = onWeekends ? '' : ', from Monday to Friday';
    return `You may submit ${counted(perDay, 'paper')} a day${days}${age}; each paper once.`;
  },
  editToday: 'Edit today’s list',
  reference: 'arXiv number, DOI or address of the paper',
  comment: 'Comment (becomes the first one)',
  media: (max: number) => `Pictures or videos: addresses, one a line, at most ${numeral(max)}`,
  submit: 'Submit',
  isHere: 'This paper is here, and can be submitted.',
  isNotHere: 'This paper is not here yet: it will be fetched when you submit it.',
  fromAnyPage: 'Submit from any page',
  bookmarkNote:
    'Make a bookmark with this as its address. Opened on the page of a paper, it leads to this form with the paper filled in.',
  bookmark: 'Address of the bookmark',
  own: 'Your submissions',
  state: {
    waiting: 'Being fetched',
    refused: 'Not listed',
    listed: (day: string) => `On the list of ${day}`,
    listedWithoutComment: (day: string) => `On the list of ${day}, without comment`,
  },

  submission: {
    headings: {
      waiting: 'Your paper is being fetched',
      listed: 'Your paper is on the list',
      refused: 'Your paper was not listed',
    },
    waiting:
      'It is not here yet. Fetching it takes some seconds, or some minutes when its source is slow; then it goes on the list by itself, and this page says so. You need not wait here.',
    listed: (day: Child) => <>It is on the list of {day}.</>,
    comment: 'Your comment',
    again: 'Change it and try again',
    none: 'You have no such submission.',
  },

  entry: {
    yours: (link: Link) => <>You submitted this: {link('set its links')}</>,
    edit: 'Edit',
    introduction: (max: number) => `Why read this: plain text, at most ${numeral(max)} characters`,
    save: 'Save',
    pin: 'Pin to the top',
    unpin: 'Unpin',
    unlist: 'Take off the list',
    list: 'Put back on the list',
    title: (paper: string) => `Edit the entry of ${paper}`,
    heading: 'Edit an entry',
    place: (day: Child, isListed: boolean, isPinned: boolean) => (
      <>
        {isListed ? 'On' : 'Taken off'} the list of {day}
        {isPinned && ', pinned'}.
      </>
    ),
    none: 'The paper is not on the list of that day.',
    noAct: 'It is not said what to do: use the buttons.',
  },

  links: {
    title: (paper: string) => `Links of ${paper}`,
    heading: 'Links of a paper',
    note: 'They stand before what sources and the abstract name. Empty: none.',
    save: 'Save links',
  },

  noPaper: 'There is no such paper here.',
};
