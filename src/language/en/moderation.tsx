import type { Link } from './link.ts';

// Reporting, the moderators' queue, and the log that everyone may read.
export const moderation = {
  /** By the words that are kept. */
  reasons: {
    Spam: 'Spam',
    Abuse: 'Abuse',
    'Graphic Content': 'Graphic Content',
    Resolved: 'Resolved',
    'Off-Topic': 'Off-Topic',
    'Low Quality': 'Low Quality',
    Copyright: 'Copyright',
    'Personal data': 'Personal data',
    Other: 'Other',
  } as Record<string, string>,
  acts: {
    hide: { name: 'hide', says: 'hidden' },
    show: { name: 'show', says: 'shown again' },
    approve: { name: 'approve', says: 'approved' },
    lock: { name: 'lock', says: 'comments locked' },
    unlock: { name: 'unlock', says: 'comments unlocked' },
    unlist: { name: 'unlist', says: 'taken off the list' },
    list: { name: 'list', says: 'put back on the list' },
    warn: { name: 'warn', says: 'warned' },
    withdraw: { name: 'withdraw', says: 'warning withdrawn' },
    suspend: { name: 'suspend', says: 'suspended' },
    ban: { name: 'ban', says: 'banned' },
    free: { name: 'free', says: 'suspension or ban ended' },
  },

  /** What a report or an act is about. */
  subjects: {
    gone: {
      comment: 'A comment that is gone',
      paper: 'A paper that is gone',
      entry: 'An entry that is gone',
      person: 'A person that is gone',
    },
    comment: (name: string, paper: string) => `Comment by ${name} on “${paper}”`,
    person: (name: string, handle: string, role: string) => `${name} (@${handle}), ${role}`,
    entry: (paper: string, day: string) => `“${paper}” on the list of ${day}`,
  },

  report: {
    title: 'Report',
    heading: 'Report to the moderators',
    reason: 'Reason',
    choose: 'Choose one',
    note: 'What should they know? (optional)',
    send: 'Send the report',
    whoSees: 'Only moderators see it, and who sent it.',
    moderator: (link: Link) => <>You are a moderator: {link('act at once')}.</>,
    sentTitle: 'Reported',
    sentHeading: 'Thank you',
    sent: (link: Link) => (
      <>The moderators will look at it. What they do is in the {link('moderation log')}.</>
    ),
    back: 'Back',
  },

  queue: {
    title: 'Moderation',
    log: (link: Link) => <>{link('The public log')} shows every act with its reason.</>,
    reported: 'Reported',
    nothing: 'Nothing waits. Well kept.',
    by: (name: string, day: string) => `${name}, ${day}`,
    pending: 'Waiting for approval',
    barred: 'Suspended and banned',
    change: 'Change',
  },

  act: {
    title: 'Moderate',
    toQueue: 'To the queue',
    act: 'Do',
    reason: 'Reason, for everyone to read',
    hiddenAs: 'What stands in its place when it is hidden',
    until: 'Until (a suspension needs it; a ban without it lasts)',
    button: 'Do it',
    dismiss: 'Dismiss the reports',
    author: 'Whoever wrote it …',
  },

  log: {
    title: 'Moderation log',
    intro: 'Every act of a moderator, with its reason. Nothing is taken out of it.',
    nothing: 'Nobody had to do anything so far.',
    entry: (says: string, until: string | undefined) =>
      `: ${says}${until ? ` until ${until}` : ''}`,
    takesBack: (number: number) => `takes back no. ${number}`,
    takenBack: 'taken back',
    takeBack: 'Take it back',
    older: 'Older',
  },

  problems: {
    noEntry: 'It is not said which entry to take back.',
    noComment: 'There is no such comment here.',
    noPaper: 'There is no such paper here.',
    noDay: (text: string) => `${text} is not a day: write one such as 2026-12-24.`,
  },
};
