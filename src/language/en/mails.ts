import { counted } from './counted.ts';

// Mail: issues, alerts, and letters about signing in and subscriptions.
export const mails = {
  signIn: {
    subject: (name: string) => `Sign in to ${name}`,
    open: (name: string) => `Open this address to sign in to ${name}:`,
    isGoodFor: (minutes: number) => `It works once, within ${minutes} minutes, and in any browser.`,
    notAsked:
      'If you did not ask for it, somebody mistyped their address: do nothing, and nothing happens.',
  },

  confirm: {
    subject: (name: string) => `Confirm your subscription to ${name}`,
    open: (name: string) => `Open this address to get papers of ${name} by mail:`,
    isGoodFor: (hours: number) =>
      `It works within ${hours} hours, in any browser. No papers come before you confirm.`,
    notAsked:
      'If you did not ask for it, somebody mistyped their address: do nothing, and nothing comes.',
  },

  known: {
    subject: (name: string) => `You are subscribed to ${name} already`,
    asked: (name: string) =>
      `Somebody, probably you, asked for papers of ${name} at this address. It gets them already, so nothing was changed.`,
    change: (digests: number) =>
      `To change ${digests === 1 ? 'what comes' : 'one of your digests'}, to pause or to end it, open:`,
    notAsked: 'If it was not you, do nothing.',
  },

  sanctions: {
    warn: 'You have been warned',
    suspend: (until: string) => `Your account is suspended until ${until}`,
    banUntil: (until: string) => `Your account is banned until ${until}`,
    ban: 'Your account is banned',
    free: 'Your account is free again',
    subject: (what: string, name: string) => `${what} · ${name}`,
    at: (what: string, name: string) => `${what} at ${name}.`,
    reason: (reason: string) => `Reason: ${reason}`,
    rights: (name: string) =>
      `You can read, and download or delete what is yours. To object, answer to the people who run ${name}.`,
  },

  /** What the button in a letter says; below it stands its address. */
  buttons: {
    confirm: 'Confirm',
    open: 'See what comes',
    openOneOf: (number: number) => `See what comes with digest ${number}`,
    orCopy: 'Or copy this address into a browser:',
  },

  /** The date is in the reader's own language. */
  titles: {
    weekdays: (days: string) => `Daily papers of ${days}`,
    weekly: (day: string) => `Papers of the week of ${day}`,
    monthly: (month: string) => `Papers of ${month}`,
  },
  alertTitle: (papers: number, alert: string) =>
    `${papers === 1 ? '1 new paper' : `${papers} new papers`} for “${alert}”`,
  subject: (title: string, first: string, more: number) =>
    `${title}: ${first}${more > 0 ? `, and ${more} more` : ''}`,
  byline: (editors: string[], community: string) =>
    `by ${editors.length > 0 ? `${editors.join(', ')} and ` : ''}the ${community} community`,

  // Why it came.
  howOften: { weekdays: 'every weekday', weekly: 'every week', monthly: 'every month' },
  why: (name: string, howOften: string, topics: string) =>
    `You get this from ${name} ${howOften}${topics && ` because you asked for ${topics}`}.`,
  whyAlert: (name: string, alert: string) =>
    `You get this from ${name} because of your alert “${alert}”.`,
  /** Within a sentence. */
  topics: {
    trending: 'trending papers',
    list: 'the day’s list',
    search: (query: string) => `“${query}”`,
    alert: (name: string) => `your alert “${name}”`,
  },
  /** `more` names are left out. */
  names: (names: string[], more = 0) => {
    const all = more > 0 ? [...names, `${more} more`] : names;
    return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
  },

  // Links.
  changeWish: 'Change what you get',
  unsubscribe: 'Unsubscribe',
  changeAlerts: 'Change your alerts',
  stopAlert: 'Stop this alert',
  allOfMonth: 'All papers of this month',
  allOfWeek: 'All papers of this week',
  allOfDay: 'All papers of this day',

  // A paper.
  authors: (count: number) => counted(count, 'author'),
  votes: (count: number) => counted(count, 'vote'),
  comments: (count: number) => counted(count, 'comment'),
  /** By what the reader came to it. */
  via: (topics: string) => `via ${topics}`,
  viaTrending: 'trending',
  whyRead: 'Why read this:',
  discuss: 'Discuss',
  publisher: 'Publisher',
  code: 'Code',

  // The next issue, before it goes out.
  preview: {
    title: 'The next issue',
    change: 'Change what you get',
    to: 'To',
    subject: 'Subject',
    asMailed: 'The issue as it is mailed',
    asText: 'As plain text',
    nothing:
      'Nothing to tell so far. An issue without papers is not sent: you get mail when there is something new in what you asked for.',
    unsent: {
      active: 'This is the issue as it stands now.',
      paused: 'This digest is paused: nothing is sent until you go on with it.',
      ended: 'This digest has ended: nothing is sent any more.',
      unconfirmed: 'Nothing is sent before the address is confirmed.',
    },
    sent: (day: string, time: string, zone: string) =>
      `It will be sent on ${day} at ${time}, ${zone} time. Until then papers and votes may come in.`,
    noDigest: 'This link leads to no digest any more.',
    noDigestOfYours: 'You have no such digest: look at /settings/digests.',
  },
};
