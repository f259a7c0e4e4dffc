import type { Selectable } from 'kysely';
import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { PeopleTable } from '../database/schema.ts';
import type { Role } from './roles.ts';

export type Person = {
  id: string;
  /** In addresses and mentions: small letters, digits and hyphens. */
  handle: string;
  /** How others call them. */
  name: string;
  /** Shown to nobody else. */
  email: string;
  role: Role;
  affiliation: string | undefined;
  about: string | undefined;
  links: string[];
  orcid: string | undefined;
  hasPublicVotes: boolean;
  /** Comments need no approval. */
  isTrusted: boolean;
  invitedBy: string | undefined;
  joinedAt: Instant;
  /** Suspended or banned: reads only, until then. */
  barred: { by: 'suspend' | 'ban'; until: Instant } | undefined;
};

/** What everyone may see of someone. */
export type PublicPerson = Pick<Person, 'id' | 'handle' | 'name' | 'role'>;

/** ORCID tells no address; nothing is ever sent to these. */
export const ORCID_DOMAIN = '@orcid.invalid';

/** Until when a ban without an end date lasts. */
export const FOR_EVER = '9999-12-31T00:00:00.000Z' as Instant;

export function personFromRow(row: Selectable<PeopleTable>, at: Instant): Person {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    email: row.email,
    role: row.role as Role,
    affiliation: row.affiliation ?? undefined,
    about: row.about ?? undefined,
    links: JSON.parse(row.links) as string[],
    orcid: row.orcid ?? undefined,
    hasPublicVotes: row.has_public_votes === 1,
    isTrusted: row.is_trusted === 1,
    invitedBy: row.invited_by ?? undefined,
    joinedAt: row.created_at as Instant,
    barred:
      row.barred_until !== null && row.barred_until > at
        ? { by: row.barred_by as 'suspend' | 'ban', until: row.barred_until as Instant }
        : undefined,
  };
}

export async function findPerson(db: Db, id: string, at: Instant): Promise<Person | undefined> {
  const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  return row && personFromRow(row, at);
}

export async function findPersonByHandle(
  db: Db,
  handle: string,
  at: Instant,
): Promise<Person | undefined> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('handle', '=', handle.toLowerCase())
    .executeTakeFirst();
  return row && personFromRow(row, at);
}

/** By id; who is gone is left out. */
export async function loadPeople(db: Db, ids: string[]): Promise<Map<string, PublicPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, role: row.role as Role }]));
}
