import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { list, record, save } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';

const DAY = '2025-10-29';

/** A paper on a list with a comment by a member. */
async function openWorld(settings: Record<string, string> = {}) {
  const server = await openTestServer(settings, DAY);
  const [saved] = await list(server.app.database, DAY, [
    { record: record('2510.00001'), votes: 3 },
  ]);
  const member = await join(server, { handle: 'ada' });
  const other = await join(server, { handle: 'bob' });
  const moderator = await join(server, { handle: 'mia', role: 'moderator' });
  const written = await server.send('POST', '/api/papers/2510.00001/comment', {
    as: member,
    json: { comment: 'Buy <b>now</b> at my shop' },
  });
  expect(written.status).toBe(201);
  const { newMessage } = (await written.json()) as { newMessage: { id: string } };
  return {
    server,
    member,
    other,
    moderator,
    commentId: newMessage.id,
    paperKey: saved?.key as number,
  };
}

const act = (server: TestServer, as: Someone, form: Record<string, string>) =>
  server.send('POST', '/moderation/act', { as, form });

async function paperPage(server: TestServer): Promise<string> {
  return (await server.get('/papers/2510.00001')).text();
}

test('a report reaches the queue with what it is about, and reporting twice is one report', async () => {
  const { server, other, moderator, commentId } = await openWorld();
  const form = await server.send('GET', `/report?comment=${commentId}`, { as: other });
  expect(await form.text()).toContain('Buy &lt;b&gt;now&lt;/b&gt; at my shop');
  for (const note of ['look', 'look again']) {
    const sent = await server.send('POST', '/report', {
      as: other,
      form: { kind: 'comment', id: commentId, reason: 'Spam', note },
    });
    expect(await sent.text()).toContain('Thank you');
  }
  const queue = await (await server.send('GET', '/moderation', { as: moderator })).text();
  expect(queue).toContain('Buy &lt;b&gt;now&lt;/b&gt;');
  expect(queue).toContain('look again');
  expect(queue).not.toContain(': look <');
  const reports = await server.app.database.read.selectFrom('reports').selectAll().execute();
  expect(reports).toHaveLength(1);
});

test('a report without a reason keeps what was typed', async () => {
  const { server, other, commentId } = await openWorld();
  const sent = await server.send('POST', '/report', {
    as: other,
    form: { kind: 'comment', id: commentId, reason: 'Boredom', note: 'my long explanation' },
  });
  expect(sent.status).toBe(400);
  expect(await sent.text()).toContain('my long explanation');
});

test('hiding a comment takes it off the page, is in the log with its reason, and can be taken back', async () => {
  const { server, other, moderator, commentId } = await openWorld();
  await server.send('POST', '/report', {
    as: other,
    form: { kind: 'comment', id: commentId, reason: 'Spam', note: '' },
  });
  expect(await paperPage(server)).toContain('at my shop');
  await server.send('POST', `/api/papers/2510.00001/comment/${commentId}/reply`, {
    as: other,
    json: { comment: 'Please do not' },
  });
  const form = {
    kind: 'comment',
    id: commentId,
    act: 'hide',
    as: 'Spam',
    reason: 'An advertisement',
  };
  expect((await act(server, moderator, form)).status).toBe(303);
  const hidden = await paperPage(server);
  expect(hidden).not.toContain('at my shop');
  expect(hidden).toContain('Spam');
  const log = await (await server.get('/moderation/log')).text();
  expect(log).toContain('An advertisement');
  expect(log).toContain(moderator.person.name);
  expect(log).not.toContain('at my shop');
  expect(log).not.toContain('Take it back');
  const own = await (await server.send('GET', '/moderation/log?mine', { as: moderator })).text();
  expect(own).toContain('Take it back');
  const reports = await server.app.database.read.selectFrom('reports').select('state').execute();
  expect(reports).toEqual([{ state: 'upheld' }]);

  const entry = /name="entry" value="(\d+)"/.exec(own)?.[1] as string;
  const undone = await server.send('POST', '/moderation/undo', {
    as: moderator,
    form: { entry, reason: 'It was about the paper' },
  });
  expect(undone.status).toBe(303);
  expect(await paperPage(server)).toContain('at my shop');
  const again = await server.send('POST', '/moderation/undo', {
    as: moderator,
    form: { entry, reason: 'twice' },
  });
  expect(again.status).toBe(409);
});

test('nothing is moderated without a reason, and what was typed stays', async () => {
  const { server, moderator, commentId } = await openWorld();
  const answer = await act(server, moderator, {
    kind: 'comment',
    id: commentId,
    act: 'hide',
    reason: '  ',
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('Give a reason');
  expect(await paperPage(server)).toContain('at my shop');
  const log = await server.app.database.read.selectFrom('moderation_log').selectAll().execute();
  expect(log).toEqual([]);
});

test('a locked paper takes no comments but moderators’, an unlisted one is on no list', async () => {
  const { server, other, moderator, paperKey } = await openWorld();
  const comment = (as: Someone) =>
    server.send('POST', '/api/papers/2510.00001/comment', {
      as,
      json: { comment: 'One more thing' },
    });
  await act(server, moderator, {
    kind: 'paper',
    id: String(paperKey),
    act: 'lock',
    reason: 'Too hot',
  });
  expect((await comment(other)).status).toBe(409);
  await act(server, moderator, {
    kind: 'paper',
    id: String(paperKey),
    act: 'unlock',
    reason: 'Cooled down',
  });
  expect((await comment(other)).status).toBe(201);

  const listed = async () =>
    ((await (await server.get(`/api/daily_papers?date=${DAY}`)).json()) as unknown[]).length;
  expect(await listed()).toBe(1);
  const entry = { kind: 'entry', id: `${DAY} ${paperKey}` };
  await act(server, moderator, { ...entry, act: 'unlist', reason: 'Not a paper' });
  expect(await listed()).toBe(0);
  await act(server, moderator, { ...entry, act: 'list', reason: 'It is one' });
  expect(await listed()).toBe(1);
});

test('whoever is suspended reads and keeps an account, is told by mail, and is free when it ends', async () => {
  const { server, member, moderator } = await openWorld();
  const comment = () =>
    server.send('POST', '/api/papers/2510.00001/comment', {
      as: member,
      json: { comment: `Something else ${Math.random()}` },
    });
  const person = { kind: 'person', id: member.person.id };
  const without = await act(server, moderator, {
    ...person,
    act: 'suspend',
    reason: 'Advertising',
  });
  expect(without.status).toBe(400);
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await act(server, moderator, { ...person, act: 'suspend', reason: 'Advertising', until });
  const refused = await comment();
  expect(refused.status).toBe(403);
  expect(((await refused.json()) as { error: string }).error).toContain(`suspended until ${until}`);
  expect((await server.send('GET', '/setup', { as: member })).status).toBe(200);
  const folder = path.join(server.app.config.dataDir, 'outbox');
  await expect.poll(() => fs.existsSync(folder) && fs.readdirSync(folder).length).toBe(1);
  const mail = fs.readFileSync(path.join(folder, fs.readdirSync(folder)[0] as string), 'utf8');
  expect(mail).toContain('Advertising');
  expect(mail).toContain(member.person.email);

  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ barred_until: '2026-01-01T00:00:00.000Z' })
      .where('id', '=', member.person.id)
      .execute(),
  );
  expect((await comment()).status).not.toBe(403);
});

test('a ban ends all sessions, and is lifted by taking it back', async () => {
  const { server, member, moderator } = await openWorld();
  const person = { kind: 'person', id: member.person.id };
  await act(server, moderator, { ...person, act: 'ban', reason: 'Again and again' });
  expect((await server.send('GET', '/setup', { as: member })).status).toBe(303);
  const own = await (await server.send('GET', '/moderation/log?mine', { as: moderator })).text();
  const entry = /name="entry" value="(\d+)"/.exec(own)?.[1] as string;
  await server.send('POST', '/moderation/undo', {
    as: moderator,
    form: { entry, reason: 'A mistake' },
  });
  const row = await server.app.database.read
    .selectFrom('people')
    .select('barred_until')
    .where('id', '=', member.person.id)
    .executeTakeFirst();
  expect(row).toEqual({ barred_until: null });
  const audit = await server.app.database.read.selectFrom('audit_log').select('action').execute();
  expect(audit.map(({ action }) => action)).toEqual(['barred', 'bar lifted']);
});

test('moderators sanction neither themselves nor each other nor administrators', async () => {
  const { server, moderator } = await openWorld();
  const second = await join(server, { role: 'moderator' });
  const administrator = await join(server, { role: 'administrator' });
  for (const [actor, subject] of [
    [moderator, moderator],
    [moderator, second],
    [moderator, administrator],
    [administrator, administrator],
  ] as const) {
    const form = { kind: 'person', id: subject.person.id, act: 'ban', reason: 'Because' };
    expect((await act(server, actor, form)).status).toBe(403);
  }
  const form = { kind: 'person', id: second.person.id, act: 'warn', reason: 'Be kinder' };
  expect((await act(server, administrator, form)).status).toBe(303);
});

test('what is gone or was never there is said so', async () => {
  const { server, moderator } = await openWorld();
  await save(server.app.database, record('2510.00002'));
  for (const target of [
    { kind: 'comment', id: '0123456789abcdef01234567' },
    { kind: 'person', id: 'nobody' },
    { kind: 'entry', id: '2025-10-29 999' },
    { kind: 'paper', id: 'x' },
  ]) {
    const answer = await act(server, moderator, { ...target, act: 'hide', reason: 'Because' });
    expect([400, 404]).toContain(answer.status);
  }
  const nonsense = await act(server, moderator, {
    kind: 'planet',
    id: '1',
    act: 'hide',
    reason: 'x',
  });
  expect(nonsense.status).toBe(400);
});

test('what is hidden is not quoted to whoever reports it', async () => {
  const { server, member, other, moderator, commentId } = await openWorld();
  const form = {
    kind: 'comment',
    id: commentId,
    act: 'hide',
    as: 'Spam',
    reason: 'An advertisement',
  };
  await act(server, moderator, form);
  const page = await server.send('GET', `/report?comment=${commentId}`, { as: other });
  expect(page.status).toBe(404);
  expect(await page.text()).not.toContain('at my shop');
  const sent = await server.send('POST', '/report', {
    as: other,
    form: { kind: 'comment', id: commentId, reason: 'Spam', note: '' },
  });
  expect(await sent.text()).not.toContain('at my shop');
  expect((await server.send('GET', '/moderation/log?mine', { as: member })).status).toBe(200);
});
