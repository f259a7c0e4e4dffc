// Who invited whom.
import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Role } from './roles.ts';

/** More people than this no page shows. */
export const MAX_TREE_PEOPLE = 2_000;

export type TreePerson = {
  id: string;
  handle: string;
  name: string;
  role: Role;
  joinedAt: Instant;
  invited: TreePerson[];
};
export type InvitationTree = {
  /** Those whom nobody invited and who invited others. */
  roots: TreePerson[];
  /** Invited by somebody whose account is gone. */
  orphans: TreePerson[];
  isCut: boolean;
};

/** The newest two thousand who were invited, below those who invited them; the oldest first. */
export async function loadInvitationTree(db: Db): Promise<InvitationTree> {
  const columns = ['id', 'handle', 'name', 'role', 'created_at', 'invited_by'] as const;
  const invited = await db
    .selectFrom('people')
    .select(columns)
    .where('invited_by', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(MAX_TREE_PEOPLE + 1)
    .execute();
  const shown = invited.slice(0, MAX_TREE_PEOPLE).reverse();
  const inviters = await db
    .selectFrom('people')
    .select(columns)
    .where('invited_by', 'is', null)
    .where('id', 'in', (eb) =>
      eb.selectFrom('people').select('invited_by').where('invited_by', 'is not', null),
    )
    .orderBy('created_at')
    .limit(MAX_TREE_PEOPLE)
    .execute();
  const byId = new Map<string, TreePerson>();
  for (const { created_at, invited_by: _, ...row } of [...inviters, ...shown]) {
    byId.set(row.id, {
      ...row,
      role: row.role as Role,
      joinedAt: created_at as Instant,
      invited: [],
    });
  }
  const orphans: TreePerson[] = [];
  for (const row of shown) {
    const person = byId.get(row.id) as TreePerson;
    const inviter = byId.get(row.invited_by ?? '');
    (inviter?.invited ?? orphans).push(person);
  }
  const roots = inviters.flatMap((row) => {
    const person = byId.get(row.id);
    return person && person.invited.length > 0 ? [person] : [];
  });
  return { roots, orphans, isCut: invited.length > MAX_TREE_PEOPLE };
}
