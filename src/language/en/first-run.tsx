import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

type Link = (text: string) => Child;
type Field = { label: string; hint?: string; choices?: Record<string, string> };

// The page where an administrator sets the instance up, and changes it later.
export const firstRun = {
  title: 'Settings of the instance',
  nav: 'Instance',
  welcome: (name: string) => (
    <>
      <b>You are the administrator of {name}.</b> It works as it is: everything below has a value.
      Change what you like, save, and it holds at once, without a restart. You find this page again
      under “Instance”.
    </>
  ),
  intro: 'What is saved here holds at once, in every process of this instance.',
  save: 'Save',
  saved: 'Saved. It holds from now on.',
  nothingSaved: (count: number) =>
    `Nothing was saved yet: ${counted(count, 'field needs', 'fields need')} another look.`,
  problem: (what: string) => `It ${what}.`,
  noCategory: (word: string) => `has “${word}”, which is no category of arXiv`,
  next: {
    heading: 'What now?',
    front: (link: Link) => <>{link('Look at the front page')}, as readers see it.</>,
    about: (link: Link) => (
      <>Read {link('what the instance says about itself')}: rules, ranking, privacy.</>
    ),
    invite: (link: Link) => <>{link('Invite')} the first people.</>,
    mail: (link: Link) => <>See {link('how mail fares')}, and whether it comes back.</>,
    sources: (link: Link) => <>Watch {link('the papers come in')}.</>,
  },
  fixed: (name: string) => (
    <>
      set by <code>{name}</code> in the environment, which wins over this page
    </>
  ),
  unset: 'not set',
  publicAddress: (url: string) => (
    <>
      Readers reach it at <b>{url}</b>. Sign-in links and cookies are bound to that address, so it
      is set where the program is started: <code>BROADSHEET_URL</code>.
    </>
  ),
  nextPoll: (time: Child) => <>Next: {time}.</>,
  offline: 'This instance asks nobody by itself: BROADSHEET_OFFLINE is set.',
  otherCategories: 'Others, separated by spaces',
  chosen: (count: number) => `${count} chosen`,
  testMail: (address: string) => `Send a test to ${address}`,
  testMailNote: 'With what stands above, saved or not.',
  testMailSent: (server: string, address: string) =>
    `${server} has taken a test for ${address}: look whether it arrives, and not as spam.`,
  testMailWritten: (file: string) =>
    `There is no mail server yet. The test was written to ${file}.`,
  testMailSubject: (name: string) => `A test of ${name}`,
  testMailText: (name: string, url: string) =>
    `This is a test of the mail of ${name} at ${url}.\n\nIf you read it in your inbox, mail from there arrives.\n`,
  parts: {
    instance: {
      heading: 'Who you are',
      about:
        'The name stands at the head of every page, the community beside the editors of a day.',
    },
    papers: {
      heading: 'Which papers',
      about:
        'Whatever is announced in these categories of arXiv stands under “All new” on its day; people choose from it for the day’s list.',
    },
    people: {
      heading: 'Who may read and join',
      about: 'You can change this at any time. It never takes an account away.',
    },
    mail: {
      heading: 'Mail',
      about:
        'For sign-in links, digests and alerts. Without a server, sign-in links are printed where the program runs.',
    },
    schedule: {
      heading: 'When',
      about: 'The day’s list belongs to a day of this time zone.',
    },
  },
  fields: {
    BROADSHEET_NAME: { label: 'Name of the instance' },
    BROADSHEET_COMMUNITY: {
      label: 'Name of the community',
      hint: 'As in “by Ada Lovelace and the research community”.',
    },
    BROADSHEET_CONTACT: {
      label: 'Contact',
      hint: 'An e-mail or web address: arXiv is told it with every request, and readers find it on the page about the instance.',
    },
    BROADSHEET_CATEGORIES: { label: 'Categories' },
    BROADSHEET_DEMO: {
      label: 'The demo edition of October 2025',
      hint: 'When it goes, its papers go, but for those that somebody here voted for, commented on or submitted.',
      choices: { true: 'stays', false: 'goes when you save' },
    },
    BROADSHEET_READING: {
      label: 'Who may read',
      choices: {
        everyone: 'everyone',
        members: 'members only; others see nothing but the way in',
      },
    },
    BROADSHEET_JOINING: {
      label: 'Who may join',
      choices: {
        open: 'everyone who signs in',
        domain: 'whoever has an address at one of the domains below, or an invitation',
        invitation: 'whoever a member invites',
        closed: 'nobody',
      },
    },
    BROADSHEET_JOINING_DOMAINS: {
      label: 'Domains',
      hint: 'Separated by commas, such as example.org; subdomains are others.',
    },
    BROADSHEET_NEW_ROLE: {
      label: 'New accounts may',
      choices: {
        member: 'vote, comment and submit papers',
        reader: 'read, and keep what is their own',
      },
    },
    BROADSHEET_APPROVAL: {
      label: 'The first comment of an account',
      choices: { none: 'appears at once', first: 'waits for a moderator' },
    },
    BROADSHEET_RULES: {
      label: 'Rules of the community',
      hint: 'Markdown. They stand on the page about the instance. Emptied, these come back.',
    },
    BROADSHEET_SMTP_URL: {
      label: 'Mail server',
      hint: 'Such as smtps://user:password@mail.example.org, or smtp:// with STARTTLS. Signs such as @ in a password are written %40. It is kept in the database as it is, and never shown again.',
    },
    BROADSHEET_MAIL_FROM: {
      label: 'Sender',
      hint: 'A name and an address that the server may send for.',
    },
    BROADSHEET_TIME_ZONE: { label: 'Time zone' },
    BROADSHEET_DIGEST_HOUR: {
      label: 'The day’s digest goes out at',
      hint: 'In the time zone of each reader, who may choose another hour.',
    },
    BROADSHEET_ARXIV_POLL_AT: {
      label: 'arXiv’s feeds are read at',
      hint: 'A cron line in New York’s time: minute, hours, day, month, days of the week. arXiv announces at midnight there, and what comes in late follows.',
    },
  } satisfies Record<string, Field> as Record<string, Field>,
};
