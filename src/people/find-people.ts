// Looking somebody up, for whoever administers.
import { sql } from 'kysely';
import { type Instant, now } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { type Person, personFromRow } from './person.ts';
import type { Role } from './roles.ts';

const MAX_WORDS = 200;

export type FoundPeople = { people: Person[]; hasMore: boolean };

/**
 * The newest accounts first, those that joined before `before`; with words, those whose name, handle or
 * address holds them.
 */
export async function findPeople(
  db: Db,
  {
    words = '',
    role,
    before,
    limit,
  }: {
    words?: string;
    role?: Role | undefined;
    before?: { joinedAt: Instant; id: string } | undefined;
    limit: number;
  },
): Promise<FoundPeople> {
  let query = db.selectFrom('people').selectAll();
  const text = words.trim().replace(/^@/, '').slice(0, MAX_WORDS);
  if (text !== '') {
    const literal = `%${text.replace(/[!%_]/g, '!$&')}%`;
    const pattern = literal.toLowerCase();
    query = query.where((eb) =>
      eb.or([
        // SQLite knows the case of ASCII letters only.
        sql<boolean>`${eb.ref('name')} like ${literal} escape '!'`,
        ...(['name', 'handle', 'email'] as const).map(
          (column) => sql<boolean>`lower(${eb.ref(column)}) like ${pattern} escape '!'`,
        ),
      ]),
    );
  }
  if (role) query = query.where('role', '=', role);
  if (before) {
    query = query.where((eb) =>
      eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(before.joinedAt, before.id)),
    );
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const at = now();
  const people = rows.slice(0, limit).map((row) => personFromRow(row, at));
  return { people, hasMore: rows.length > limit };
}

/** By handle or address, whatever its letters' case. */
export async function findPersonByName(db: Db, text: string): Promise<Person | undefined> {
  const name = text.trim().replace(/^@/, '').toLowerCase();
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where(name.includes('@') ? 'email' : 'handle', '=', name)
    .executeTakeFirst();
  return row && personFromRow(row, now());
}
