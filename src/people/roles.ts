// What each role may do: the one table that routes, pages and jobs ask. It is shown at /about/roles.

export const ROLES = ['reader', 'member', 'editor', 'moderator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** What they are in words is in the catalogue (src/language). */
export const ACTIONS = [
  'read',
  'vote',
  'report',
  'account',
  'react',
  'comment',
  'submit',
  'invite',
  'edit',
  'moderate',
  'administer',
  'appoint',
] as const;
export type Action = (typeof ACTIONS)[number];

const OF_READERS: readonly Action[] = ['read', 'vote', 'report', 'account'];
const OF_MEMBERS: readonly Action[] = [...OF_READERS, 'react', 'comment', 'submit', 'invite'];

const GRANTS: Record<Role, readonly Action[]> = {
  reader: OF_READERS,
  member: OF_MEMBERS,
  editor: [...OF_MEMBERS, 'edit'],
  moderator: [...OF_MEMBERS, 'moderate'],
  administrator: ACTIONS,
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
