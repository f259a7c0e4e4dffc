import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';
import type { Link } from './link.ts';

// The alerts of an account.
export const alerts = {
  title: 'Your alerts',
  about: (most: number) =>
    `An alert looks for a search or an author among the papers of each day, every ten minutes, and tells you of each paper once. You may have up to ${most}.`,
  make: 'Make an alert',
  none: 'You have no alert yet. Make one here, or out of a search that you made or the page of an author.',
  newTitle: 'A new alert',
  done: {
    made: 'Made. It tells you of what comes from now on.',
    saved: 'Saved.',
    paused: 'Paused: what comes meanwhile is not told.',
    resumed: 'It goes on with what comes from now on.',
    deleted: 'Deleted.',
  },

  // In the list.
  isPaused: 'paused',
  /** `topic`: a query, or the name of an author. */
  row: (topic: string, isAuthor: boolean, telling: string) =>
    `${isAuthor ? 'Papers by ' : ''}${topic}; ${telling}.`,
  nothingYet: 'Nothing yet.',
  soFar: (papers: number) => `${counted(papers, 'paper')} so far:`,
  told: (ways: string[]) => (ways.length > 0 ? `told ${ways.join(' and ')}` : 'told here only'),
  tellings: {
    mail: 'by mail at once',
    digest: (name = 'ended') => `in the digest “${name}”`,
    channel: (name = 'gone') => `in the channel “${name}”`,
  },

  // The page of one.
  pausedSince: (time: Child) => <>Paused {time}.</>,
  lastLooked: (time: Child) => <>It last looked {time}.</>,
  looksSoon: 'It looks within ten minutes.',
  goOn: 'Go on',
  pause: 'Pause',
  delete: 'Delete',
  found: (papers: number) =>
    papers === 0 ? 'Nothing found yet' : `${counted(papers, 'paper')} found`,
  foundNote:
    'Papers that were here before you made the alert are not told of; pausing leaves out what comes meanwhile.',
  change: 'Change it',
  save: 'Save',

  form: {
    papersThat: 'Papers that',
    ways: {
      words: { that: 'have all of the words', note: 'the surest, and the narrowest' },
      meaning: { that: 'are near in meaning', note: 'whatever words they use' },
      either: { that: 'do either', note: 'the most papers' },
      author: { that: 'are by an author of this name', note: 'people may share one' },
    },
    text: 'Search, or name of the author',
    textNote: (search: Link) => (
      <>
        “Phrases”, <code>-words</code>, <code>author:</code>, <code>cat:</code>,{' '}
        <code>has:code</code> and the others of {search('the search')} hold here too.
      </>
    ),
    name: 'Name, as you call it',
    namePlaceholder: 'What it looks for',
    make: 'Make the alert',
    preview: 'Show what it would have found',
    tellMe: 'Tell me',
    byMail: 'by mail as soon as it finds some',
    mailTo: (address: string) => `to ${address}`,
    mailLater: 'once the address of your account is confirmed',
    inDigest: 'In a digest',
    makeDigest: (link: Link) => <>{link('Make a digest')} to have it told there.</>,
    inChannel: 'In a channel',
    makeChannel: (link: Link) => <>{link('Make a channel')} to have it posted there.</>,
    nowhere: 'No',
    inAnyCase: (feed: Link) => (
      <>
        What it finds stands on its page in any case, and a {feed('private feed')} can bring it to a
        feed reader.
      </>
    ),
  },

  preview: {
    unavailable:
      'What it would have found cannot be shown while the search index is being made. The alert works without it.',
    title: (days: number) => `The last ${days} days`,
    nothing: 'It would have told you of nothing: try fewer or other words.',
    /** `isMore`: no more than some were looked for; `areSome`: not all are shown. */
    some: (papers: number, { isMore, areSome }: { isMore: boolean; areSome: boolean }) => {
      const count = isMore ? `${papers} papers and more` : counted(papers, 'paper');
      return `It would have told you of ${count}${areSome ? ', first of all these:' : ':'}`;
    },
  },
};
