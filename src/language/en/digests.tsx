import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';
import type { Link } from './link.ts';
import { numeral } from './numeral.ts';

// Papers by mail: subscribing, and changing what comes.
export const digests = {
  title: 'Papers by mail',
  intro: (site: string, settings: Link) => (
    <>
      {site} mails you the papers that you choose. You need no account; every mail has a link to
      change or end it. If you have an account, {settings('your digests are in your settings')}.
    </>
  ),
  outbox: (folder: Child) => (
    <>
      This instance has no mail server yet: mail is written to files in the folder {folder} of its
      data folder.
    </>
  ),
  email: 'E-mail address',
  subscribe: 'Subscribe',
  subscribeNote: 'You get a mail first, with a link to confirm that the address is yours.',

  fields: {
    name: 'Name, as you call it',
    cadence: 'How often',
    topics: 'What comes',
    more: 'Other categories, authors, searches',
    categories: 'Other categories, separated by commas',
    authors: 'Authors, one name a line',
    searches: 'Searches',
    search: (place: number) => `Search ${numeral(place)}`,
    searchWay: (place: number) => `How search ${numeral(place)} finds papers`,
    ways: { words: 'by words', meaning: 'by meaning', either: 'by words or meaning' },
    most: (max: number) => `${numeral(max)} things at most, all together.`,
    papers: 'How many papers at most',
    hour: 'At what hour',
    timeZone: 'In the time zone of',
    language: 'Language of dates',
  },

  cadences: {
    weekdays: 'Each weekday',
    weekly: 'Weekly, on Monday',
    monthly: 'Monthly, on the first',
  },
  plan: (cadence: string, hour: string, zone: string, papers: number) =>
    `${cadence} at ${hour}, ${zone}; at most ${counted(papers, 'paper')}`,
  states: {
    active: 'active',
    paused: 'paused',
    ended: 'ended',
    unconfirmed: 'not confirmed',
  },
  endings: {
    reader: 'You ended it here.',
    'one-click': 'You ended it by the button of your mail program.',
    mail: 'You ended it by mail.',
    bounce: 'It was ended because mail to the address came back.',
    complaint: 'It was ended because mail to the address was reported as unwanted.',
    unknown: 'It has ended.',
  },

  asked: {
    title: 'Look into your mail',
    text: (hours: number) =>
      `A mail is on its way to the address. Open the link in it within ${numeral(hours)} hours, and the papers come.`,
    note: (link: Link) => (
      <>
        At most one such mail an hour goes to an address. If none is there in some minutes, look
        among the unwanted mail, and whether {link('the address was right')}.
      </>
    ),
  },

  confirming: {
    title: 'Confirm your subscription',
    to: (email: string) => `To ${email} would come:`,
    plan: (plan: string) => `${plan}.`,
    button: 'Confirm',
    note: 'You can change all of it afterwards.',
  },

  deadLink: {
    expired: 'This link is too old',
    unknown: 'This link leads nowhere',
    expiredText: (hours: number, link: Link) => (
      <>
        A link to confirm works for {numeral(hours)} hours. {link('Subscribe again')} to get
        another; whoever is subscribed already is sent the link to manage that.
      </>
    ),
    unknownText: (link: Link) => (
      <>
        It may have been cut short on its way, or what it was for is gone. Copy it whole from the
        mail. {link('Subscribe again')} to get another; whoever is subscribed already is sent the
        link to manage that.
      </>
    ),
  },

  managing: {
    title: 'Your papers by mail',
    note: (address: Link, subscribe: Link) => (
      <>
        {address('This page’s address')} works without an account: keep it, and give it to nobody.
        For another address, {subscribe('subscribe with that one')} and end this.
      </>
    ),
  },

  deleted: {
    title: 'Deleted',
    text: (link: Link) => (
      <>
        Nothing comes any more, and what was kept of it is gone. {link('Subscribe again')} whenever
        you like.
      </>
    ),
  },

  unsubscribing: {
    title: 'Unsubscribe',
    button: 'Unsubscribe',
    endedTitle: 'You are unsubscribed',
    subscription: {
      asks: 'This ends these papers by mail. Nothing has ended yet.',
      ended: 'Nothing more comes of these papers by mail.',
      note: (link: Link) => (
        <>
          To come back, {link('subscribe again')}. To get less instead, or at another hour, open the
          link in the mail that says so.
        </>
      ),
    },
    alert: {
      asks: 'This ends the mails of this alert. Nothing has ended yet.',
      ended: 'Nothing more comes of the mails of this alert.',
      note: (link: Link) => (
        <>
          To come back, {link('your alerts')}. To get less instead, or at another hour, open the
          link in the mail that says so.
        </>
      ),
    },
    /** To mail programs, which show it to nobody. */
    plainEnded: 'You are unsubscribed.',
    plainUnknown: 'This is no link of ours: copy it whole from the mail.',
  },

  settings: {
    title: 'Your digests',
    intro: (max: number) =>
      `A digest brings the papers that you choose by mail. You may have several, up to ${numeral(max)} for an address.`,
    make: 'Make a digest',
    row: (topics: string[], plan: string, email: string, next: string | undefined) =>
      `${topics.join(', ') || 'alerts only'}. ${plan}; to ${email}.${next ? ` Next: ${next}.` : ''}`,
    nextIssue: 'Next issue',
    alerts: 'Alerts',
    newTitle: 'A new digest',
    email: 'To which address',
    otherAddress: (own: string | undefined) =>
      own
        ? `Another address than ${own} is mailed a link to confirm it.`
        : 'The address is mailed a link to confirm it.',
    makeIt: 'Make the digest',
    all: 'All digests',
    unconfirmed: (email: string) =>
      `Nothing comes before the link that was mailed to ${email} is used.`,
    mailAgain: 'Mail the link again',
    another: (link: Link) => (
      <>For another address, {link('make another digest')} and end this one.</>
    ),
    none: (path: string) => `You have no such digest: look at ${path}.`,
  },

  view: {
    preview: 'See the next issue as it would be now',
    change: 'Change it',
    save: 'Save',
    goesTo: 'Goes to',
    when: 'When',
    state: 'State',
    stands: (state: string, ending: string | undefined, next: Child | undefined) => (
      <>
        {state}
        {ending && `. ${ending}`}
        {next && <>; the next issue is due {next}, and comes unless there is nothing new</>}
      </>
    ),
    pauseIt: 'Pause it',
    goOn: 'Go on',
    subscribeAgain: 'Subscribe again',
    unsubscribe: 'Unsubscribe',
    delete: 'Delete',
    topics: 'What comes',
    paused: 'paused',
    pause: 'Pause',
    pauseNamed: (topic: string) => `Pause ${topic}`,
    goOnNamed: (topic: string) => `Go on with ${topic}`,
  },

  done: {
    confirmed: 'You are subscribed. This is what comes, and when.',
    made: 'Made. This is what comes, and when.',
    asked: 'Made. It begins when the link that was mailed to the address is used.',
    saved: 'Saved.',
    active: 'It goes on: the next issue is on its way at the time below.',
    paused: 'Paused: nothing comes until you go on.',
    ended: 'You are unsubscribed: nothing comes any more.',
    deleted: 'Deleted.',
    sent: 'The link was mailed again, if the last mail is more than an hour old.',
  },
  useButtons: 'Use the buttons of the page.',
};
