import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';
import { numeral } from './numeral.ts';

// Who is here: profiles, roles, invitations, and what administrators see.
export const people = {
  roles: {
    reader: 'reader',
    member: 'member',
    editor: 'editor',
    moderator: 'moderator',
    administrator: 'administrator',
  },
  visitor: 'visitor',
  suspended: 'suspended',
  /** In words that complete "may …". */
  actions: {
    read: 'read papers, lists and comments',
    vote: 'vote for papers',
    report: 'report what breaks the rules',
    account:
      'keep an account: profile, sign-in methods, tokens, download and deletion of one’s own data',
    react: 'react to comments',
    comment: 'comment and reply, and edit or delete one’s own comments',
    submit: 'submit papers to the day’s list, within the limits that the settings set',
    invite: 'invite others, where one joins by invitation',
    edit: 'edit the day: submit without limits, pin, unlist, introduce, set links',
    moderate: 'moderate: hide and lock comments, unlist papers, warn, suspend, ban, approve, undo',
    administer: 'set up mail and the channels of the instance, and see how they fare',
    appoint: 'appoint people to roles, invite without limits, see the audit log',
  },
  /** In the place of a name. */
  left: 'someone who left',
  leftFirst: 'Someone who left',
  barred: (by: string, until: string | undefined) =>
    `${by === 'ban' ? 'banned' : 'suspended'}${until ? ` until ${until}` : ''}`,
  nobody: 'There is nobody of that name here.',
  noSuchPage: 'The list has no such page.',

  profile: {
    description: (name: string, site: string) =>
      `What ${name} writes, submits and votes for at ${site}.`,
    tabs: (name: string) => `Of ${name}`,
    lists: { comments: 'Comments', submissions: 'Submitted papers', votes: 'Votes' },
    nothing: {
      comments: 'No comments yet.',
      submissions: 'No submitted papers yet.',
      votes: 'No votes yet.',
    },
    nothingMore: 'Nothing more.',
    votesPrivately: (name: string) => `${name} votes privately.`,
    voted: (day: string) => `voted ${day}`,
    listed: (day: string) => `on the list of ${day}`,
    commented: (paper: Child, day: string) => (
      <>
        {paper}, {day}
      </>
    ),
    report: 'Report this account',
    older: 'Older',
    joined: 'Joined',
    joinedBy: (month: string, inviter: Child | undefined) => (
      <>
        {month}
        {inviter && <>, invited by {inviter}</>}
      </>
    ),
    orcid: 'ORCID',
    links: 'Links',
  },

  rolesPage: {
    title: 'Who may do what',
    description: (site: string) => `The roles at ${site}, and what each may do.`,
    may: 'May …',
    yes: 'yes',
    no: 'no',
    reading: {
      everyone: 'Everyone may read here, with or without an account.',
      members: 'Reading here needs an account.',
    },
    joining: {
      open: (role: string) =>
        `Whoever signs in with an e-mail address gets an account, and begins as ${role}.`,
      domain: (role: string, domains: string[]) =>
        `Whoever has an address at ${domains.join(' or ')}, or an invitation, gets an account, and begins as ${role}.`,
      invitation: (role: string) =>
        `Whoever a member invites gets an account, and begins as ${role}.`,
      closed: () => 'No new accounts are made.',
    },
    note: (hours: number) =>
      `A visitor has no account. Whoever is suspended or banned keeps what is marked “suspended”, whatever their role. Votes of accounts that are younger than ${numeral(hours)} hours are shown and do not count in rankings yet.`,
  },

  invitations: {
    title: 'Your invitations',
    use: {
      open: 'Everyone may join here without an invitation. One is of use all the same: it says who brought them.',
      domain: 'Whoever has no address of the domains that may join needs an invitation.',
      invitation: 'One joins here by invitation only.',
      closed: 'No new accounts are made here at the moment, so that invitations open nothing.',
    },
    made: 'Send this address to whom you invite; it is shown only now, and works once.',
    note: 'A line to whom you invite, if you like',
    goodFor: (days: number) =>
      `An invitation is good for ${numeral(days)} days. Who joins with it has “invited by” and your name on their page.`,
    make: 'Make an invitation',
    withoutNote: 'Without a line',
    madeAt: (when: Child, state: Child) => (
      <>
        made {when}, {state}
      </>
    ),
    usedBy: (who: Child, when: Child) => (
      <>
        used by {who} {when}
      </>
    ),
    isWithdrawn: 'withdrawn',
    openUntil: (when: Child) => <>open until {when}</>,
    tooOld: 'too old',
    withdraw: 'Withdraw',
    withdrawn: 'Withdrawn.',
    closed: 'No new accounts are made here at the moment.',
    tooLong: (max: number) => `Shorten your line to ${numeral(max)} characters.`,
    tree: 'Who invited whom',
    nobody: 'Nobody has joined by an invitation yet.',
    isCut: (shown: number) => `The newest ${numeral(shown)} who were invited.`,
    orphans: 'Invited by someone who left',
    member: (handle: string, role: string, day: string, invited: number) =>
      `@${handle}, ${role}, joined ${day}${invited > 0 ? `, invited ${counted(invited, 'other')}` : ''}`,
  },

  administration: {
    nav: 'Administration',
    pages: {
      people: 'People',
      audit: 'Audit log',
      mail: 'Mail',
      channels: 'Channels',
      tree: 'Who invited whom',
      roles: 'Roles',
    },
    title: 'People and roles',
    search: 'Name, handle or address',
    role: 'Role',
    anyRole: 'any role',
    find: 'Find',
    nobody: 'Nobody was found.',
    nobodyMore: 'Nobody more.',
    joined: (email: string, day: string) => `${email}, joined ${day}`,
    roleOf: (name: string) => `Role of ${name}`,
    change: 'Change',
    changeRoleOf: (name: string) => `Change the role of ${name}`,
    earlier: 'Earlier accounts',
    changed: 'The role was changed.',
    noSuchRole: 'There is no such role: choose one of those.',
  },

  audit: {
    title: 'Audit log',
    intro: 'What changed the rights of people, newest first. Times are UTC.',
    nothing: 'Nothing yet.',
    nothingEarlier: 'Nothing earlier.',
    when: 'When',
    what: 'What',
    whose: 'Whose',
    by: 'By',
    details: 'Details',
    nobody: 'someone at the command line, or who left',
    earlier: 'Earlier',
    actions: {
      joined: 'joined',
      'became first administrator': 'became first administrator',
      'role changed': 'role changed',
      'account deleted': 'account deleted',
      'token made': 'token made',
      'token revoked': 'token revoked',
      'sign-in method added': 'sign-in method added',
      'sign-in method removed': 'sign-in method removed',
      'session ended': 'session ended',
      invited: 'invited',
      barred: 'barred',
      'bar lifted': 'bar lifted',
      'channel made': 'channel made',
      'channel changed': 'channel changed',
      'channel removed': 'channel removed',
    } as Record<string, string>,
  },
};
