import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { join } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { setupCode } from '../people/first-administrator.ts';
import { createInvitation } from '../people/joining.ts';

/** Mails in the outbox, oldest first, once there are `count`. */
async function mails({ app }: TestServer, count: number): Promise<string[]> {
  const folder = path.join(app.config.dataDir, 'outbox');
  for (let look = 0; look < 200; look++) {
    const files = fs.existsSync(folder)
      ? fs
          .readdirSync(folder)
          .filter((name) => name.endsWith('.eml'))
          .sort()
      : [];
    if (files.length >= count) {
      return files.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
    }
    await sleep(20);
  }
  throw new Error(`no ${count} mails came`);
}

function tokenOf(mail: string): string {
  const text = mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return /\/sign-in\/link\?token=([A-Za-z]+)/.exec(text)?.[1] as string;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Signs somebody in by the link that is mailed to them; resolves to the answer to the last form. */
async function signInByLink(server: TestServer, email: string, before = 0): Promise<Response> {
  const asked = await server.send('POST', '/sign-in', { form: { email, next: '/papers/week' } });
  expect(asked.status).toBe(303);
  const mail = (await mails(server, before + 1)).at(-1) as string;
  return server.send('POST', '/sign-in/link', {
    form: { token: tokenOf(mail), next: '/papers/week' },
  });
}

async function whoIs(server: TestServer, cookie: string): Promise<string> {
  const page = await server.send('GET', '/setup', { as: { cookie } });
  return page.status === 200
    ? ((/Signed in as ([^"]*)"/.exec(await page.text())?.[1] as string) ?? '')
    : '';
}

test('a link signs in once, makes the account and a session tied to this host', async () => {
  const server = await openTestServer();
  const answer = await signInByLink(server, 'Ada@Example.org');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/settings/profile?welcome=1');
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-session='));
  expect(cookie).toMatch(/; Path=\/.*; HttpOnly.*; Secure.*; SameSite=Lax/i);
  expect(await whoIs(server, cookiesOf(answer))).toMatch(/^Reader /);
  const people = await server.app.database.read.selectFrom('people').selectAll().execute();
  expect(people).toMatchObject([{ email: 'ada@example.org', role: 'member', email_verified: 1 }]);
  expect(people[0]?.handle).not.toContain('ada');

  const token = tokenOf((await mails(server, 1))[0] as string);
  const again = await server.send('POST', '/sign-in/link', { form: { token } });
  expect(again.headers.get('location')).toBe('/sign-in?error=invalid_token');
  expect(again.headers.getSetCookie()).toEqual([]);
  const page = await server.get('/sign-in?error=invalid_token');
  expect(await page.text()).toContain('used already or is too old');
});

test('opening the link does nothing yet: mail filters open links', async () => {
  const server = await openTestServer();
  await server.send('POST', '/sign-in', { form: { email: 'ada@example.org' } });
  const token = tokenOf((await mails(server, 1))[0] as string);
  for (let time = 0; time < 3; time++) {
    const page = await server.get(`/sign-in/link?token=${token}`);
    expect(page.status).toBe(200);
    expect(page.headers.getSetCookie()).toEqual([]);
  }
  expect((await server.send('POST', '/sign-in/link', { form: { token } })).status).toBe(303);
  expect(await server.app.database.read.selectFrom('people').selectAll().execute()).toHaveLength(1);
});

test('the second sign-in goes where one was going, with a new session, and the former one is over', async () => {
  const server = await openTestServer();
  const first = cookiesOf(await signInByLink(server, 'ada@example.org'));
  await server.app.database.transact((tx) =>
    tx.updateTable('people').set({ created_at: '2025-01-01T00:00:00.000Z' }).execute(),
  );
  await server.send('POST', '/sign-in', { form: { email: 'ada@example.org' } });
  const token = tokenOf((await mails(server, 2)).at(-1) as string);
  const answer = await server.send('POST', '/sign-in/link', {
    as: { cookie: first },
    form: { token, next: '/papers/week' },
  });
  expect(answer.headers.get('location')).toBe('/papers/week');
  const second = cookiesOf(answer);
  expect(second).not.toBe(first);
  expect(await whoIs(server, second)).not.toBe('');
  expect(await whoIs(server, first)).toBe('');
});

test('signing out ends the session on the server', async () => {
  const server = await openTestServer();
  const cookie = cookiesOf(await signInByLink(server, 'ada@example.org'));
  const out = await server.send('POST', '/sign-out', { as: { cookie } });
  expect(out.headers.getSetCookie().join()).toContain(
    '__Host-session=; Path=/; SameSite=Lax; Max-Age=0',
  );
  expect(await whoIs(server, cookie)).toBe('');
});

test('a session cookie that was altered or signed elsewhere is none', async () => {
  const server = await openTestServer();
  const { cookie } = await join(server);
  expect(await whoIs(server, cookie)).not.toBe('');
  for (const bad of [
    cookie.replace(/.{4}$/, 'AAA='),
    cookie.replace(/=(.)/, '=x$1'),
    cookie.replace('__Host-session', 'session'),
    '__Host-session=',
    '__Host-session=abc',
  ]) {
    expect(await whoIs(server, bad)).toBe('');
  }
});

test('who has an account cannot be told from the answer, nor that joining is closed', async () => {
  const server = await openTestServer({ BROADSHEET_JOINING: 'closed' });
  const { person } = await join(server);
  const known = await server.send('POST', '/sign-in', { form: { email: person.email } });
  const unknown = await server.send('POST', '/sign-in', { form: { email: 'new@example.org' } });
  expect([known.status, known.headers.get('location')]).toEqual([
    unknown.status,
    unknown.headers.get('location'),
  ]);
  expect(await mails(server, 1)).toHaveLength(1);
  await sleep(300);
  expect(await mails(server, 1)).toHaveLength(1);
});

test('where one joins by domain or invitation, others get no account', async () => {
  const server = await openTestServer({
    BROADSHEET_JOINING: 'domain',
    BROADSHEET_JOINING_DOMAINS: 'lab.example.org',
  });
  const inviter = await join(server);
  for (const email of [
    'eve@evil-lab.example.org',
    'eve@lab.example.org.example.com',
    'eve@example.org',
  ]) {
    await server.send('POST', '/sign-in', { form: { email } });
  }
  await signInByLink(server, 'bob@LAB.example.org');
  const { code } = await server.app.database.transact((tx) =>
    createInvitation(tx, { by: inviter.person.id, note: 'come in', isUnlimited: false }),
  );
  const page = await server.get(`/join/${code}`);
  expect(await page.text()).toContain(`${inviter.person.name} invites you`);
  const form = { email: 'carol@example.com', invitation: code };
  await server.send('POST', '/sign-in', { form });
  const token = tokenOf((await mails(server, 2)).at(-1) as string);
  await server.send('POST', '/sign-in/link', { form: { token } });
  const people = await server.app.database.read
    .selectFrom('people')
    .select(['email', 'invited_by'])
    .where('id', '<>', inviter.person.id)
    .orderBy('email')
    .execute();
  expect(people).toEqual([
    { email: 'bob@lab.example.org', invited_by: null },
    { email: 'carol@example.com', invited_by: inviter.person.id },
  ]);
  expect((await server.get(`/join/${code}`)).status).toBe(404);
  expect((await server.send('POST', '/sign-in', { form })).status).toBe(404);
});

test('the first administrator is whoever knows the code, and only the first', async () => {
  const server = await openTestServer();
  const [ada, bob] = [await join(server), await join(server)];
  const wrong = await server.send('POST', '/setup', {
    as: ada,
    form: { code: 'AAAA-BBBB-CCCC-DDDD' },
  });
  expect(wrong.status).toBe(403);
  const code = setupCode(server.app.secret());
  expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  const right = await server.send('POST', '/setup', {
    as: ada,
    form: { code: ` ${code.toLowerCase()} ` },
  });
  expect(right.status).toBe(303);
  const late = await server.send('POST', '/setup', { as: bob, form: { code } });
  expect(late.status).toBe(409);
  const roles = await server.app.database.read
    .selectFrom('people')
    .select(['id', 'role'])
    .execute();
  expect(roles.filter(({ role }) => role === 'administrator')).toEqual([
    { id: ada.person.id, role: 'administrator' },
  ]);
  const audit = await server.app.database.read.selectFrom('audit_log').selectAll().execute();
  expect(audit).toMatchObject([{ action: 'became first administrator', actor_id: ada.person.id }]);
});

test('too many links for one address are refused with the time to wait', async () => {
  const server = await openTestServer();
  const ask = () => server.send('POST', '/sign-in', { form: { email: 'ada@example.org' } });
  for (let time = 0; time < 5; time++) expect((await ask()).status).toBe(303);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
});

test('a form of another site changes nothing', async () => {
  const server = await openTestServer();
  const { cookie } = await join(server);
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    { 'sec-fetch-site': 'none', origin: 'https://papers.example.org' },
  ]) {
    const answer = await server.send('POST', '/sign-out', { as: { cookie }, headers });
    expect(answer.status).toBe(403);
  }
  expect(await whoIs(server, cookie)).not.toBe('');
});

test('nothing leads to another host after signing in', async () => {
  const server = await openTestServer();
  for (const next of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ]) {
    const page = await server.get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(await page.text()).toContain('name="next" value="/"');
  }
});

test('where reading needs an account, visitors see the way in and nothing else', async () => {
  const server = await openTestServer({ BROADSHEET_READING: 'members' });
  for (const path of ['/', '/papers', '/papers/week/2025-W44', '/sitemap.xml', '/people/ada']) {
    const answer = await server.get(path);
    expect([path, answer.status, answer.headers.get('location')]).toEqual([
      path,
      303,
      `/sign-in?next=${encodeURIComponent(path)}`,
    ]);
  }
  for (const path of ['/api/daily_papers', '/api/papers']) {
    expect([path, (await server.get(path)).status]).toEqual([path, 401]);
  }
  expect((await server.get('/sign-in')).status).toBe(200);
  const { cookie } = await join(server, { role: 'reader' });
  const page = await server.send('GET', '/papers', { as: { cookie } });
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toMatch(/private/);
  expect((await server.get('/papers')).status).toBe(303);
});
