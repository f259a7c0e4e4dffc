// People with sessions, for tests of what they may do.
import { randomBytes } from 'node:crypto';
import { serializeSigned } from 'hono/utils/cookie';
import type { App } from '../src/app.ts';
import { now, toInstant } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { findPerson, type Person } from '../src/people/person.ts';
import type { Role } from '../src/people/roles.ts';
import { sessionCookieOf, sessionSecret } from '../src/people/sessions.ts';
import type { TestServer } from './test-server.ts';

const DAY_MS = 86_400_000;

/** Makes somebody; an account that is a year old unless told otherwise. */
export async function createPerson(
  database: Database,
  {
    role = 'member',
    handle = `p-${randomBytes(4).toString('hex')}`,
    joinedAt,
  }: Partial<{
    role: Role;
    handle: string;
    joinedAt: string;
  }> = {},
): Promise<Person> {
  const id = randomBytes(12).toString('hex');
  const at = joinedAt ?? (toInstant(Date.now() - 365 * DAY_MS) as string);
  await database.transact((tx) =>
    tx
      .insertInto('people')
      .values({
        id,
        handle,
        name: `The person ${handle}`,
        email: `${handle}@example.org`,
        email_verified: 1,
        image: null,
        created_at: at,
        updated_at: at,
        role,
        affiliation: null,
        about: null,
        orcid: null,
        invited_by: null,
        barred_until: null,
        barred_by: null,
      })
      .execute(),
  );
  return (await findPerson(database.read, id, now())) as Person;
}

/** Gives somebody a session; resolves to the Cookie header of their browser. */
export async function signIn(
  app: Pick<App, 'database' | 'secret'>,
  person: Person,
  url: string,
): Promise<string> {
  const token = randomBytes(24).toString('hex');
  const at = now();
  await app.database.transact((tx) =>
    tx
      .insertInto('sessions')
      .values({
        id: randomBytes(12).toString('hex'),
        token,
        person_id: person.id,
        expires_at: toInstant(Date.now() + 30 * DAY_MS) as string,
        created_at: at,
        updated_at: at,
        ip_address: null,
        user_agent: null,
      })
      .execute(),
  );
  const cookie = await serializeSigned('session', token, sessionSecret(app.secret()));
  return `${sessionCookieOf(url)}=${cookie.split(';')[0]?.slice('session='.length)}`;
}

/** Suspended until then, or free again. */
export async function suspend(
  database: Database,
  { id }: Pick<Person, 'id'>,
  barred_until: string | null = '2999-01-01T00:00:00.000Z',
): Promise<void> {
  await database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ barred_until, barred_by: barred_until && 'suspend' })
      .where('id', '=', id)
      .execute(),
  );
}

export type Someone = { person: Person; cookie: string };

/** Somebody with a session at the test server. */
export async function join(
  { app, url }: TestServer,
  options: Parameters<typeof createPerson>[1] = {},
): Promise<Someone> {
  const person = await createPerson(app.database, options);
  return { person, cookie: await signIn(app, person, url) };
}
