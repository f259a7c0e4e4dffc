import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { comment, paperToDiscuss } from '../../tests/comments.ts';
import { createPerson, join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { now } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { TABLES } from '../database/schema.ts';
import { claimInvitation, createInvitation } from '../people/joining.ts';
import { LIMITS, spend } from '../people/limits.ts';

const HANDLE = 'ada-of-the-tests';
const TEXT = 'What I think of $x^2$.\n\n> and a quotation';

/** Somebody who has done everything that one can do here; resolves to the key of their paper, too. */
async function openWithAda() {
  const server = await openTestServer();
  const { database } = server.app;
  const ada = await join(server, { role: 'moderator', handle: HANDLE });
  const other = await join(server, { handle: 'grace' });
  const { id } = ada.person;
  const key = await paperToDiscuss(database);
  const mine = await comment(database, ada.person, { paperKey: key, raw: TEXT });
  const reply = await comment(database, other.person, {
    paperKey: key,
    parentId: mine.id,
    raw: `I agree, @${HANDLE}`,
  });
  const at = now();
  await database.transact(async (tx) => {
    await tx
      .updateTable('people')
      .set({ invited_by: other.person.id })
      .where('id', '=', id)
      .execute();
    await tx
      .insertInto('comment_versions')
      .values({
        comment_id: mine.id,
        number: 7,
        raw: 'My former text',
        written_at: at,
        editor_id: id,
      })
      .execute();
    await tx
      .insertInto('votes')
      .values([
        { person_id: id, paper_key: key, voted_at: at, weighs: 1 },
        { person_id: other.person.id, paper_key: key, voted_at: at, weighs: 1 },
      ])
      .execute();
    await tx.updateTable('papers').set({ votes: 2 }).where('key', '=', key).execute();
    await tx
      .insertInto('reactions')
      .values({ comment_id: reply.id, person_id: id, reaction: '🔥', reacted_at: at })
      .execute();
    await tx
      .insertInto('submissions')
      .values({
        id: 'submission',
        person_id: id,
        reference: 'arXiv:2510.00001',
        paper_key: key,
        paper_id: null,
        day: '2025-10-29',
        comment: 'Why I submit it',
        links: '{}',
        media: '[]',
        state: 'listed',
        problem: null,
        created_at: at,
        changed_at: at,
      })
      .execute();
    await tx
      .insertInto('day_entries')
      .values({
        day: '2025-10-29',
        paper_key: key,
        origin: 'papers.example.org',
        listed_at: at,
        published_at: at,
        submitter: HANDLE,
        details: JSON.stringify({ submittedBy: { name: HANDLE }, mediaUrls: ['x'] }),
        changed_at: at,
        person_id: id,
        pinned_at: null,
        unlisted_at: null,
        introduction: null,
      })
      .execute();
    await tx
      .insertInto('reports')
      .values({
        target_kind: 'comment',
        target_id: reply.id,
        reported_by: id,
        reason: 'spam',
        note: 'My note on it',
        created_at: at,
        state: 'open',
        handled_by: null,
        handled_at: null,
      })
      .execute();
    await tx
      .insertInto('sanctions')
      .values({
        person_id: id,
        kind: 'warn',
        until: null,
        reason: 'Be kinder',
        created_by: other.person.id,
        created_at: at,
        lifted_at: null,
      })
      .execute();
    await tx
      .insertInto('moderation_log')
      .values({
        acted_at: at,
        actor_id: id,
        action: 'hide',
        target_kind: 'comment',
        target_id: reply.id,
        subject_id: other.person.id,
        reason: 'What I decided',
        details: '{}',
        undoes: null,
        undone_at: null,
      })
      .execute();
    await createInvitation(tx, { by: id, note: 'For my friend', isUnlimited: true });
    const { code } = await createInvitation(tx, {
      by: other.person.id,
      note: '',
      isUnlimited: true,
    });
    await claimInvitation(tx, code, ada.person.email);
    await tx
      .insertInto('accounts')
      .values({
        id: 'account',
        account_id: 'SECRET-ACCOUNT',
        provider_id: 'github',
        person_id: id,
        access_token: 'SECRET-ACCESS',
        refresh_token: null,
        id_token: `SECRET ${ada.person.email}`,
        access_token_expires_at: null,
        refresh_token_expires_at: null,
        scope: null,
        password: null,
        created_at: at,
        updated_at: at,
      })
      .execute();
    await tx
      .insertInto('passkeys')
      .values({
        id: 'passkey',
        name: 'My laptop',
        public_key: 'SECRET-KEY',
        person_id: id,
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
      .insertInto('verifications')
      .values({
        id: 'verification',
        identifier: 'SECRET-HASH',
        value: JSON.stringify({ email: ada.person.email }),
        expires_at: at,
        created_at: at,
        updated_at: at,
      })
      .execute();
  });
  await spend(database, 'sign-in link to an address', ada.person.email);
  await spend(database, 'vote', id);
  const form = { name: 'My script', scope: ['read'], days: '3' };
  await server.send('POST', '/settings/tokens', { as: ada, form });
  return { server, ada, other, key, mine, reply };
}

test('the download holds everything that somebody wrote, and nothing that lets anyone in', async () => {
  const { server, ada } = await openWithAda();
  const answer = await server.send('GET', '/settings/data.json', { as: ada });
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="broadsheet-${HANDLE}.json"`,
  );
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  const text = await answer.text();
  const data = JSON.parse(text) as Record<string, unknown>;
  const paper = { id: '2510.00001', title: 'The title of 2510.00001' };
  expect(data).toMatchObject({
    profile: { handle: HANDLE, email: ada.person.email, role: 'moderator', invitedBy: 'grace' },
    comments: [{ paper, text: TEXT, formerTexts: [{ text: 'My former text' }] }],
    votes: [{ paper }],
    reactions: [{ reaction: '🔥', paper }],
    submissions: [{ reference: 'arXiv:2510.00001', paper, comment: 'Why I submit it' }],
    reports: [{ reason: 'spam', note: 'My note on it' }],
    moderation: [{ action: 'hide', reason: 'What I decided' }],
    invitations: [{ note: 'For my friend' }],
    sanctions: [{ kind: 'warn', reason: 'Be kinder' }],
    tokens: [{ name: 'My script', scopes: ['read'] }],
    signInMethods: [
      { kind: 'service', provider: 'github' },
      { kind: 'passkey', name: 'My laptop' },
    ],
    sessions: [{ startedAt: expect.any(String) }],
  });
  const markdown = await (await server.send('GET', '/settings/data.md', { as: ada })).text();
  for (const part of [HANDLE, 'What I think of $x^2$.', 'My former text', 'My note on it', '🔥']) {
    expect(markdown).toContain(part);
  }
  const secrets = await secretsOf(server, ada);
  for (const form of [text, markdown]) {
    expect(secrets.filter((secret) => form.includes(secret))).toEqual([]);
    expect(form).not.toContain('SECRET');
    expect(form).not.toContain('I agree');
  }
});

/** What is kept of sessions and tokens and would be worth something to a thief. */
async function secretsOf({ app }: TestServer, { person }: Someone): Promise<string[]> {
  const db = app.database.read;
  const sessions = await db
    .selectFrom('sessions')
    .select('token as secret')
    .where('person_id', '=', person.id)
    .execute();
  const tokens = await db
    .selectFrom('api_tokens')
    .select('key as secret')
    .where('person_id', '=', person.id)
    .execute();
  const invitations = await db.selectFrom('invitations').select('code_hash as secret').execute();
  return [...sessions, ...tokens, ...invitations].map(({ secret }) => secret);
}

test('a long download comes in steps and is whole', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const { database } = server.app;
  const key = await paperToDiscuss(database);
  const count = 1_203;
  await database.transact(async (tx) => {
    for (let place = 0; place < count; place++) {
      await tx
        .insertInto('comments')
        .values({
          id: place.toString(16).padStart(24, '0'),
          paper_key: key,
          parent_id: null,
          author_id: ada.person.id,
          raw: `Number ${place}`,
          html: '',
          html_version: '',
          created_at: now(),
          edited_at: null,
          state: 'visible',
          hidden_by: null,
          hidden_reason: null,
        })
        .execute();
    }
  });
  const answer = await server.send('GET', '/settings/data.json', { as: ada });
  const { comments } = (await answer.json()) as { comments: { text: string }[] };
  expect(comments.map(({ text }) => text)).toEqual(
    Array.from({ length: count }, (_, place) => `Number ${place}`),
  );
});

test('downloads have a limit, and nobody downloads another’s', async () => {
  const { server, ada, other } = await openWithAda();
  const theirs = await (await server.send('GET', '/settings/data.json', { as: other })).text();
  expect(theirs).not.toContain(ada.person.email);
  let status = 200;
  for (let time = 0; time <= LIMITS.download.points && status === 200; time++) {
    status = (await server.send('GET', '/settings/data.md', { as: ada })).status;
  }
  expect(status).toBe(429);
});

/** The tables, with how often, in which a word stands in any column. */
async function tracesOf(database: Database, word: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of TABLES) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(database.read);
    if (rows.some((row) => JSON.stringify(row).includes(word))) found.push(table);
  }
  return found;
}

const remove = (server: TestServer, as: Someone, form: Record<string, string>) =>
  server.send('POST', '/settings/delete', { as, form });

test.each(['tombstones', 'anonymous'] as const)(
  'a deleted account leaves no trace of who it was, and its comments as %s',
  async (comments) => {
    const { server, ada, other, key, mine } = await openWithAda();
    const { database } = server.app;
    expect(await tracesOf(database, ada.person.email)).toEqual(
      expect.arrayContaining(['people', 'verifications', 'invitations', 'rate_limits', 'accounts']),
    );
    const before = await database.currentChange();
    const answer = await remove(server, ada, { handle: `@${HANDLE.toUpperCase()}`, comments });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/goodbye']);
    expect(answer.headers.getSetCookie().join()).toMatch(/__Host-session=; .*signed-in=; /);
    expect(await (await server.get('/goodbye')).text()).toContain('signed out');
    expect((await server.send('GET', '/settings', { as: ada })).status).toBe(303);
    expect(await database.currentChange()).toBeGreaterThan(before);

    expect(await tracesOf(database, ada.person.email)).toEqual([]);
    expect(await tracesOf(database, ada.person.name)).toEqual([]);
    // Whoever mentioned them wrote the handle; the audit log keeps the number.
    expect(await tracesOf(database, HANDLE)).toEqual(['comments']);
    expect(await tracesOf(database, ada.person.id)).toEqual(['audit_log']);
    expect(await tracesOf(database, 'SECRET')).toEqual([]);
    expect(await tracesOf(database, 'For my friend')).toEqual([]);
    expect(await tracesOf(database, 'Why I submit it')).toEqual([]);

    const read = database.read;
    const paper = await read
      .selectFrom('papers')
      .select(['votes', 'comments'])
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    expect(paper).toEqual({ votes: 1, comments: comments === 'anonymous' ? 2 : 1 });
    const left = await read
      .selectFrom('comments')
      .select(['author_id', 'raw', 'state'])
      .where('id', '=', mine.id)
      .executeTakeFirstOrThrow();
    expect(left).toEqual(
      comments === 'anonymous'
        ? { author_id: null, raw: TEXT, state: 'visible' }
        : { author_id: null, raw: '', state: 'deleted' },
    );
    const entries = await read
      .selectFrom('day_entries')
      .select(['person_id', 'submitter', 'details'])
      .execute();
    expect(entries).toEqual([{ person_id: null, submitter: null, details: '{"mediaUrls":["x"]}' }]);
    const reports = await read.selectFrom('reports').select(['reported_by', 'note']).execute();
    expect(reports).toEqual([{ reported_by: null, note: 'My note on it' }]);
    const log = await read
      .selectFrom('audit_log')
      .select(['actor_id', 'details'])
      .where('action', '=', 'account deleted')
      .execute();
    expect(log).toEqual([
      { actor_id: null, details: JSON.stringify({ role: 'moderator', comments }) },
    ]);
    expect((await server.send('GET', '/settings', { as: other })).status).toBe(200);
  },
);

test('an account is deleted only with its handle and a choice, and nothing happens before', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const { handle } = ada.person;
  const page = await server.send('GET', '/settings/delete', { as: ada });
  expect(await page.text()).toContain('This cannot be undone');
  for (const [form, message] of [
    [{ handle, comments: '' }, 'Choose what becomes of your comments'],
    [{ handle, comments: 'all' }, 'Choose what becomes of your comments'],
    [{ handle: 'grace', comments: 'anonymous' }, 'That is not your handle'],
    [{ comments: 'tombstones' }, 'That is not your handle'],
  ] as [Record<string, string>, string][]) {
    const answer = await remove(server, ada, form);
    expect([answer.status, (await answer.text()).includes(message)]).toEqual([400, true]);
  }
  expect((await server.send('GET', '/settings', { as: ada })).status).toBe(200);
});

test('the last administrator is told to appoint another first', async () => {
  const server = await openTestServer();
  const ada = await join(server, { role: 'administrator' });
  const form = { handle: ada.person.handle, comments: 'tombstones' };
  const answer = await remove(server, ada, form);
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringContaining('make someone else administrator first'),
  ]);
  await createPerson(server.app.database, { role: 'administrator' });
  expect((await remove(server, ada, form)).status).toBe(303);
});

test('of two administrators who leave at once, one stays', async () => {
  const server = await openTestServer();
  const both = [
    await join(server, { role: 'administrator' }),
    await join(server, { role: 'administrator' }),
  ];
  const answers = await Promise.all(
    both.map((as) => remove(server, as, { handle: as.person.handle, comments: 'tombstones' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
});

test('whoever is banned may take their data and go, and stays banned', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ barred_until: '9999-12-31T00:00:00.000Z', barred_by: 'ban' })
      .execute(),
  );
  expect((await server.send('GET', '/settings/data.json', { as: ada })).status).toBe(200);
  const form = { handle: ada.person.handle, comments: 'tombstones' };
  expect((await remove(server, ada, form)).status).toBe(303);
  const folder = path.join(server.app.config.dataDir, 'outbox');
  await server.send('POST', '/sign-in', { form: { email: 'newcomer@example.org' } });
  await expect.poll(() => fs.existsSync(folder) && fs.readdirSync(folder).length).toBe(1);
  await server.send('POST', '/sign-in', { form: { email: ada.person.email.toUpperCase() } });
  await server.send('POST', '/sign-in', { form: { email: 'second@example.org' } });
  await expect
    .poll(() => fs.readdirSync(folder).filter((name) => name.endsWith('.eml')).length)
    .toBe(2);
  const mails = fs
    .readdirSync(folder)
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  expect(mails.join()).not.toContain(ada.person.email);
});
