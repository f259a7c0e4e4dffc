import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';

const DAY = '2025-10-29';
const IDS = ['2510.20001', '2510.20002', '2510.20003'];

async function openDay() {
  const server = await openTestServer({}, '2025-10-31');
  const papers = IDS.map((id, n) => ({ record: record(id), votes: 30 - n }));
  await list(server.app.database, DAY, papers);
  return server;
}

async function shown(server: TestServer): Promise<string[]> {
  const items = (await (await server.get(`/api/daily_papers?date=${DAY}`)).json()) as {
    paper: { id: string };
  }[];
  return items.map(({ paper }) => paper.id);
}

function act(
  server: TestServer,
  as: Someone | undefined,
  id: string,
  form: Record<string, string>,
) {
  return server.send('POST', `/papers/${id}/entry/${DAY}`, { as, form });
}

const pageOf = async (server: TestServer, as?: Someone) =>
  (await server.send('GET', `/papers/date/${DAY}${as ? '?mine' : ''}`, { as })).text();

test('an editor pins, unpins and introduces, and every reader sees it at once', async () => {
  const server = await openDay();
  const editor = await join(server, { role: 'editor' });
  const [first, second, third] = IDS as [string, string, string];
  expect(await shown(server)).toEqual(IDS);
  const pinned = await act(server, editor, third, { act: 'pin', introduction: 'Read <b>it</b>.' });
  expect([pinned.status, pinned.headers.get('location')]).toEqual([
    303,
    `/papers/date/${DAY}?mine#paper-${third}`,
  ]);
  await act(server, editor, second, { act: 'pin' });
  await act(server, editor, third, { act: 'pin' });
  expect(await shown(server)).toEqual([third, second, first]);
  const page = await pageOf(server);
  expect(page).toContain('<b>Why read this:</b> Read &lt;b&gt;it&lt;/b&gt;.');
  expect(page).not.toContain('edit-entry');
  await act(server, editor, third, { act: 'unpin' });
  expect(await shown(server)).toEqual([second, first, third]);
  await act(server, editor, third, { act: 'introduce', introduction: ' ' });
  expect(await pageOf(server)).not.toContain('Why read this');
});

test('what an editor takes off the list is seen by editors only, who can put it back', async () => {
  const server = await openDay();
  const editor = await join(server, { role: 'editor' });
  const id = IDS[1] as string;
  expect((await act(server, editor, id, { act: 'unlist' })).status).toBe(303);
  expect(await shown(server)).toEqual([IDS[0], IDS[2]]);
  for (const as of [undefined, await join(server), await join(server, { role: 'moderator' })]) {
    expect(await pageOf(server, as)).not.toContain(`The title of ${id}`);
  }
  const own = await pageOf(server, editor);
  expect(own).toContain('Taken off the list');
  expect(own).toContain('Put back on the list');
  // No import puts it back.
  await list(server.app.database, DAY, [{ record: record(id), votes: 99 }]);
  expect(await shown(server)).not.toContain(id);
  expect((await act(server, editor, id, { act: 'list' })).status).toBe(303);
  expect(await shown(server)).toContain(id);
});

test('a day whose papers were all taken off is still there for editors', async () => {
  const server = await openDay();
  const editor = await join(server, { role: 'administrator' });
  for (const id of IDS) await act(server, editor, id, { act: 'unlist' });
  expect((await server.get(`/papers/date/${DAY}`)).status).toBe(302);
  expect(await pageOf(server, editor)).toContain('Taken off the list');
});

test('what is wrong is said, and what was typed stays', async () => {
  const server = await openDay();
  const editor = await join(server, { role: 'editor' });
  const id = IDS[0] as string;
  const long = 'word '.repeat(110);
  const answer = await act(server, editor, id, { act: 'pin', introduction: long });
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(html).toMatch(/may have 500 characters: leave out 49/);
  expect(html).toContain(long.trim());
  expect(await shown(server)).toEqual(IDS);
  expect((await act(server, editor, id, { act: 'explode' })).status).toBe(400);
  expect((await act(server, editor, '2510.29999', { act: 'pin' })).status).toBe(404);
  const elsewhere = await server.send('GET', `/papers/${id}/entry/2025-10-30`, { as: editor });
  expect(elsewhere.status).toBe(404);
});

test('members, moderators and visitors edit nothing', async () => {
  const server = await openDay();
  for (const role of ['reader', 'member', 'moderator'] as const) {
    const someone = await join(server, { role });
    const answer = await act(server, someone, IDS[0] as string, { act: 'unlist' });
    expect([role, answer.status]).toEqual([role, 403]);
  }
  expect((await act(server, undefined, IDS[0] as string, { act: 'unlist' })).status).toBe(401);
  expect(await shown(server)).toEqual(IDS);
});

test('the byline names the editors, else the administrators, and the community', async () => {
  const server = await openDay();
  const byline = async () =>
    /<p class="byline day-byline">(.*?) ·/s.exec(await pageOf(server))?.[1];
  expect(await byline()).toBe('by the research community');
  const change = () =>
    // Joining shows nothing to readers by itself; here the next change does.
    act(server, admin, IDS[0] as string, { act: 'introduce', introduction: String(Math.random()) });
  const admin = await join(server, { role: 'administrator', handle: 'root' });
  await change();
  expect(await byline()).toBe('by The person root and the research community');
  for (const n of [1, 2, 3, 4]) {
    const joinedAt = `2024-01-0${n}T00:00:00.000Z`;
    await join(server, { role: 'editor', handle: `ed-${n}`, joinedAt });
  }
  await change();
  expect(await byline()).toBe(
    'by The person ed-1, The person ed-2, The person ed-3 and the research community',
  );
});

test('editors set links on a page, and others are told that they may not', async () => {
  const server = await openDay();
  const editor = await join(server, { role: 'editor' });
  const path = `/papers/${IDS[0]}/links`;
  const form = { projectPage: 'https://example.org/p', githubRepo: '' };
  expect((await server.send('POST', path, { as: editor, form })).status).toBe(303);
  expect(await (await server.get(`/papers/${IDS[0]}`)).text()).toContain('https://example.org/p');
  const wrong = await server.send('POST', path, {
    as: editor,
    form: { ...form, githubRepo: 'github.com/a' },
  });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('value="github.com/a"');
  const member = await join(server);
  expect((await server.send('POST', path, { as: member, form })).status).toBe(403);
  expect((await server.send('GET', path, { as: member })).status).toBe(403);
});
