// What each role may do: the one table that routes, pages and jobs ask. It is shown at /about/roles.

export const ROLES = ['reader', 'member', 'editor', 'moderator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** In words that complete "may …". */
export const ACTIONS = {
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
} as const;
export type Action = keyof typeof ACTIONS;

const GRANTS: Record<Role, readonly Action[]> = {
  reader: ['read', 'vote', 'report', 'account'],
  member: ['read', 'vote', 'report', 'account', 'react', 'comment', 'submit', 'invite'],
  editor: ['read', 'vote', 'report', 'account', 'react', 'comment', 'submit', 'invite', 'edit'],
  moderator: [
    'read',
    'vote',
    'report',
    'account',
    'react',
    'comment',
    'submit',
    'invite',
    'moderate',
  ],
  administrator: Object.keys(ACTIONS) as Action[],
};

/** What whoever is suspended or banned keeps. */
const BARRED: readonly Action[] = ['read', 'account'];

export function roleMay(role: Role, action: Action): boolean {
  return GRANTS[role].includes(action);
}

export function barredMay(action: Action): boolean {
  return BARRED.includes(action);
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
