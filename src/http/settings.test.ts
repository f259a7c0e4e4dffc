import { expect, test } from 'vitest';
import { createPerson, join, type Someone, signIn } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { now } from '../base/calendar.ts';
import { findPerson, type Person } from '../people/person.ts';

const FORM = {
  name: 'Ada Lovelace',
  handle: 'ada',
  affiliation: 'Analytical  Engines\nLtd',
  about: 'I like\n<b>numbers</b>.',
  links: ['https://ada.example.org/', '', 'http://example.org/x'],
  orcid: 'https://orcid.org/0000-0002-1825-0097',
  'public-votes': '1',
};

async function personNow({ app }: TestServer, { person }: Someone): Promise<Person> {
  return (await findPerson(app.database.read, person.id, now())) as Person;
}

async function auditOf({ app }: TestServer, someone: Someone): Promise<string[]> {
  const rows = await app.database.read
    .selectFrom('audit_log')
    .select(['action', 'details'])
    .where('subject_id', '=', someone.person.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.action);
}

async function sessionsOf({ app }: TestServer, { person }: Someone): Promise<string[]> {
  const rows = await app.database.read
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', person.id)
    .execute();
  return rows.map((row) => row.id);
}

test('visitors and tokens are sent away from every page of settings', async () => {
  const server = await openTestServer();
  for (const path of ['', '/profile', '/sign-in', '/sessions', '/tokens', '/data', '/data.json']) {
    expect((await server.get(`/settings${path}`)).status).toBe(303);
  }
});

test('a profile is saved, cleaned, and readers’ pages are made anew', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const before = await server.app.database.currentChange();
  const answer = await server.send('POST', '/settings/profile', { as: ada, form: FORM });
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/settings/profile?done=saved',
  ]);
  expect(await personNow(server, ada)).toMatchObject({
    name: 'Ada Lovelace',
    handle: 'ada',
    affiliation: 'Analytical Engines Ltd',
    about: 'I like\n<b>numbers</b>.',
    links: ['https://ada.example.org/', 'http://example.org/x'],
    orcid: '0000-0002-1825-0097',
    hasPublicVotes: true,
  });
  expect(await server.app.database.currentChange()).toBeGreaterThan(before);
  const page = await server.send('GET', '/settings/profile?done=saved', { as: ada });
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  expect(await page.text()).toContain('Saved.');
});

test('only the fields of the form are taken, whatever else is sent', async () => {
  const server = await openTestServer();
  const ada = await join(server, { role: 'reader' });
  const { 'public-votes': _, ...form } = FORM;
  const more = {
    role: 'administrator',
    email: 'other@example.org',
    email_verified: '0',
    is_trusted: '1',
    isTrusted: 'true',
    id: 'x',
    invited_by: 'x',
    barred_until: '',
    created_at: '2000-01-01T00:00:00.000Z',
  };
  await server.send('POST', '/settings/profile', { as: ada, form: { ...form, ...more } });
  const after = await personNow(server, ada);
  expect(after).toMatchObject({
    id: ada.person.id,
    role: 'reader',
    email: ada.person.email,
    isTrusted: false,
    invitedBy: undefined,
    joinedAt: ada.person.joinedAt,
    name: 'Ada Lovelace',
    hasPublicVotes: false,
  });
});

test.each([
  ['no name', { name: ' \u202e ' }, 'Write a name'],
  ['a name of 81 characters', { name: 'x'.repeat(81) }, 'Write a name'],
  ['a handle of one letter', { handle: 'a' }, 'A handle has 2 to 30'],
  ['a path for a handle', { handle: '../x' }, 'A handle has 2 to 30'],
  ['a link that runs', { links: ['javascript:alert(1)'] }, 'is no address of a web page'],
  [
    'a link with a password',
    { links: ['https://a:b@example.org/'] },
    'is no address of a web page',
  ],
  ['six links', { links: [1, 2, 3, 4, 5, 6].map((n) => `https://example.org/${n}`) }, '5 links'],
  ['a mistyped ORCID iD', { orcid: '0000-0002-1825-0098' }, 'mistyped'],
  ['too long a text', { about: 'y'.repeat(2_001) }, 'shorten it to 2,000'],
] as [string, Record<string, string | string[]>, string][])(
  'with %s nothing is saved, and nothing typed is lost',
  async (_, change, message) => {
    const server = await openTestServer();
    const ada = await join(server);
    const form = { ...FORM, ...change };
    const answer = await server.send('POST', '/settings/profile', { as: ada, form });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain(message);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain(
      'about' in change ? String(change.about) : 'I like\n&lt;b&gt;numbers&lt;/b&gt;.',
    );
    expect(await personNow(server, ada)).toEqual(ada.person);
  },
);

test('a handle is one person’s, whatever its case, and nobody may be called admin', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  await createPerson(server.app.database, { handle: 'grace' });
  for (const handle of ['GRACE', '@Grace', 'Admin']) {
    const form = { ...FORM, handle };
    const answer = await server.send('POST', '/settings/profile', { as: ada, form });
    expect([answer.status >= 400, (await answer.text()).includes('is taken')]).toEqual([
      true,
      true,
    ]);
  }
  const form = { ...FORM, handle: 'Ada-L' };
  expect((await server.send('POST', '/settings/profile', { as: ada, form })).status).toBe(303);
  expect((await personNow(server, ada)).handle).toBe('ada-l');
});

test('a form of another site saves nothing', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const answer = await server.send('POST', '/settings/profile', { as: ada, form: FORM, headers });
  expect(answer.status).toBe(403);
  expect(await personNow(server, ada)).toEqual(ada.person);
});

test('sessions are listed, and ended one by one or all others at once', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const [mine] = await sessionsOf(server, ada);
  const second = { person: ada.person, cookie: await signIn(server.app, ada.person, server.url) };
  await signIn(server.app, ada.person, server.url);
  const page = await (await server.send('GET', '/settings/sessions', { as: ada })).text();
  expect(page.match(/name="id"/g)).toHaveLength(3);
  expect(page.match(/>this one</g)).toHaveLength(1);
  const others = (await sessionsOf(server, ada)).filter((id) => id !== mine);
  const form = { id: others[0] as string };
  await server.send('POST', '/settings/sessions/end', { as: ada, form });
  expect(await sessionsOf(server, ada)).toHaveLength(2);
  await server.send('POST', '/settings/sessions/end-others', { as: ada });
  expect(await sessionsOf(server, ada)).toEqual([mine]);
  expect((await server.send('GET', '/settings', { as: second })).status).toBe(303);
  expect(await auditOf(server, ada)).toEqual(['session ended', 'session ended']);
  const own = { id: mine as string };
  const last = await server.send('POST', '/settings/sessions/end', { as: ada, form: own });
  expect(last.headers.getSetCookie().join()).toContain('__Host-session=; Path=/');
  expect((await server.send('GET', '/settings', { as: ada })).status).toBe(303);
});

test('nobody can end another’s session, revoke their token, or touch their passkeys and services', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const others = [await join(server), await join(server, { role: 'administrator' })];
  await addMethods(server, ada);
  const [session] = await sessionsOf(server, ada);
  const token = await makeToken(server, ada, ['read']);
  const [row] = await server.app.database.read.selectFrom('api_tokens').selectAll().execute();
  for (const as of others) {
    const post = (path: string, form: Record<string, string>) =>
      server.send('POST', path, { as, form });
    await post('/settings/sessions/end', { id: session as string });
    await post('/settings/sessions/end-others', {});
    await post('/settings/tokens/revoke', { id: row?.id as string });
    await post('/settings/sign-in/remove', { kind: 'passkey', id: 'key' });
    await post('/settings/sign-in/remove', { kind: 'service', id: 'github' });
    await post('/settings/sign-in/rename', { id: 'key', name: 'mine now' });
  }
  expect((await server.send('GET', '/settings', { as: ada })).status).toBe(200);
  const me = await server.get('/api/whoami-v2', { authorization: `Bearer ${token}` });
  expect(me.status).toBe(200);
  const passkeys = await server.app.database.read.selectFrom('passkeys').select('name').execute();
  expect(passkeys).toEqual([{ name: 'Laptop' }]);
  expect(await server.app.database.read.selectFrom('accounts').select('id').execute()).toHaveLength(
    1,
  );
});

async function makeToken(
  server: TestServer,
  as: Someone,
  scope: string[],
  days = '7',
): Promise<string> {
  const form = { name: 'script', scope, days };
  const answer = await server.send('POST', '/settings/tokens', { as, form });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  return /bsh_\w+/.exec(await answer.text())?.[0] as string;
}

test('a token is shown once, does what its scopes and its holder’s role allow, and ends', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const token = await makeToken(server, ada, ['read', 'vote', 'moderate', 'appoint', 'nonsense']);
  const page = await (await server.send('GET', '/settings/tokens', { as: ada })).text();
  expect(page).not.toContain(token);
  expect(page).toContain('read, vote;');
  expect(page).not.toContain('value="moderate"');
  const [row] = await server.app.database.read.selectFrom('api_tokens').selectAll().execute();
  expect(JSON.stringify(row)).not.toContain(token);
  const headers = { authorization: `Bearer ${token}` };
  const me = await (await server.get('/api/whoami-v2', headers)).json();
  expect(me).toEqual({
    type: 'user',
    id: ada.person.id,
    name: ada.person.handle,
    fullname: ada.person.name,
    email: ada.person.email,
    emailVerified: true,
    avatarUrl: expect.stringMatching(/^https:.*\.svg$/),
    isPro: false,
    orgs: [],
    auth: {
      type: 'access_token',
      accessToken: { displayName: 'script', role: 'write', createdAt: row?.created_at },
    },
  });
  expect((await server.get('/settings', headers)).status).toBe(403);
  const form = { id: row?.id as string };
  await server.send('POST', '/settings/tokens/revoke', { as: ada, form });
  expect((await server.get('/api/whoami-v2', headers)).status).toBe(401);
  expect(await auditOf(server, ada)).toEqual(['token made', 'token revoked']);
});

test('whoever sends no credentials, or wrong ones, is told so as an error of the API', async () => {
  const server = await openTestServer();
  for (const headers of [
    {},
    { authorization: 'Bearer bsh_wrong' },
    { cookie: '__Host-session=x' },
  ]) {
    const answer = await server.get('/api/whoami-v2', headers as Record<string, string>);
    expect([answer.status, await answer.json()]).toEqual([401, { error: expect.any(String) }]);
  }
  const ada = await join(server);
  const mine = await server.send('GET', '/api/whoami-v2', { as: ada });
  expect(await mine.json()).toMatchObject({ name: ada.person.handle, auth: { type: 'session' } });
  const token = await makeToken(server, ada, ['vote']);
  const scoped = await server.get('/api/whoami-v2', { authorization: `Bearer ${token}` });
  expect(scoped.status).toBe(200);
  expect(server.server.openApi().paths['/api/whoami-v2']).toBeDefined();
});

test.each([
  [{ name: ' ' }, 'Say what the token is for'],
  [{ name: 'a name of more than 32 characters' }, 'Say what the token is for'],
  [{ scope: [] }, 'at least one thing'],
  [{ scope: ['moderate'] }, 'at least one thing'],
  [{ days: '0' }, '1 to 366'],
  [{ days: '367' }, '1 to 366'],
  [{ days: '1e2' }, '1 to 366'],
])('a token with %j is not made', async (change, message) => {
  const server = await openTestServer();
  const ada = await join(server);
  const form = { name: 'script', scope: ['read'], days: '30', ...change };
  const answer = await server.send('POST', '/settings/tokens', { as: ada, form });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(message);
  expect(await server.app.database.read.selectFrom('api_tokens').selectAll().execute()).toEqual([]);
});

/** A passkey `key` and a linked service `github`. */
async function addMethods({ app }: TestServer, { person }: Someone): Promise<void> {
  const at = now();
  await app.database.transact(async (tx) => {
    await tx
      .insertInto('passkeys')
      .values({
        id: 'key',
        name: 'Laptop',
        public_key: 'SECRET-PUBLIC-KEY',
        person_id: person.id,
        credential_id: 'SECRET-CREDENTIAL',
        counter: 0,
        device_type: 'singleDevice',
        backed_up: 0,
        transports: null,
        created_at: at,
        aaguid: null,
      })
      .execute();
    await tx
      .insertInto('accounts')
      .values({
        id: 'github',
        account_id: '42',
        provider_id: 'github',
        person_id: person.id,
        access_token: 'SECRET-TOKEN',
        refresh_token: null,
        id_token: null,
        access_token_expires_at: null,
        refresh_token_expires_at: null,
        scope: null,
        password: null,
        created_at: at,
        updated_at: at,
      })
      .execute();
  });
}

test('ways to sign in are listed, renamed and removed', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  await addMethods(server, ada);
  const page = await (await server.send('GET', '/settings/sign-in', { as: ada })).text();
  expect(page).toContain('Laptop');
  expect(page).toContain(ada.person.email);
  expect(page).not.toContain('SECRET');
  const post = (path: string, form: Record<string, string>) =>
    server.send('POST', `/settings/sign-in/${path}`, { as: ada, form });
  expect((await post('rename', { id: 'key', name: '' })).status).toBe(400);
  expect((await post('rename', { id: 'key', name: 'My phone' })).status).toBe(303);
  const passkeys = await server.app.database.read.selectFrom('passkeys').select('name').execute();
  expect(passkeys).toEqual([{ name: 'My phone' }]);
  expect((await post('remove', { kind: 'passkey', id: 'key' })).status).toBe(303);
  expect((await post('remove', { kind: 'service', id: 'github' })).status).toBe(303);
  expect(await auditOf(server, ada)).toEqual(['sign-in method removed', 'sign-in method removed']);
});

test('the last way in stays: of someone without an address that links can go to', async () => {
  const settings = { BROADSHEET_GITHUB_ID: 'x', BROADSHEET_GITHUB_SECRET: 'y' };
  const server = await openTestServer(settings);
  const ada = await join(server);
  await addMethods(server, ada);
  await server.app.database.transact((tx) =>
    tx.updateTable('people').set({ email: '0000-0002-1825-0097@orcid.invalid' }).execute(),
  );
  const remove = async (kind: string, id: string) =>
    (await server.send('POST', '/settings/sign-in/remove', { as: ada, form: { kind, id } })).status;
  const both = await Promise.all([remove('passkey', 'key'), remove('service', 'github')]);
  expect(both.sort()).toEqual([303, 409]);
  const page = await (await server.send('GET', '/settings/sign-in', { as: ada })).text();
  expect(page).toContain('your last way in');
  expect(page).not.toContain('orcid.invalid');
});

test('a service that is no longer set up is no way in', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  await addMethods(server, ada);
  await server.app.database.transact((tx) =>
    tx.updateTable('people').set({ email_verified: 0 }).execute(),
  );
  const form = { kind: 'passkey', id: 'key' };
  const answer = await server.send('POST', '/settings/sign-in/remove', { as: ada, form });
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringContaining('your last way to sign in'),
  ]);
});

test('the overview shows each role what it can reach', async () => {
  const server = await openTestServer();
  const seen = async (role: 'reader' | 'member' | 'administrator') => {
    const html = await (
      await server.send('GET', '/settings', { as: await join(server, { role }) })
    ).text();
    return ['/invitations', '/admin/people'].map((path) => html.includes(`href="${path}"`));
  };
  expect(await seen('reader')).toEqual([false, false]);
  expect(await seen('member')).toEqual([true, false]);
  expect(await seen('administrator')).toEqual([true, true]);
});
