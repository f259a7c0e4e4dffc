import { expect, test } from 'vitest';
import { channelOf, postsOf, settingsFor } from '../../tests/channels.ts';
import { type ChatServer, openChatServer } from '../../tests/chat-server.ts';
import { list, record } from '../../tests/fixtures.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { listChannels } from '../channels/channel-store.ts';
import { deliverPosts } from '../channels/deliver-posts.ts';
import { planPosts } from '../channels/plan-posts.ts';

const OWN = '/settings/channels';
const ADMIN = '/admin/channels';

async function open() {
  const chat = await openChatServer();
  const server = await openTestServer(settingsFor(chat), '2025-10-30');
  await list(server.app.database, '2025-10-29', [
    { record: record('2510.00001', { title: 'A paper to post' }), votes: 9 },
  ]);
  const ada = await join(server, { handle: 'ada' });
  return { chat, server, ada, ...walker(server, ada) };
}

function walker(server: TestServer, as: Someone) {
  return {
    get: async (path: string) => (await server.send('GET', path, { as })).text(),
    post: (path: string, form: Record<string, string> = {}) =>
      server.send('POST', path, { as, form }),
  };
}

const form = (chat: ChatServer, changes: Record<string, string> = {}) => ({
  name: 'Reading group',
  url: `${chat.url}/slack/SECRET-wxyz`,
  trigger: 'day',
  papers: '5',
  votes: '50',
  hour: '7',
  timeZone: 'Europe/Berlin',
  categories: 'cs.LG',
  authors: 'Ada Lovelace\nAlan Turing',
  searches: 'layer normalization',
  matchedBy: 'words',
  ...changes,
});

async function onlyOne({ app }: TestServer, owner: string | undefined) {
  const [channel] = await listChannels(app.database.read, owner);
  return { channel: channel as NonNullable<typeof channel>, path: `${OWN}/${channel?.id}` };
}

test('a member makes a channel, tries it, changes it, pauses it and deletes it', async () => {
  const { chat, server, ada, get, post } = await open();
  const made = await post(`${OWN}/new?kind=slack`, form(chat));
  const { channel, path } = await onlyOne(server, ada.person.id);
  expect([made.status, made.headers.get('location')]).toEqual([303, `${path}?done=made`]);
  expect(channel).toMatchObject({
    hour: 7,
    timeZone: 'Europe/Berlin',
    trigger: 'day',
    state: 'active',
  });
  expect(channel.topics).toEqual([
    { kind: 'category', category: 'cs.LG' },
    { kind: 'author', author: 'ada-lovelace' },
    { kind: 'author', author: 'alan-turing' },
    { kind: 'search', by: 'words', query: 'layer normalization' },
  ]);

  const page = await get(`${path}?done=made`);
  expect(page).toContain('The channel was made.');
  expect(page).toContain('…wxyz');
  // It filters by a search, and this instance has no index yet.
  expect(page).toContain('The search index is being made');
  const edit = await get(`${path}/edit`);
  expect(edit).toContain('value="Reading group"');
  for (const html of [page, edit, await get(OWN)]) expect(html).not.toContain('SECRET');

  const tested = await post(`${path}/test`);
  expect(tested.headers.get('location')).toBe(`${path}?done=tested`);
  expect(chat.requests[0]?.json).toMatchObject({
    text: 'A test from Broadsheet: this channel works.',
  });

  await post(`${path}/edit`, form(chat, { url: '', name: 'Renamed', categories: '' }));
  const { channel: renamed } = await onlyOne(server, ada.person.id);
  expect(renamed).toMatchObject({ name: 'Renamed', target: channel.target });
  await post(`${path}/edit`, form(chat, { url: '', searches: '' }));
  expect(await get(path)).toContain('A paper to post');

  await post(`${path}/pause`);
  expect(await get(path)).toContain('paused');
  await post(`${path}/resume`);
  expect(await channelOf(server.app, channel.id)).toMatchObject({ state: 'active' });
  expect(await get(`${path}/delete`)).toContain('cannot be undone');
  expect((await post(`${path}/delete`)).headers.get('location')).toBe(`${OWN}?done=deleted`);
  expect(await listChannels(server.app.database.read, ada.person.id)).toEqual([]);
});

test('what cannot be taken is shown again as it was typed, with the reason beside the field', async () => {
  const { chat, server, ada, post } = await open();
  const wrong = {
    name: ' ',
    url: 'http://10.0.0.1/hook',
    papers: '26',
    timeZone: 'Mars/Olympus',
    categories: 'cs.LG 7up',
    searches: 'x'.repeat(301),
  };
  const answer = await post(`${OWN}/new?kind=slack`, form(chat, wrong));
  const html = await answer.text();
  expect(answer.status).toBe(400);
  for (const field of ['name', 'url', 'papers', 'timeZone', 'categories', 'searches']) {
    expect(html).toContain(`id="${field}-problem"`);
    expect(html).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
  }
  expect(html).toContain('not at a public address');
  for (const typed of ['Mars/Olympus', 'cs.LG 7up', 'x'.repeat(301), 'Alan Turing']) {
    expect(html).toContain(typed);
  }
  for (const [kind, changes, field] of [
    ['slack', { url: 'http://hooks.slack.com/services/T/B/X' }, 'url'],
    ['slack', { url: 'https://hooks.slack.com:8443/services/T/B/X' }, 'url'],
    ['slack', { url: '' }, 'url'],
    ['discord', { url: 'https://example.org/api/webhooks/1/x' }, 'url'],
    ['telegram', { token: 'nonsense', chatId: '-100' }, 'token'],
    ['telegram', { token: `123456:${'x'.repeat(35)}`, chatId: 'my chat' }, 'chatId'],
    ['slack', { trigger: 'often' }, 'trigger'],
    ['slack', { trigger: 'votes', votes: '0' }, 'votes'],
  ] as const) {
    const { status, text } = await post(`${OWN}/new?kind=${kind}`, form(chat, changes)).then(
      async (one) => ({ status: one.status, text: await one.text() }),
    );
    expect([status, text.includes(`id="${field}-problem"`)]).toEqual([400, true]);
  }
  expect(await listChannels(server.app.database.read, ada.person.id)).toEqual([]);
  expect((await post(`${OWN}/new?kind=fax`, form(chat))).status).toBe(404);
});

test('the secret of a webhook is shown once, and a new one replaces it', async () => {
  const { chat, server, ada, get, post } = await open();
  const made = await (
    await post(`${OWN}/new?kind=webhook`, form(chat, { url: `${chat.url}/hook` }))
  ).text();
  const { channel, path } = await onlyOne(server, ada.person.id);
  const secretOf = (html: string) => /bsk_[\w-]+/.exec(html)?.[0] ?? '';
  const first = secretOf(made);
  expect(channel.target).toMatchObject({ secret: first });
  for (const page of [path, `${path}/edit`, OWN]) expect(await get(page)).not.toContain('bsk_');
  const second = secretOf(await (await post(`${path}/secret`)).text());
  expect(second).not.toBe(first);
  expect((await channelOf(server.app, channel.id)).target).toMatchObject({ secret: second });
});

test('the log shows what was sent and what came back, and sends it again', async () => {
  const { chat, server, ada, get, post } = await open();
  const hook = {
    url: `${chat.url}/hook`,
    trigger: 'votes',
    votes: '5',
    categories: '',
    authors: '',
    searches: '',
  };
  await post(`${OWN}/new?kind=webhook`, form(chat, hook));
  const { channel, path } = await onlyOne(server, ada.person.id);
  const { database } = server.app;
  const { key } = await database.read.selectFrom('papers').select('key').executeTakeFirstOrThrow();
  await database.transact((tx) =>
    tx
      .insertInto('vote_peaks')
      .values({ paper_key: key, votes: 5, reached_at: new Date(Date.now() + 1).toISOString() })
      .execute(),
  );
  chat.answers.push({ status: 422, body: 'no thanks' });
  await planPosts(server.app);
  await deliverPosts(server.app, new AbortController().signal);
  const [sent] = await postsOf(server.app, channel.id);
  const log = await get(path);
  expect(log).toContain('answered 422');
  expect(log).toContain('said “no thanks”');
  const detail = await get(`${path}/posts/${sent?.id}`);
  expect(detail).toContain('A paper to post');
  expect(detail).toContain(sent?.id);
  const again = await post(`${path}/replay`, { post: sent?.id ?? '' });
  expect(again.headers.get('location')).toBe(`${path}?done=replayed`);
  const twice = await post(`${path}/replay`, { post: sent?.id ?? '' });
  expect([twice.status, (await twice.text()).includes('waits to be sent')]).toEqual([409, true]);
  await deliverPosts(server.app, new AbortController().signal);
  expect(chat.requests[1]?.headers).toMatchObject({
    'broadsheet-event': sent?.id,
    'broadsheet-replay': 'true',
  });
  expect(await get(path)).toContain('sent again once');
  expect((await post(`${path}/replay`, { post: 'nothing' })).status).toBe(404);
});

test('a test post that fails says why, and the next page still does', async () => {
  const { chat, server, ada, get, post } = await open();
  await post(`${OWN}/new?kind=slack`, form(chat));
  const { path } = await onlyOne(server, ada.person.id);
  chat.answers.push({ status: 404, body: 'no_service' });
  const failed = await post(`${path}/test`);
  const html = await failed.text();
  expect(failed.status).toBe(409);
  expect(html).toContain('The test post did not arrive. The webhook is gone');
  expect(await get(path)).toContain('The webhook is gone');
  const again = await post(`${path}/test`);
  expect(again.headers.get('location')).toBe(`${path}?done=tested`);
});

test('nobody sees or touches the channel of another, and only administrators those of the instance', async () => {
  const { chat, server, ada, post } = await open();
  await post(`${OWN}/new?kind=slack`, form(chat));
  const { channel } = await onlyOne(server, ada.person.id);
  const root = await join(server, { role: 'administrator' });
  const admin = walker(server, root);
  expect(
    (await admin.post(`${ADMIN}/new?kind=slack`, form(chat, { name: 'For all' }))).status,
  ).toBe(303);
  const [shared] = await listChannels(server.app.database.read, undefined);
  const other = await join(server);
  const visits: [Someone, string, number][] = [
    [other, `${OWN}/${channel.id}`, 404],
    [root, `${OWN}/${channel.id}`, 404],
    [root, `${ADMIN}/${channel.id}`, 404],
    [ada, `${OWN}/${shared?.id}`, 404],
    [ada, `${ADMIN}/${shared?.id}`, 403],
    [root, `${ADMIN}/${shared?.id}`, 200],
  ];
  for (const [as, path, status] of visits) {
    expect((await server.send('GET', path, { as })).status).toBe(status);
    if (status === 200) continue;
    for (const act of ['edit', 'test', 'pause', 'resume', 'secret', 'replay', 'delete']) {
      const answer = await server.send('POST', `${path}/${act}`, { as, form: form(chat) });
      expect(answer.status).toBe(status);
    }
    expect((await server.send('GET', `${path}/posts/x`, { as })).status).toBe(status);
  }
  expect(await channelOf(server.app, channel.id)).toEqual(channel);
  expect(chat.requests).toEqual([]);
});

test('a member has ten channels at most, and those of the instance are in the audit log', async () => {
  const { chat, server, ada, post } = await open();
  for (let n = 1; n <= 10; n++) {
    expect((await post(`${OWN}/new?kind=slack`, form(chat))).status).toBe(303);
  }
  const refused = await post(`${OWN}/new?kind=slack`, form(chat, { name: 'The eleventh' }));
  const html = await refused.text();
  expect([refused.status, html.includes('The eleventh')]).toEqual([409, true]);
  expect(html).toContain('There are 10 channels already');
  expect(await listChannels(server.app.database.read, ada.person.id)).toHaveLength(10);

  const root = await join(server, { role: 'administrator' });
  const admin = walker(server, root);
  await admin.post(`${ADMIN}/new?kind=slack`, form(chat));
  const [shared] = await listChannels(server.app.database.read, undefined);
  await admin.post(`${ADMIN}/${shared?.id}/pause`);
  await admin.post(`${ADMIN}/${shared?.id}/delete`);
  const entries = await server.app.database.read
    .selectFrom('audit_log')
    .selectAll()
    .orderBy('id')
    .execute();
  expect(entries.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ['channel made', root.person.id],
    ['channel changed', root.person.id],
    ['channel removed', root.person.id],
  ]);
  expect(entries[0]?.details).not.toContain('SECRET');
});

test('an account takes its channels along: into its download, and when it goes', async () => {
  const { chat, server, ada, post } = await open();
  await post(`${OWN}/new?kind=slack`, form(chat));
  const { path } = await onlyOne(server, ada.person.id);
  await post(`${path}/test`);
  const data = await (await server.send('GET', '/settings/data.json', { as: ada })).text();
  expect(JSON.parse(data)).toMatchObject({
    channels: [{ name: 'Reading group', kind: 'slack' }],
    channelPosts: [{ channel: 'Reading group', state: 'posted' }],
  });
  expect(data).not.toContain('SECRET');
  await post('/settings/delete', { handle: 'ada', comments: 'tombstones' });
  const { database } = server.app;
  for (const table of ['channels', 'channel_posts'] as const) {
    expect(await database.read.selectFrom(table).select('id').execute()).toEqual([]);
  }
});
