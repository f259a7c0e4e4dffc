import { expect, test } from 'vitest';
import { comment, paperToDiscuss } from '../../tests/comments.ts';
import { createPerson, join } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { now } from '../base/calendar.ts';
import { MAX_OPEN_INVITATIONS } from '../people/joining.ts';
import type { Person } from '../people/person.ts';

async function put(
  { app }: TestServer,
  person: Person,
  columns: Record<string, string | number | null>,
): Promise<void> {
  await app.database.transact((tx) =>
    tx.updateTable('people').set(columns).where('id', '=', person.id).execute(),
  );
}

test('a profile shows what somebody says of themselves, as text, and who invited them', async () => {
  const server = await openTestServer();
  const ada = await createPerson(server.app.database, {
    handle: 'ada',
    role: 'editor',
    joinedAt: '2025-03-04T00:00:00.000Z',
  });
  const grace = await createPerson(server.app.database, { handle: 'grace' });
  await put(server, ada, {
    about: '<script>alert(1)</script>\nsecond line',
    affiliation: 'Engines & Co',
    links: JSON.stringify(['https://ada.example.org/']),
    orcid: '0000-0002-1825-0097',
    invited_by: grace.id,
  });
  const answer = await server.get('/people/ada');
  const html = await answer.text();
  expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\nsecond line');
  expect(html).toContain('@ada · editor · Engines &amp; Co');
  expect(html).toContain('href="https://ada.example.org/" rel="me nofollow ugc noopener"');
  expect(html).toContain('https://orcid.org/0000-0002-1825-0097');
  expect(html).toContain('March 2025, invited by <a href="/people/grace">');
  expect(html).not.toContain(ada.email);
  const asOther = await server.send('GET', '/people/ada', { as: await join(server) });
  expect(await asOther.text()).toBe(html);
});

test('a profile is found whatever its letters’ case, and nobody’s is not', async () => {
  const server = await openTestServer();
  await createPerson(server.app.database, { handle: 'ada' });
  for (const path of ['/people/ADA', '/people/@ada']) {
    expect((await server.get(path)).headers.get('location')).toBe('/people/ada');
  }
  for (const path of ['/people/nobody', '/people/a%27--', '/people/%40']) {
    expect((await server.get(path)).status).toBe(404);
  }
});

test('visible comments are shown, twenty a page, newest first, and no others', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const ada = await createPerson(database, { handle: 'ada' });
  const key = await paperToDiscuss(database);
  await comment(database, ada, { paperKey: key, raw: 'Of <b>this</b> and **that**' });
  await database.transact(async (tx) => {
    for (let place = 0; place < 25; place++) {
      await tx
        .insertInto('comments')
        .values({
          id: `0${place.toString(16).padStart(23, '0')}`,
          paper_key: key,
          parent_id: null,
          author_id: ada.id,
          raw: `Number ${place}.`,
          html: '',
          html_version: '',
          created_at: now(),
          edited_at: null,
          state: place === 24 ? 'hidden' : 'visible',
          hidden_by: null,
          hidden_reason: null,
        })
        .execute();
    }
  });
  const first = await (await server.get('/people/ada')).text();
  expect(first).toContain('Of &lt;b&gt;this&lt;/b&gt; and <strong>that</strong>');
  expect(first).toContain('Number 23.');
  expect(first).not.toContain('Number 24.');
  expect(first).not.toContain('Number 4.');
  const next = /href="(\/people\/ada\?[^"]*before[^"]*)"/.exec(first)?.[1] as string;
  const second = await (await server.get(next.replaceAll('&amp;', '&'))).text();
  expect(second.match(/Number \d+\./g)).toEqual([4, 3, 2, 1, 0].map((n) => `Number ${n}.`));
  expect((await server.get('/people/ada?show=votes&before=nonsense')).status).toBe(400);
});

test('votes and submissions are shown with their papers, and private votes to nobody', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const ada = await createPerson(database, { handle: 'ada' });
  const key = await paperToDiscuss(database);
  await database.transact(async (tx) => {
    await tx
      .insertInto('votes')
      .values({ person_id: ada.id, paper_key: key, voted_at: now(), weighs: 1 })
      .execute();
    for (const [day, unlisted] of [
      ['2025-10-29', null],
      ['2025-10-28', now()],
    ] as const) {
      await tx
        .insertInto('day_entries')
        .values({
          day,
          paper_key: key,
          origin: 'papers.example.org',
          listed_at: now(),
          published_at: now(),
          submitter: 'ada',
          details: '{}',
          changed_at: now(),
          person_id: ada.id,
          pinned_at: null,
          unlisted_at: unlisted,
          introduction: null,
        })
        .execute();
    }
  });
  const votes = await (await server.get('/people/ada?show=votes')).text();
  expect(votes).toContain('href="/papers/2510.00001"');
  const submissions = await (await server.get('/people/ada?show=submissions')).text();
  expect(submissions.match(/href="\/papers\/2510\.00001"/g)).toHaveLength(1);
  const owner = await join(server);
  await put(server, ada, { has_public_votes: 0 });
  await server.send('POST', '/settings/profile', {
    as: owner,
    form: { name: 'X', handle: 'owner-x', affiliation: '', about: '', links: '', orcid: '' },
  });
  const hidden = await (await server.get('/people/ada?show=votes')).text();
  expect(hidden).toContain('votes privately');
  expect(hidden).not.toContain('href="/papers/2510.00001"');
});

test('an invitation’s address is shown once, and its state after', async () => {
  const server = await openTestServer({ BROADSHEET_JOINING: 'invitation' });
  const ada = await join(server, { handle: 'ada' });
  const other = await join(server);
  const made = await server.send('POST', '/invitations', {
    as: ada,
    form: { note: 'For Grace <3' },
  });
  const html = await made.text();
  const address = /https:\/\/papers\.example\.org\/join\/[\w-]+/.exec(html)?.[0] as string;
  expect(made.status).toBe(200);
  expect(await (await server.get(new URL(address).pathname)).text()).toContain('invites you');
  const list = await (await server.send('GET', '/invitations', { as: ada })).text();
  expect(list).not.toContain(address);
  expect(list).toContain('For Grace &lt;3');
  expect(list).toContain('open until');
  const id = /name="id" value="([^"]*)"/.exec(list)?.[1] as string;
  await server.send('POST', '/invitations/withdraw', { as: other, form: { id } });
  expect((await server.get(new URL(address).pathname)).status).toBe(200);
  await server.send('POST', '/invitations/withdraw', { as: ada, form: { id } });
  expect((await server.get(new URL(address).pathname)).status).toBe(404);
  expect(await (await server.send('GET', '/invitations', { as: ada })).text()).toContain(
    'withdrawn',
  );
});

test('members have twenty open invitations, administrators as many as they like, readers none', async () => {
  const server = await openTestServer({ BROADSHEET_JOINING: 'invitation' });
  const make = async (as: { cookie: string }) =>
    (await server.send('POST', '/invitations', { as, form: { note: '' } })).status;
  const member = await join(server);
  const administrator = await join(server, { role: 'administrator' });
  for (let time = 0; time < MAX_OPEN_INVITATIONS; time++) {
    expect([await make(member), await make(administrator)]).toEqual([200, 200]);
  }
  expect([await make(member), await make(administrator)]).toEqual([409, 200]);
  expect(await make(await join(server, { role: 'reader' }))).toBe(403);
  const long = { note: 'x'.repeat(201) };
  const answer = await server.send('POST', '/invitations', { as: administrator, form: long });
  expect([answer.status, (await answer.text()).includes(long.note)]).toEqual([400, true]);
});

test('the page of invitations says of what use they are', async () => {
  const seen = async (joining: string) => {
    const settings = { BROADSHEET_JOINING: joining, BROADSHEET_JOINING_DOMAINS: 'example.org' };
    const server = await openTestServer(settings);
    const as = await join(server);
    const page = await (await server.send('GET', '/invitations', { as })).text();
    const made = await server.send('POST', '/invitations', { as, form: { note: '' } });
    return [page.includes('<button type="submit" class="primary">'), made.status];
  };
  expect(await seen('open')).toEqual([true, 200]);
  expect(await seen('domain')).toEqual([true, 200]);
  expect(await seen('closed')).toEqual([false, 409]);
});

test('administrators see who invited whom, also below someone who left', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const make = async (handle: string, invitedBy: string | null) => {
    const person = await createPerson(database, { handle });
    await put(server, person, { invited_by: invitedBy });
    return person;
  };
  const ada = await make('ada', null);
  const grace = await make('grace', ada.id);
  await make('alan', grace.id);
  await make('orphan', 'gone');
  const as = await join(server, { role: 'administrator' });
  const html = await (await server.send('GET', '/invitations/tree', { as })).text();
  expect(html).toMatch(/@ada,.*invited 1 other.*<ul.*@grace,.*<ul.*@alan.*who left.*@orphan/s);
  expect((await server.send('GET', '/invitations/tree', { as: await join(server) })).status).toBe(
    403,
  );
});

test('administrators find people and change their roles, and each change is in the audit log', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const as = await join(server, { role: 'administrator', handle: 'boss' });
  const ada = await createPerson(database, { handle: 'ada' });
  await createPerson(database, { handle: 'grace-h' });
  await put(server, ada, {
    name: 'Ädä 100%',
    barred_until: '2999-01-02T00:00:00.000Z',
    barred_by: 'suspend',
  });
  const found = async (q: string) => {
    const answer = await server.send('GET', `/admin/people?q=${encodeURIComponent(q)}`, { as });
    return (await answer.text()).match(/@(?:ada|grace-h|boss)(?=<)/g);
  };
  expect(await found('')).toHaveLength(3);
  expect(await found('ADA@example')).toEqual(['@ada']);
  expect(await found('Ädä')).toEqual(['@ada']);
  expect(await found('100%')).toEqual(['@ada']);
  expect(await found('@grace')).toEqual(['@grace-h']);
  expect(await found('a_a')).toBeNull();
  const page = await (await server.send('GET', '/admin/people?q=ada', { as })).text();
  expect(page).toContain('suspended until 2999-01-02');
  const before = await database.currentChange();
  const change = async (id: string, role: string) =>
    server.send('POST', '/admin/people/role', { as, form: { id, role } });
  expect((await change(ada.id, 'editor')).status).toBe(303);
  expect(await database.currentChange()).toBeGreaterThan(before);
  expect(await (await server.get('/people/ada')).text()).toContain('@ada · editor');
  expect((await change(ada.id, 'emperor')).status).toBe(400);
  expect((await change('nobody', 'editor')).status).toBe(404);
  const last = await change(as.person.id, 'member');
  expect([last.status, await last.text()]).toEqual([
    409,
    expect.stringContaining('make someone else administrator first'),
  ]);
  const log = await (await server.send('GET', '/admin/audit', { as })).text();
  expect(log).toMatch(/role changed.*\/people\/ada.*\/people\/boss.*from member, to editor/s);
});

test.each(['reader', 'member', 'editor', 'moderator'] as const)(
  'a %s reaches nothing of the administration',
  async (role) => {
    const server = await openTestServer();
    const as = await join(server, { role });
    for (const path of ['/admin/people', '/admin/audit', '/invitations/tree']) {
      expect((await server.send('GET', path, { as })).status).toBe(403);
      expect((await server.get(path)).status).toBe(303);
    }
    const form = { id: as.person.id, role: 'administrator' };
    expect((await server.send('POST', '/admin/people/role', { as, form })).status).toBe(403);
  },
);

test('long lists of the administration have pages', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const as = await join(server, { role: 'administrator', joinedAt: '2020-01-01T00:00:00.000Z' });
  for (let place = 0; place < 51; place++) {
    await createPerson(database, { joinedAt: `2024-01-01T00:00:00.0${10 + place}Z` });
  }
  await database.transact(async (tx) => {
    for (let place = 0; place < 51; place++) {
      await tx
        .insertInto('audit_log')
        .values({
          acted_at: now(),
          actor_id: null,
          action: 'joined',
          subject_id: `gone ${place}`,
          details: '{}',
        })
        .execute();
    }
  });
  for (const path of ['/admin/people', '/admin/audit']) {
    const html = await (await server.send('GET', path, { as })).text();
    const [, next = ''] = /rel="next" href="([^"]*)"/.exec(html) ?? [];
    const more = await server.send('GET', next.replaceAll('&amp;', '&'), { as });
    expect([path, more.status]).toEqual([path, 200]);
    expect(await more.text()).not.toContain('rel="next"');
    expect((await server.send('GET', `${path}?before=x'y`, { as })).status).toBe(404);
  }
});

test('the table of roles is open to everyone, and says what visitors may do and how one joins', async () => {
  const open = await openTestServer();
  const html = await (await open.get('/about/roles')).text();
  expect(html).toContain('Everyone may read here');
  expect(html).toMatch(/appoint people.*data-label="administrator" class="yes"/s);
  expect(html.match(/data-label="visitor" class="yes"/g)).toHaveLength(1);
  expect(await (await open.get('/about')).text()).toContain('href="/about/roles"');
  const closed = await openTestServer({
    BROADSHEET_READING: 'members',
    BROADSHEET_JOINING: 'closed',
  });
  const other = await closed.get('/about/roles');
  const text = await other.text();
  expect(other.status).toBe(200);
  expect(text).toContain('Reading here needs an account. No new accounts are made.');
  expect(text).not.toContain('data-label="visitor" class="yes"');
  expect((await closed.get('/people/ada')).status).toBe(303);
});
