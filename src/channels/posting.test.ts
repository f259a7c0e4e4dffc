import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import {
  channelOf,
  comeTime,
  makeChannel,
  postsOf,
  settingsFor,
  TEST_SECRET,
  targetAt,
} from '../../tests/channels.ts';
import { discordProblems, slackProblems, telegramProblems } from '../../tests/chat-rules.ts';
import { type ChatRequest, type ChatServer, openChatServer } from '../../tests/chat-server.ts';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { createPerson, suspend } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import type { App } from '../app.ts';
import type { Day } from '../base/calendar.ts';
import { parseTopic } from '../feed/topic.ts';
import { CHANNEL_KINDS } from './channel.ts';
import { changeChannel, setPaused } from './channel-store.ts';
import { type Delivering, deliverPosts } from './deliver-posts.ts';
import { enqueuePost, KEPT_POSTS } from './enqueue-post.ts';
import { planPosts } from './plan-posts.ts';
import { replayPost } from './post-log.ts';

const DAY = '2025-10-29';
const HOSTILE = `<!channel> @everyone <b>&amp; ${'x'.repeat(5_000)}`;

/** An instance on the day after one with five listed papers, and a chat server that it may reach. */
async function open(): Promise<{ app: App; chat: ChatServer }> {
  const chat = await openChatServer();
  const { app } = await openTestServer(settingsFor(chat), '2025-10-30');
  await list(app.database, DAY, [
    { record: record('2510.00001', { title: 'Layer normalization' }), votes: 50 },
    { record: record('2510.00002', { title: HOSTILE, abstract: HOSTILE }), votes: 40 },
    {
      record: record('2510.00003', { categories: ['cs.CL'], primaryCategory: 'cs.CL' }),
      votes: 30,
    },
    { record: record('2510.00004', { authors: authors('Emmy Noether') }), votes: 20 },
    { record: record('2510.00005'), votes: 10 },
  ]);
  return { app, chat };
}

const running = new AbortController().signal;
async function run(app: App, changes: Partial<Delivering> = {}): Promise<void> {
  await planPosts(app);
  await deliverPosts({ ...app, ...changes }, running);
}

/** What a plain webhook was told of, request by request. */
const idsIn = (requests: ChatRequest[]) =>
  requests.map(({ json }) => (json.papers as { id: string }[]).map(({ id }) => id));

let reached = 0;
async function cross(app: App, id: string, votes: number): Promise<void> {
  const { key } = await app.database.read
    .selectFrom('papers')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  // Never two at one moment.
  const reached_at = new Date(Date.now() + ++reached).toISOString();
  await app.database.transact((tx) =>
    tx.insertInto('vote_peaks').values({ paper_key: key, votes, reached_at }).execute(),
  );
}

test('the top of a closed day is posted once to each service, in the shape that it takes', async () => {
  const { app, chat } = await open();
  const ids = await Promise.all(
    CHANNEL_KINDS.map((kind) => makeChannel(app, targetAt(chat, kind))),
  );
  await run(app);
  expect(chat.requests).toEqual([]);
  await comeTime(app);
  await run(app);
  await comeTime(app);
  await run(app);
  expect(chat.requests).toHaveLength(4);
  const sent = (path: string) => chat.requests.find((one) => one.path.startsWith(path));
  expect(slackProblems(sent('/slack')?.json ?? {})).toEqual([]);
  expect(sent('/discord')?.path).toBe('/discord?wait=true');
  expect(discordProblems(sent('/discord')?.json ?? {})).toEqual([]);
  expect(sent('/bot123456789:')?.path).toMatch(/\/sendMessage$/);
  expect(telegramProblems(sent('/bot')?.json ?? {})).toEqual([]);
  expect(idsIn([sent('/hook') as ChatRequest])).toEqual([
    ['2510.00001', '2510.00002', '2510.00003'],
  ]);
  expect(sent('/hook')?.json).toMatchObject({ heading: 'Daily papers of 29 October 2025' });
  for (const id of ids) {
    const posts = await postsOf(app, id);
    expect(posts).toMatchObject([{ occasion: `day ${DAY}`, state: 'posted', attempts: 1 }]);
    expect(posts[0]?.sent).not.toContain(TEST_SECRET);
  }
});

test('a day without papers is noted and posted nowhere', async () => {
  const chat = await openChatServer();
  const { app } = await openTestServer(settingsFor(chat), '2025-10-30');
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  await run(app);
  expect(chat.requests).toEqual([]);
  expect(await postsOf(app, id)).toMatchObject([{ occasion: `day ${DAY}`, state: 'empty' }]);
});

test('a day that was missed is made up for, a longer gap is not', async () => {
  const { app, chat } = await open();
  await makeChannel(app, targetAt(chat, 'webhook'));
  const goOn = async (today: string) => {
    await comeTime(app);
    await planPosts({ ...app, today: () => today as Day });
    await deliverPosts(app, running);
    return chat.requests.splice(0).map(({ json }) => json.occasion);
  };
  for (const day of ['2025-10-27', '2025-10-28', '2025-10-30', '2025-11-05', '2025-11-06']) {
    const id = `2511.${day.slice(5).replace('-', '')}0`;
    await list(app.database, day, [{ record: record(id, { title: `Of ${day}` }), votes: 1 }]);
  }
  expect(await goOn('2025-10-28')).toEqual(['day 2025-10-27']);
  expect(await goOn('2025-10-30')).toEqual(['day 2025-10-28', 'day 2025-10-29']);
  expect(await goOn('2025-10-30')).toEqual([]);
  expect(await goOn('2025-11-07')).toEqual(['day 2025-11-06']);
});

test('filters let through what belongs to any of them, in the order of the list', async () => {
  const { app, chat } = await open();
  const topics = ['search:words:Layer normalization', 'author:Emmy Noether', 'category:cs.CL'].map(
    parseTopic,
  );
  const first = await app.database.read
    .selectFrom('papers')
    .select('key')
    .where('id', '=', '2510.00001')
    .executeTakeFirstOrThrow();
  const match = vi.fn(async (_: string, { among }: { among: number[] }) =>
    among.filter((key) => key === first.key),
  );
  Object.assign(app.search, { match });
  await makeChannel(app, targetAt(chat, 'webhook'), { topics });
  await comeTime(app);
  await run(app);
  expect(match.mock.calls[0]?.[0]).toBe('Layer normalization');
  expect(idsIn(chat.requests)).toEqual([['2510.00001', '2510.00003', '2510.00004']]);
});

test('a paper that crosses a number of votes is posted once, and not what crossed before', async () => {
  const { app, chat } = await open();
  await cross(app, '2510.00005', 99);
  await sleep(5);
  const id = await makeChannel(app, targetAt(chat, 'webhook'), { trigger: 'votes', votes: 40 });
  await run(app);
  await cross(app, '2510.00001', 41);
  await cross(app, '2510.00003', 39);
  await run(app);
  await cross(app, '2510.00001', 60);
  await cross(app, '2510.00002', 45);
  await run(app);
  await run(app);
  expect(idsIn(chat.requests)).toEqual([['2510.00001'], ['2510.00002']]);
  const channel = await channelOf(app, id);
  await app.database.transact((tx) =>
    changeChannel(tx, channel, { ...channel, trigger: 'day' }, { by: undefined }),
  );
  await comeTime(app);
  await run(app);
  expect(idsIn(chat.requests)[2]).toEqual(['2510.00003', '2510.00004', '2510.00005']);
});

test('of what crosses, filters let through what belongs to them', async () => {
  const { app, chat } = await open();
  const topics = [parseTopic('category:cs.CL'), parseTopic('author:emmy-noether')];
  await makeChannel(app, targetAt(chat, 'webhook'), { trigger: 'votes', votes: 5, topics });
  for (const n of [1, 3, 4, 5]) await cross(app, `2510.0000${n}`, 9);
  await run(app);
  expect(idsIn(chat.requests)).toEqual([['2510.00003', '2510.00004']]);
});

test('a paused channel is told nothing, nor later what happened meanwhile', async () => {
  const { app, chat } = await open();
  const id = await makeChannel(app, targetAt(chat, 'webhook'), { trigger: 'votes', votes: 5 });
  const channel = await channelOf(app, id);
  const by = { by: undefined };
  await app.database.transact((tx) => setPaused(tx, channel, true, by));
  await cross(app, '2510.00001', 9);
  await run(app);
  await sleep(10);
  await app.database.transact(async (tx) => setPaused(tx, await channelOf(app, id), false, by));
  await cross(app, '2510.00002', 9);
  await run(app);
  expect(idsIn(chat.requests)).toEqual([['2510.00002']]);
});

test('channels of somebody suspended are told nothing, and go on when it is over', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const owner = await createPerson(database);
  const ofVotes = { owner: owner.id, trigger: 'votes', votes: 5 } as const;
  await makeChannel(app, targetAt(chat, 'webhook', '/day'), { owner: owner.id });
  await makeChannel(app, targetAt(chat, 'webhook', '/votes'), ofVotes);
  await makeChannel(app, targetAt(chat, 'webhook', '/house'), { papers: 1 });
  const waiting = await makeChannel(app, targetAt(chat, 'webhook', '/alert'), { owner: owner.id });
  const found = { channelId: waiting, occasion: 'alert a b', papers: ['2510.00005'] };
  await database.transact((tx) => enqueuePost(tx, database.engine, found));
  await comeTime(app);
  await suspend(database, owner);
  await cross(app, '2510.00001', 9);
  await sleep(50);
  await run(app);
  const told = () => chat.requests.map(({ path }) => path.slice('/hook/'.length)).sort();
  expect(told()).toEqual(['house']);
  await suspend(database, owner, '2025-01-01T00:00:00.000Z');
  await run(app);
  expect(told()).toEqual(['alert', 'alert', 'day', 'house']);
  await cross(app, '2510.00002', 9);
  await run(app);
  expect(idsIn(chat.requests.filter(({ path }) => path.endsWith('/votes')))).toEqual([
    ['2510.00002'],
  ]);
});

test('others may tell a channel of papers, each occasion and each paper once', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const channelId = await makeChannel(app, targetAt(chat, 'webhook'));
  const tell = (occasion: string, papers: string[]) =>
    database.transact((tx) => enqueuePost(tx, database.engine, { channelId, occasion, papers }));
  expect(await tell('alert a 1', ['2510.00004', '2510.99999', '2510.00004'])).toBeDefined();
  expect(await tell('alert a 1', ['2510.00005'])).toBeUndefined();
  expect(await tell('alert a 2', ['2510.00004'])).toBeUndefined();
  expect(await tell('alert a 3', ['2510.00005', '2510.00004'])).toBeDefined();
  await run(app);
  expect(idsIn(chat.requests)).toEqual([['2510.00004'], ['2510.00005']]);
  const many = Array.from({ length: 60 }, (_, n) => `2511.${10_000 + n}`);
  await save(database, ...many.map((id) => record(id, { title: `Of many, ${id}` })));
  await tell('alert a 4', many);
  await run(app);
  expect(idsIn(chat.requests).slice(2)).toEqual([
    many.slice(0, 25),
    many.slice(25, 50),
    many.slice(50),
  ]);
});

test('a webhook is signed over its time and body, and replayed under its id with a mark', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  await run(app);
  const [post] = await postsOf(app, id);
  await database.transact(async (tx) =>
    replayPost(tx, database.engine, await channelOf(app, id), post?.id ?? ''),
  );
  await run(app);
  const [first, again] = chat.requests as [ChatRequest, ChatRequest];
  for (const { headers, body } of [first, again]) {
    const [, t, v1] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['broadsheet-signature'])) ?? [];
    expect(createHmac('sha256', TEST_SECRET).update(`${t}.${body}`).digest('hex')).toBe(v1);
    expect(Math.abs(Date.now() / 1_000 - Number(t))).toBeLessThan(300);
    expect(headers['broadsheet-event']).toBe(post?.id);
  }
  expect(first.json).toMatchObject({ id: post?.id, isReplay: false });
  expect(first.headers['broadsheet-replay']).toBeUndefined();
  expect(again.json).toMatchObject({ ...first.json, isReplay: true });
  expect(again.headers['broadsheet-replay']).toBe('true');
  expect(await postsOf(app, id)).toMatchObject([{ state: 'posted', replays: 1 }]);
});

test('a service is left alone for as long as it asks', async () => {
  const { app, chat } = await open();
  const inTelegram = '{"ok":false,"error_code":429,"parameters":{"retry_after":120}}';
  const answers = [
    ['slack', { status: 429, headers: { 'retry-after': '120' } }],
    ['discord', { status: 429, body: '{"message":"slow down","retry_after":120.5}' }],
    ['telegram', { status: 429, body: inTelegram }],
  ] as const;
  for (const [index, [kind, answer]] of answers.entries()) {
    chat.answers.push(answer);
    const id = await makeChannel(app, targetAt(chat, kind));
    await comeTime(app);
    await run(app);
    const [post] = await postsOf(app, id);
    expect(post).toMatchObject({ state: 'waiting', status: 429 });
    expect(Date.parse(post?.runAt ?? '') - Date.now()).toBeGreaterThan(100_000);
    const { busy_until } = await app.database.read
      .selectFrom('channels')
      .select('busy_until')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Date.parse(busy_until ?? '') - Date.now()).toBeGreaterThan(100_000);
    await run(app);
    expect(chat.requests).toHaveLength(2 * index + 1);
    await comeTime(app);
    await run(app);
    expect(await postsOf(app, id)).toMatchObject([{ state: 'posted', attempts: 2 }]);
  }
});

test('what breaks for a while is tried again later under the same id, and in the end given up', async () => {
  const { app, chat } = await open();
  chat.answers.push({ status: 500 }, 'nothing', { status: 503, body: '<html>' });
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  const problems: (string | undefined)[] = [];
  for (let n = 0; n < 3; n++) {
    await run(app, { timeoutMs: 100 });
    const [post] = await postsOf(app, id);
    expect(post?.state).toBe('waiting');
    expect(Date.parse(post?.runAt ?? '')).toBeGreaterThan(Date.now());
    problems.push(post?.problem);
    await comeTime(app);
  }
  expect(problems).toEqual([
    'The service answered with status 500.',
    'There was no answer within 0.1 seconds.',
    'The service answered with status 503.',
  ]);
  expect((await channelOf(app, id)).problem).toBeUndefined();
  chat.answers.push(...Array.from({ length: 20 }, () => ({ status: 502 })));
  for (let n = 0; n < 10; n++) {
    await run(app);
    await comeTime(app);
  }
  expect(await postsOf(app, id)).toMatchObject([{ state: 'failed', attempts: 10, status: 502 }]);
  expect(new Set(chat.requests.map(({ headers }) => headers['broadsheet-event'])).size).toBe(1);
  expect(await channelOf(app, id)).toMatchObject({
    state: 'active',
    problem: 'The service answered with status 502.',
  });
});

const GONE = [
  ['slack', { status: 404, body: 'no_service' }, /^The webhook is gone.*no_service/],
  ['slack', { status: 410, body: 'channel_is_archived' }, /^The webhook is gone/],
  ['slack', { status: 403, body: 'invalid_token' }, /nobody post by this address/],
  [
    'discord',
    { status: 404, body: '{"message":"Unknown Webhook","code":10015}' },
    /Unknown Webhook/,
  ],
  ['discord', { status: 401, body: '{"message":"Invalid Webhook Token"}' }, /nobody post by this/],
  [
    'telegram',
    { status: 401, body: '{"ok":false,"description":"Unauthorized"}' },
    /does not know the bot/,
  ],
  [
    'telegram',
    { status: 403, body: '{"ok":false,"description":"Forbidden: bot was kicked"}' },
    /may not write/,
  ],
  [
    'telegram',
    { status: 400, body: '{"ok":false,"description":"Bad Request: chat not found"}' },
    /the chat/,
  ],
  [
    'telegram',
    { status: 400, body: '{"ok":false,"parameters":{"migrate_to_chat_id":-100987}}' },
    /-100987/,
  ],
  ['webhook', { status: 410 }, /^The webhook is gone/],
  ['webhook', { status: 302, headers: { location: '/elsewhere' } }, /leads on to another/],
] as const;

test('a channel whose service lets it post no more is paused, and says what to do', async () => {
  const { app, chat } = await open();
  for (const [index, [kind, answer, why]] of GONE.entries()) {
    chat.answers.push(answer);
    const id = await makeChannel(app, targetAt(chat, kind));
    await comeTime(app);
    await run(app);
    expect(await channelOf(app, id)).toMatchObject({
      state: 'paused',
      problem: expect.stringMatching(why),
    });
    expect(await postsOf(app, id)).toMatchObject([{ state: 'failed', status: answer.status }]);
    await comeTime(app);
    await run(app);
    expect(chat.requests).toHaveLength(index + 1);
  }
});

test('a post that is not taken is given up, and the next one is sent', async () => {
  const { app, chat } = await open();
  chat.answers.push({ status: 400, body: 'invalid_blocks' });
  const id = await makeChannel(app, targetAt(chat, 'slack'), { trigger: 'votes', votes: 5 });
  await cross(app, '2510.00001', 9);
  await run(app);
  const problem = 'The post was refused with status 400, and said “invalid_blocks”.';
  expect(await channelOf(app, id)).toMatchObject({ state: 'active', problem });
  await cross(app, '2510.00002', 9);
  await run(app);
  expect(await postsOf(app, id)).toMatchObject([{ state: 'failed', problem }, { state: 'posted' }]);
  expect((await channelOf(app, id)).problem).toBeUndefined();
});

test('an address within the house is not asked', async () => {
  const chat = await openChatServer();
  const { app } = await openTestServer({}, '2025-10-30');
  await list(app.database, DAY, [{ record: record('2510.00001'), votes: 5 }]);
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  await run(app);
  expect(chat.requests).toEqual([]);
  const { state, problem } = await channelOf(app, id);
  expect(state).toBe('paused');
  expect(problem).toContain('BROADSHEET_PRIVATE_HOSTS');
  expect(problem).not.toContain('/hook');
});

test('a post whose sender is killed goes out by another, once its time is over', async () => {
  const { app, chat } = await open();
  chat.answers.push('nothing');
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  await planPosts(app);
  const kill = new AbortController();
  const killed = deliverPosts({ ...app, leaseMs: 300, timeoutMs: 60_000 }, kill.signal);
  await vi.waitFor(() => expect(chat.requests).toHaveLength(1));
  await deliverPosts(app, running);
  expect(chat.requests).toHaveLength(1);
  await vi.waitFor(
    async () => {
      await deliverPosts(app, running);
      expect(chat.requests).toHaveLength(2);
    },
    { timeout: 5_000, interval: 50 },
  );
  kill.abort();
  await killed;
  const [first, second] = chat.requests;
  expect(second?.headers['broadsheet-event']).toBe(first?.headers['broadsheet-event']);
  expect(await postsOf(app, id)).toMatchObject([{ state: 'posted', attempts: 2 }]);
});

test('several workers send each post once, and one at a time to a channel', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const paths = ['/a', '/b', '/c', '/d', '/e'];
  for (const path of paths) {
    const channelId = await makeChannel(app, targetAt(chat, 'webhook', path));
    for (const n of [1, 2, 3, 4]) {
      const post = { channelId, occasion: `alert x ${n}`, papers: [`2510.0000${n}`] };
      await database.transact((tx) => enqueuePost(tx, database.engine, post));
    }
  }
  await Promise.all([1, 2, 3].map(() => deliverPosts(app, running)));
  // A lane that found its channel taken has ended; the next look takes what is left.
  await deliverPosts(app, running);
  expect(chat.requests).toHaveLength(20);
  for (const path of paths) {
    const own = chat.requests.filter((request) => request.path.endsWith(path));
    expect(idsIn(own)).toEqual([['2510.00001'], ['2510.00002'], ['2510.00003'], ['2510.00004']]);
  }
  expect(chat.mostAtOnce(/^\/hook\/a/)).toBe(1);
});

test('two planners at once tell a channel of a day once', async () => {
  const { app, chat } = await open();
  await makeChannel(app, targetAt(chat, 'webhook'));
  await makeChannel(app, targetAt(chat, 'slack'), { trigger: 'votes', votes: 5 });
  await cross(app, '2510.00001', 9);
  await comeTime(app);
  await Promise.all([planPosts(app), planPosts(app), planPosts(app)]);
  await deliverPosts(app, running);
  expect(chat.requests).toHaveLength(2);
});

test('papers that turn out to be one are told once, under the identity that stays', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const title = 'A work that is known by two names';
  const doi = { source: 'publisher', doi: '10.1/x', title } as const;
  await save(
    database,
    record('doi:10.1/x', { ...doi, title: 'Its other name' }),
    record('2510.00009', { title }),
  );
  const channelId = await makeChannel(app, targetAt(chat, 'webhook'));
  const tell = (occasion: string, papers: string[]) =>
    database.transact((tx) => enqueuePost(tx, database.engine, { channelId, occasion, papers }));
  await tell('alert x 1', ['doi:10.1/x']);
  await save(database, record('doi:10.1/x', doi));
  const left = database.read.selectFrom('papers').select('id').where('title', '=', title);
  expect(await left.execute()).toEqual([{ id: '2510.00009' }]);
  expect(await tell('alert x 2', ['2510.00009'])).toBeUndefined();
  await run(app);
  expect(idsIn(chat.requests)).toEqual([['2510.00009']]);
});

test('the log keeps the newest posts and all that wait', async () => {
  const { app, chat } = await open();
  const { database } = app;
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  const rows = Array.from({ length: KEPT_POSTS + 20 }, (_, n) => ({
    id: `post-${n}`,
    channel_id: id,
    occasion: `day ${n}`,
    papers: '[]',
    state: n === 0 ? ('waiting' as const) : ('posted' as const),
    attempts: 1,
    replays: 0,
    run_at: '2999-01-01T00:00:00.000Z',
    lease_until: null,
    sent: null,
    status: 200,
    problem: null,
    created_at: new Date(Date.UTC(2025, 0, 1) + n * 1_000).toISOString(),
    posted_at: null,
  }));
  await database.transact((tx) => tx.insertInto('channel_posts').values(rows).execute());
  const post = { channelId: id, occasion: 'alert x 1', papers: ['2510.00001'] };
  await database.transact((tx) => enqueuePost(tx, database.engine, post));
  const posts = await postsOf(app, id);
  expect(posts).toHaveLength(KEPT_POSTS + 1);
  expect(posts[0]?.id).toBe('post-0');
  expect(posts.at(-1)?.occasion).toBe('alert x 1');
});
