import { expect, test } from 'vitest';
import { type OidcProvider, startOidcProvider } from '../../tests/oidc-provider.ts';
import { join } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';

function settings(provider: OidcProvider, more: Record<string, string> = {}) {
  return {
    BROADSHEET_OIDC_ISSUER: provider.issuer,
    BROADSHEET_OIDC_ID: 'broadsheet',
    BROADSHEET_OIDC_SECRET: 'a-secret-of-the-client',
    BROADSHEET_OIDC_NAME: 'the lab',
    BROADSHEET_ORCID_ISSUER: provider.issuer,
    BROADSHEET_ORCID_ID: 'broadsheet',
    BROADSHEET_ORCID_SECRET: 'a-secret-of-the-client',
    ...more,
  };
}

/** The way of a browser: form, the service, and back. */
async function signInWith(
  server: TestServer,
  id: string,
  { as, form = {} }: { as?: { cookie: string }; form?: Record<string, string> } = {},
): Promise<Response> {
  const leaving = await server.send('POST', `/sign-in/with/${id}`, { as, form });
  expect(leaving.status).toBe(200);
  const to = (leaving.headers.get('refresh') ?? '').replace('0;url=', '');
  expect(await leaving.text()).toContain('Go on to');
  const back = await fetch(to, { redirect: 'manual' });
  const callback = new URL(back.headers.get('location') as string);
  expect(callback.origin).toBe(server.url);
  const state = leaving.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const cookie = [...state, ...(as ? [as.cookie] : [])].join('; ');
  return server.send('GET', callback.pathname + callback.search, { as: { cookie } });
}

const people = (server: TestServer) =>
  server.app.database.read.selectFrom('people').selectAll().orderBy('email').execute();

test('any OpenID Connect service signs people in, and again as the same person', async () => {
  const provider = await startOidcProvider();
  const server = await openTestServer(settings(provider));
  const page = await (await server.get('/sign-in')).text();
  expect(page).toContain('Continue with the lab');
  expect(page).toContain('Continue with ORCID');
  provider.claims = {
    sub: 'u1',
    email: 'ada@lab.example.org',
    email_verified: true,
    name: 'Ada L.',
  };
  const first = await signInWith(server, 'oidc', { form: { next: '/papers/week' } });
  expect(first.headers.get('location')).toContain('/settings/profile?welcome=1');
  expect(first.headers.getSetCookie().join()).toContain('__Host-session=');
  expect(first.headers.getSetCookie().join()).toContain('signed-in=1');
  const second = await signInWith(server, 'oidc', { form: { next: '/papers/week' } });
  expect(second.headers.get('location')).toContain('/papers/week');
  expect(await people(server)).toMatchObject([{ email: 'ada@lab.example.org', name: 'Ada L.' }]);
});

test('ORCID, which tells no address, makes an account that knows its ORCID', async () => {
  const provider = await startOidcProvider();
  const server = await openTestServer(settings(provider));
  provider.claims = { sub: '0000-0002-1825-0097', given_name: 'Josiah', family_name: 'Carberry' };
  const answer = await signInWith(server, 'orcid');
  expect(answer.headers.getSetCookie().join()).toContain('__Host-session=');
  expect(await people(server)).toMatchObject([
    { name: 'Josiah Carberry', orcid: '0000-0002-1825-0097', email_verified: 0 },
  ]);
});

test('a service gives no way past the rule of who may join', async () => {
  const provider = await startOidcProvider();
  const server = await openTestServer(settings(provider, { BROADSHEET_JOINING: 'closed' }));
  provider.claims = { sub: 'u2', email: 'eve@example.org', email_verified: true, name: 'Eve' };
  const answer = await signInWith(server, 'oidc');
  expect(answer.headers.getSetCookie().join()).not.toContain('__Host-session=ey');
  expect(await people(server)).toEqual([]);
  const page = await server.get(
    new URL(answer.headers.get('location') as string, server.url).href.replace(server.url, ''),
  );
  expect([page.url, answer.headers.get('location'), await page.text()].join()).toContain(
    'ask a member to invite you',
  );
});

test('an unverified address of a service does not open an account of that address', async () => {
  const provider = await startOidcProvider();
  const server = await openTestServer(settings(provider));
  const { person } = await join(server);
  provider.claims = { sub: 'u3', email: person.email, email_verified: false, name: 'Eve' };
  const answer = await signInWith(server, 'oidc');
  expect(answer.headers.getSetCookie().join()).not.toMatch(/__Host-session=[^;]/);
  const accounts = await server.app.database.read.selectFrom('accounts').selectAll().execute();
  expect(accounts).toEqual([]);
});

test('whoever is signed in connects a service, and then signs in by it', async () => {
  const provider = await startOidcProvider();
  const server = await openTestServer(settings(provider));
  const ada = await join(server);
  provider.claims = {
    sub: 'u4',
    email: 'other@lab.example.org',
    email_verified: true,
    name: 'Ada',
  };
  const linked = await signInWith(server, 'oidc', { as: ada, form: { link: '1' } });
  expect(linked.headers.get('location')).toContain('/settings/sign-in');
  const log = await server.app.database.read
    .selectFrom('audit_log')
    .select(['action', 'subject_id', 'details'])
    .execute();
  expect(log).toEqual([
    {
      action: 'sign-in method added',
      subject_id: ada.person.id,
      details: '{"method":"oidc"}',
    },
  ]);
  expect(await people(server)).toHaveLength(1);
  const later = await signInWith(server, 'oidc', { form: { next: '/papers/month' } });
  expect(later.headers.get('location')).toContain('/papers/month');
  expect(await people(server)).toHaveLength(1);
  const accounts = await server.app.database.read.selectFrom('accounts').selectAll().execute();
  expect(accounts).toMatchObject([
    { provider_id: 'oidc', account_id: 'u4', person_id: ada.person.id },
  ]);
  expect(accounts[0]?.access_token ?? '').not.toContain(
    Buffer.from('{"sub":"u4"').toString('base64url'),
  );
});

test('a service that does not answer is said so', async () => {
  const server = await openTestServer({
    BROADSHEET_OIDC_ISSUER: 'http://127.0.0.1:9',
    BROADSHEET_OIDC_ID: 'broadsheet',
    BROADSHEET_OIDC_SECRET: 'a-secret-of-the-client',
  });
  const answer = await server.send('POST', '/sign-in/with/oidc', { form: {} });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('cannot be reached');
});
