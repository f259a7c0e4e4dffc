import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';
import type { Link } from './link.ts';

// Mail, for administrators.
export const mailAdmin = {
  title: 'Mail',
  outbox: (folder: string) => (
    <>
      No mail server is set: mail is written to files in <code>{folder}</code>, which keeps the last
      thousand. Set <code>BROADSHEET_SMTP_URL</code> to send it.
    </>
  ),
  pause: (since: Child, problem: string, next: Child) => (
    <>
      Nothing is sent since {since}: {problem} Next try at {next}.
    </>
  ),
  through: (host: string) => (
    <>
      Mail goes through <code>{host}</code>.
    </>
  ),
  standing: (
    {
      subscriptions,
      waiting,
      later,
    }: {
      subscriptions: number;
      waiting: number;
      /** Of those waiting. */
      later: number;
    },
    nextDue: Child | undefined,
  ) => (
    <>
      {counted(subscriptions, 'active subscription')};{' '}
      {nextDue === undefined ? 'no issue is due' : <>the next issue is due at {nextDue} UTC</>}.{' '}
      {counted(waiting, 'mail')} waiting
      {later > 0 && `, ${later.toLocaleString('en')} of them for their turn or another attempt`}.
    </>
  ),
  suppressed: 'Suppressed addresses',
  issues: 'Issues',
  issue: 'Issue',
  noIssues: 'No issue has been due yet.',
  figures: 'Figures of issues',
  columns: {
    recipients: 'Recipients',
    pending: 'Waiting',
    sent: 'Sent',
    empty: 'Empty',
    failed: 'Failed',
    uncertain: 'Uncertain',
    suppressed: 'Suppressed',
    dropped: 'Dropped',
    unsubscribed: 'Left',
    bounces: 'Bounces',
    complaints: 'Complaints',
  },
  alerts: 'Alerts of seven days',
  only: (issue: string, all: Link) => (
    <>
      The lists below are of <b>{issue}</b> only. {all('Show all')}
    </>
  ),
  /** Headings of the lists; of one issue, or of all. */
  failed: (issue?: string) => `Failed${ofIssue(issue)}`,
  refused: (issue?: string) => `To be tried again${ofIssue(issue)}`,
  uncertain: (issue?: string) => `Uncertain${ofIssue(issue)}`,
  failedNote: 'Refused for good, or too often. What is tried again has all its attempts before it.',
  uncertainNote:
    'On its way when a process was killed or the line broke, and sent again with the same Message-ID: these may have arrived twice.',
  noFailed: 'Nothing failed.',
  noRefused: 'No server has put anything off.',
  noUncertain: 'Nothing is uncertain.',
  retryAll: (issue: string) => `Try all of ${issue} again`,
  retry: 'Try again',
  retryLabel: (email: string) => `Try again to send to ${email}`,
  retried: (mails: number) => {
    if (mails === 1) return 'It will be tried again at once.';
    return mails > 1
      ? `${counted(mails, 'mail')} will be tried again.`
      : 'It had been sent or tried again already.';
  },
  /** As the database names them. */
  states: {
    waiting: 'waiting',
    sending: 'sending',
    sent: 'sent',
    empty: 'empty',
    failed: 'failed',
    suppressed: 'suppressed',
    dropped: 'dropped',
  },
  made: (time: string) => `made ${time}`,
  nextTry: (time: Child) => <>Next try: {time}</>,
  thereAreMore: (shown: number) => `The newest ${shown} are shown; there are more.`,

  suppressions: {
    title: 'Suppressed addresses',
    about: (mail: Link) => (
      <>
        No digest and no alert goes to these addresses; links to sign in do. Whoever confirms a
        digest takes their own address off, unless an administrator put it here. Times are UTC.{' '}
        {mail('How digests fare')}
      </>
    ),
    address: 'Address',
    find: 'Find',
    findPlaceholder: 'Address, or a part of it',
    none: 'No address is suppressed.',
    noneFound: (typed: string) => `No suppressed address has “${typed}” in it.`,
    nothingEarlier: 'Nothing earlier.',
    earlier: 'Earlier',
    noSuchPage: 'The list has no such page.',
    reasons: {
      'hard bounce': 'there is no such mailbox',
      'soft bounces': 'five mails in a row came back',
      complaint: 'a mail was called spam',
      'by hand': 'by an administrator',
    },
    /** The address is known as a hash only. */
    deleted: 'An address of an account that was deleted',
    since: (reason: string, time: Child, detail: string) => (
      <>
        {reason}, {time}
        {detail !== '' && `: ${detail}`}
      </>
    ),
    lift: 'Lift',
    liftLabel: (address: string) => `Lift the suppression of ${address}`,
    lifted: 'Mail may go to that address again.',
    add: 'Suppress an address',
    why: 'Why, for other administrators',
    suppress: 'Suppress',
    done: 'No digest goes to that address any more.',
  },
};

function ofIssue(issue: string | undefined): string {
  return issue === undefined ? '' : ` of ${issue}`;
}
