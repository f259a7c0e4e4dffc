import { afterEach, expect, test, vi } from 'vitest';
import { comment, PAPER, paperToDiscuss, shownCount } from '../../tests/comments.ts';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson, join, type Someone, signIn } from '../../tests/people.ts';
import { testDatabaseUrl } from '../../tests/test-database.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { hideComment, lockComments } from '../comments/moderate-comments.ts';
import { EARLY_SCRIPT } from '../web/early-script.ts';

const PATH = `/papers/${PAPER}`;

afterEach(() => void vi.useRealTimers());

async function open(settings: Record<string, string> = {}) {
  const server = await openTestServer(settings);
  const paperKey = await paperToDiscuss(server.app.database);
  const ada = await join(server, { handle: 'ada', role: 'editor' });
  const alan = await join(server, { handle: 'alan', role: 'editor' });
  return { ...server, paperKey, ada, alan };
}

const text = async (response: Response | Promise<Response>) => (await response).text();

/** What the API answers, as far as these tests look at it. */
type Shown = {
  id: string;
  author?: { name: string };
  data: Record<string, unknown>;
};
type Answer = Shown & {
  newMessage: Shown;
  comments: Shown[];
  error: string;
  html: string;
};
const jsonOf = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as Answer;
const pageOf = (server: TestServer) => text(server.get(PATH));
const ownPageOf = (server: TestServer, { cookie }: Someone) =>
  text(server.get(`${PATH}?mine`, { cookie }));

/** Sends the form below the paper and gives the comment's id. */
async function say(server: TestServer, as: Someone, words: string): Promise<string> {
  const response = await server.send('POST', `${PATH}/comments`, { as, form: { text: words } });
  expect(response.status).toBe(303);
  return /#([0-9a-f]{24})$/.exec(response.headers.get('location') ?? '')?.[1] as string;
}

async function answer(server: TestServer, as: Someone, id: string, words: string) {
  const response = await server.send('POST', `/comments/${id}/reply`, {
    as,
    form: { text: words },
  });
  expect(response.status).toBe(303);
  return /#([0-9a-f]{24})$/.exec(response.headers.get('location') ?? '')?.[1] as string;
}

test('a comment is on the page of the paper at once, for everyone', async () => {
  const server = await open();
  const before = await pageOf(server);
  expect(before).toContain('Sign in to comment');
  const first = await say(server, server.ada, 'So $x^2$ **it is**.');
  const second = await answer(server, server.alan, first, 'Is it, @ada? See 2510.00002.');
  const page = await pageOf(server);
  expect(page).toContain('<strong>it is</strong>');
  expect(page).toContain('<math');
  expect(page).toContain(`id="${first}"`);
  expect(page).toMatch(new RegExp(`id="${second}" class="comment depth-1"`));
  expect(page).toContain('href="/people/ada"');
  expect(page).not.toContain('<textarea');
  expect(page).toMatch(/Comments\s*<small>2<\/small>/);
  expect(await text(server.get(`${PATH}.md`))).toContain('> So $x^2$ **it is**.');
});

test('a kept page moves with comments, edits, reactions and deletions, and only then', async () => {
  const server = await open();
  const etag = async () => (await server.get(PATH)).headers.get('etag');
  let last = await etag();
  const expectMoved = async () => {
    const next = await etag();
    expect(next).not.toBe(last);
    last = next;
    expect(await etag()).toBe(last);
  };
  const id = await say(server, server.ada, 'One.');
  await expectMoved();
  const as = server.ada;
  await server.send('POST', `/comments/${id}/edit`, { as, form: { text: 'Two.' } });
  await expectMoved();
  await server.send('POST', `/comments/${id}/react`, { as, form: { reaction: '🔥' } });
  await expectMoved();
  await server.send('POST', `/comments/${id}/delete`, { as });
  await expectMoved();
});

test('a paper that comes later is a link in comments that named it', async () => {
  const server = await open();
  await say(server, server.ada, 'As in 2510.00002.');
  expect(await pageOf(server)).toContain('As in 2510.00002.');
  await save(server.app.database, record('2510.00002', { title: 'The Other Work' }));
  expect(await pageOf(server)).toContain('href="/papers/2510.00002">The Other Work</a>');
});

test('what one may do stands on one’s own page only', async () => {
  const server = await open();
  const id = await say(server, server.ada, 'One.');
  const own = await ownPageOf(server, server.ada);
  const other = await ownPageOf(server, server.alan);
  const shared = await pageOf(server);
  expect(own).toContain(`/comments/${id}/edit`);
  expect(own).not.toContain(`/report?comment=${id}`);
  expect(other).not.toContain(`/comments/${id}/edit`);
  expect(other).toContain(`/report?comment=${id}`);
  for (const part of ['/edit', '/delete', '/react', '/reply', '/report?comment', '<textarea']) {
    expect(shared).not.toContain(part);
  }
  const section = await server.get(`${PATH}/comments?part&mine`, { cookie: server.ada.cookie });
  expect(section.headers.get('cache-control')).toBe('private, no-store');
  const html = await section.text();
  expect(html).toMatch(/^<section class="comments"/);
  expect(html).toContain(`/comments/${id}/edit`);
});

test('nothing typed is lost when a comment is not taken', async () => {
  const server = await open();
  const as = server.ada;
  const long = `${'x'.repeat(65_536)}</textarea><script>`;
  const response = await server.send('POST', `${PATH}/comments`, { as, form: { text: long } });
  expect(response.status).toBe(400);
  const page = await response.text();
  expect(page).toContain('leave out 19');
  expect(page).toContain(`${'x'.repeat(65_536)}&lt;/textarea&gt;&lt;script&gt;`);
  const id = await say(server, as, 'One.');
  await server.send('POST', `/comments/${id}/delete`, { as });
  const late = await server.send('POST', `/comments/${id}/reply`, {
    as: server.alan,
    form: { text: 'My words.' },
  });
  expect(late.status).toBe(409);
  expect(await late.text()).toMatch(/was deleted[\s\S]*My words\./);
});

test('what was typed is given back when the session has ended meanwhile', async () => {
  const server = await open();
  const form = { text: 'My words & <b>yours</b>.' };
  const response = await server.send('POST', `${PATH}/comments`, { form });
  expect(response.status).toBe(401);
  expect(await response.text()).toContain('My words &amp; &lt;b&gt;yours&lt;/b&gt;.</textarea>');
  const forged = await server.send('POST', `${PATH}/comments`, {
    form,
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://attacker.example' },
  });
  expect([forged.status, await forged.text()]).toEqual([
    403,
    expect.not.stringContaining('My words'),
  ]);
});

test('a preview shows the comment and keeps what was typed, with and without script', async () => {
  const server = await open();
  const as = server.ada;
  const form = { text: '\n\nSo $x^2$ **it is**.', preview: '1' };
  const page = await text(server.send('POST', `${PATH}/comments`, { as, form }));
  expect(page).toContain('<strong>it is</strong>');
  expect(page).toMatch(/<textarea[^>]*>\n\n\nSo \$x\^2\$ \*\*it is\*\*\.<\/textarea>/);
  const answered = await server.send('POST', '/comments/preview', { as, form });
  expect((await jsonOf(answered)).html).toContain('<strong>it is</strong>');
  const empty = await server.send('POST', '/comments/preview', { as, form: { text: ' ' } });
  expect([empty.status, (await jsonOf(empty)).error]).toEqual([
    400,
    expect.stringContaining('empty'),
  ]);
  expect(await shownCount(server.app.database, server.paperKey)).toBe(0);
});

test('former texts of a comment are there for all, with who and when, until it is hidden or deleted', async () => {
  const server = await open();
  const as = server.ada;
  const id = await say(server, as, 'At first <b>so</b>.');
  const edited = await server.send('POST', `/comments/${id}/edit`, {
    as,
    form: { text: 'Then so.' },
  });
  expect([edited.status, edited.headers.get('location')]).toEqual([303, `${PATH}?mine&done#${id}`]);
  expect(await pageOf(server)).toContain(`href="/comments/${id}/history"`);
  const history = await text(server.get(`/comments/${id}/history`));
  expect(history).toContain('At first &lt;b&gt;so&lt;/b&gt;.');
  expect(history).toContain('Then so.');
  expect(history).toContain(server.ada.person.name);
  await server.app.database.transact((tx) =>
    hideComment(tx, { id, by: server.alan.person.id, reason: 'Spam' }),
  );
  expect((await server.get(`/comments/${id}/history`)).status).toBe(404);
  const own = await server.get(`/comments/${id}/history?mine`, { cookie: as.cookie });
  expect(own.status).toBe(200);
  await server.send('POST', `/comments/${id}/delete`, { as });
  expect((await server.get(`/comments/${id}/history?mine`, { cookie: as.cookie })).status).toBe(
    404,
  );
});

test('tombstones stand while they have replies', async () => {
  const server = await open();
  const { ada, alan } = server;
  const one = await say(server, ada, 'First words.');
  const two = await answer(server, alan, one, 'A reply.');
  await server.send('POST', `/comments/${one}/delete`, { as: ada });
  let page = await pageOf(server);
  expect(page).toContain('Deleted by its author');
  expect(page).not.toContain('First words.');
  expect(page).toContain('A reply.');
  await server.app.database.transact((tx) =>
    hideComment(tx, { id: two, by: ada.person.id, reason: 'Off-Topic' }),
  );
  page = await pageOf(server);
  expect(page).not.toContain(`id="${one}"`);
  expect(page).not.toContain('A reply.');
  const three = await say(server, ada, 'Second words.');
  await answer(server, alan, three, 'Another reply.');
  await server.app.database.transact((tx) =>
    hideComment(tx, { id: three, by: ada.person.id, reason: 'Off-Topic' }),
  );
  expect(await pageOf(server)).toContain('Hidden by a moderator: Off-Topic');
});

test('a thread of depth 200 is shown whole, indented to a sensible depth', async () => {
  const server = await open();
  let parentId: string | undefined;
  for (let depth = 0; depth < 200; depth++) {
    const written = { paperKey: server.paperKey, parentId, raw: `At depth ${depth}.` };
    parentId = (await comment(server.app.database, server.ada.person, written)).id;
  }
  const page = await pageOf(server);
  expect(page.match(/class="comment depth-/g)).toHaveLength(200);
  expect(page.match(/class="comment depth-6"/g)).toHaveLength(194);
  expect(page.match(/class="answers"/g)).toHaveLength(193);
  const alone = await text(server.get(`${PATH}/comments/${parentId}`));
  expect(alone).toContain('At depth 198.');
  expect(alone).toContain('At depth 199.');
  expect(alone).not.toContain('At depth 197.');
});

test('six hundred comments stand on two pages, and each is found from its own address', async () => {
  const server = await open();
  const ids: string[] = [];
  for (let n = 0; n < 600; n++) {
    const written = { paperKey: server.paperKey, raw: `Number ${n}.` };
    ids.push((await comment(server.app.database, server.ada.person, written)).id);
  }
  const page = await pageOf(server);
  expect(page.match(/class="comment depth-0"/g)).toHaveLength(500);
  expect(page).toContain(`href="${PATH}?p=1#comments"`);
  const second = await text(server.get(`${PATH}?p=1`));
  expect(second.match(/class="comment depth-0"/g)).toHaveLength(100);
  expect((await server.get(`${PATH}?p=2`)).status).toBe(404);
  const last = await server.get(`/comments/${ids[599]}`);
  expect(last.headers.get('location')).toBe(`${PATH}?p=1#${ids[599]}`);
  const first = await server.get(`/comments/${ids[0]}`);
  expect(first.headers.get('location')).toBe(`${PATH}#${ids[0]}`);
  const all = await jsonOf(server.get(`/api/papers/${PAPER}?field=comments`));
  expect(all.comments).toHaveLength(600);
});

test('one reads the oldest or the most liked first', async () => {
  const server = await open();
  const one = await say(server, server.ada, 'One.');
  const two = await say(server, server.ada, 'Two.');
  await server.send('POST', `/comments/${two}/react`, { as: server.alan, form: { reaction: '❤️' } });
  const order = async (query: string) =>
    [...(await text(server.get(`${PATH}${query}`))).matchAll(/<li id="(\w{24})"/g)].map(
      ([, id]) => id,
    );
  expect(await order('')).toEqual([one, two]);
  expect(await order('?sort=votes')).toEqual([two, one]);
});

test('reactions are counted for all and named, and one’s own is pressed on one’s own page', async () => {
  const server = await open();
  const id = await say(server, server.ada, 'One.');
  const form = { reaction: '🤯' };
  const sent = await server.send('POST', `/comments/${id}/react`, { as: server.alan, form });
  expect(sent.headers.get('location')).toBe(`${PATH}?mine&done#${id}`);
  expect(await pageOf(server)).toContain(`mind blown: ${server.alan.person.name}`);
  expect(await ownPageOf(server, server.alan)).toMatch(/value="🤯"[^>]*aria-pressed="true"/);
  expect(await ownPageOf(server, server.ada)).toMatch(/value="🤯"[^>]*aria-pressed="false"/);
  const bad = await server.send('POST', `/comments/${id}/react`, {
    as: server.ada,
    form: { reaction: '🍕' },
  });
  expect(bad.status).toBe(400);
});

test('a locked discussion says so and offers no form', async () => {
  const server = await open();
  await say(server, server.ada, 'One.');
  await server.app.database.transact((tx) => lockComments(tx, server.paperKey));
  expect(await pageOf(server)).toContain('locked this discussion');
  const own = await ownPageOf(server, server.ada);
  expect(own).not.toContain('<textarea');
  const form = { text: 'My words.' };
  const late = await server.send('POST', `${PATH}/comments`, { as: server.ada, form });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('My words.');
  const moderator = await join(server, { role: 'moderator' });
  expect(await ownPageOf(server, moderator)).toContain('<textarea');
});

test('where first comments wait, only their author and moderators see one', async () => {
  const server = await open({ BROADSHEET_APPROVAL: 'first' });
  const newcomer = await join(server);
  const moderator = await join(server, { role: 'moderator' });
  const id = await say(server, newcomer, 'Hello all.');
  for (const page of [await pageOf(server), await ownPageOf(server, server.alan)]) {
    expect(page).not.toContain('Hello all.');
  }
  for (const someone of [newcomer, moderator]) {
    expect(await ownPageOf(server, someone)).toMatch(/Waits for a moderator[\s\S]*Hello all\./);
  }
  const address = `/comments/${id}`;
  expect((await server.get(address)).headers.get('location')).toBe(`${address}?mine`);
  expect((await server.get(`${address}?mine`)).headers.get('location')).toMatch(/^\/sign-in/);
  const other = await server.get(`${address}?mine`, { cookie: server.alan.cookie });
  expect(other.status).toBe(404);
  const { cookie } = moderator;
  const found = await server.get(`${address}?mine`, { cookie });
  expect(found.headers.get('location')).toBe(`${PATH}?mine#${id}`);
  expect((await server.get(`${PATH}/comments/${id}`)).status).toBe(404);
  const api = async (headers = {}) =>
    (await jsonOf(server.get(`/api/papers/${PAPER}?field=comments`, headers))).comments;
  expect(await api()).toEqual([]);
  expect(await api({ cookie: newcomer.cookie })).toHaveLength(1);
});

test('whoever comments too often is told when to come back, and keeps the text', async () => {
  const server = await open();
  for (let n = 0; n < 30; n++) await say(server, server.ada, `Number ${n}.`);
  const form = { text: 'One too many.' };
  const response = await server.send('POST', `${PATH}/comments`, { as: server.ada, form });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.text()).toContain('One too many.');
  const quick = await join(server);
  await say(server, quick, 'First.');
  const json = { comment: 'Second.' };
  const api = await server.send('POST', `/api/papers/${PAPER}/comment`, { as: quick, json });
  expect([api.status, api.headers.get('retry-after')]).toEqual([429, '5']);
});

test('a new account comments less often', async () => {
  const server = await open();
  const newcomer = await join(server, { joinedAt: new Date().toISOString() });
  vi.useFakeTimers({ toFake: ['Date'] });
  for (let n = 0; n < 5; n++) {
    vi.setSystemTime(Date.now() + 6_000);
    await say(server, newcomer, `Number ${n}.`);
  }
  vi.setSystemTime(Date.now() + 6_000);
  const form = { text: 'Number 6.' };
  const response = await server.send('POST', `${PATH}/comments`, { as: newcomer, form });
  expect(response.status).toBe(429);
});

test('forms of other sites change nothing', async () => {
  const server = await open();
  const id = await say(server, server.ada, 'One.');
  for (const path of [`${PATH}/comments`, `/comments/${id}/edit`, `/comments/${id}/delete`]) {
    const response = await server.send('POST', path, {
      as: server.ada,
      form: { text: 'Forged.' },
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://attacker.example' },
    });
    expect([path, response.status]).toEqual([path, 403]);
  }
  expect(await pageOf(server)).toContain('One.');
});

test('comments of other people can be neither edited nor deleted, with any role', async () => {
  const server = await open();
  const id = await say(server, server.ada, 'One.');
  for (const role of ['member', 'editor', 'moderator', 'administrator'] as const) {
    const as = await join(server, { role });
    const cases = [
      ['GET', `/comments/${id}/edit`],
      ['POST', `/comments/${id}/edit`],
      ['POST', `/comments/${id}/delete`],
      ['PATCH', `/api/comments/${id}`],
      ['DELETE', `/api/comments/${id}`],
    ] as const;
    for (const [method, path] of cases) {
      const json = path.startsWith('/api') && method === 'PATCH' ? { comment: 'x' } : undefined;
      const form = method === 'POST' ? { text: 'x' } : undefined;
      const response = await server.send(method, path, {
        as,
        ...(json && { json }),
        ...(form && { form }),
      });
      expect([role, method, path, response.status]).toEqual([role, method, path, 403]);
    }
  }
  expect(await pageOf(server)).toContain('One.');
  expect((await server.get(`/comments/${'0'.repeat(24)}`)).status).toBe(404);
  expect((await server.get('/comments/nonsense')).status).toBe(404);
});

test('fields that nobody asked for change nothing', async () => {
  const server = await open();
  const as = await join(server);
  const extra = {
    author_id: server.alan.person.id,
    id: '0'.repeat(24),
    state: 'hidden',
    liked: 99,
    html: '<script>alert(1)</script>',
    createdAt: '2001-01-01T00:00:00.000Z',
  };
  const json = { comment: 'Mine.', ...extra };
  const sent = await server.send('POST', `/api/papers/${PAPER}/comment`, { as, json });
  expect(sent.status).toBe(201);
  const { newMessage } = await jsonOf(sent);
  expect(newMessage.author?.name).toBe(as.person.handle);
  expect(newMessage.data).toMatchObject({ state: 'visible', hidden: false });
  const edited = await server.send('PATCH', `/api/comments/${newMessage.id}`, {
    as,
    json: { ...json, comment: 'Still mine.' },
  });
  expect(edited.status).toBe(200);
  const row = await server.app.database.read
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', newMessage.id)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ author_id: as.person.id, state: 'visible', liked: 0, edits: 1 });
  expect(row.html).not.toContain('script');
});

test('nothing that a comment or a name holds becomes a tag of the page', async () => {
  const server = await open();
  const hostile = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script>';
  await server.app.database.transact((tx) =>
    tx
      .updateTable('people')
      .set({ name: '"><script>alert(2)</script>' })
      .where('id', '=', server.ada.person.id)
      .execute(),
  );
  const id = await say(server, server.ada, hostile);
  await answer(server, server.alan, id, `@ada ${hostile}`);
  await server.send('POST', `/comments/${id}/edit`, {
    as: server.ada,
    form: { text: `${hostile} 2` },
  });
  await server.send('POST', `/comments/${id}/react`, { as: server.ada, form: { reaction: '🔥' } });
  const pages = [
    await pageOf(server),
    await ownPageOf(server, server.ada),
    await text(server.get(`${PATH}/comments/${id}`)),
    await text(server.get(`/comments/${id}/history`)),
    await text(server.get(`/comments/${id}/edit`, { cookie: server.ada.cookie })),
    await text(
      server.send('POST', `${PATH}/comments`, {
        as: server.alan,
        form: { text: hostile, preview: '1' },
      }),
    ),
  ];
  for (const page of pages) {
    expect(page).toContain('alert(1)');
    const foreign = page.replace(`<script>${EARLY_SCRIPT}</script>`, '');
    const scripts = foreign.match(/<script[^>]*>/gi) ?? [];
    for (const script of scripts) {
      expect(script).toMatch(/^<script type="(?:module" src="\/assets\/|application\/ld\+json">$)/);
    }
    expect(scripts.filter((script) => script.includes('ld+json')).length).toBeLessThan(2);
    expect(page).not.toMatch(/<img/i);
    expect(page).not.toMatch(/href="javascript/i);
  }
});

test('the API writes, answers, changes, reacts and deletes', async () => {
  const server = await open();
  const { ada: as } = server;
  const post = (path: string, words: string) =>
    server.send('POST', `/api/papers/${PAPER}/comment${path}`, { as, json: { comment: words } });
  const first = await post('', 'One.');
  expect(first.status).toBe(201);
  const { newMessage } = await jsonOf(first);
  expect(newMessage).toMatchObject({
    type: 'comment',
    author: { name: 'ada', user: 'ada', fullname: as.person.name, type: 'user' },
    data: {
      edited: false,
      hidden: false,
      numEdits: 0,
      editors: ['ada'],
      latest: { raw: 'One.', html: '<p>One.</p>\n' },
      reactions: [],
    },
  });
  const second = await jsonOf(post(`/${newMessage.id}/reply`, 'Two.'));
  expect(second.newMessage.data.parentCommentId).toBe(newMessage.id);
  const address = `/api/comments/${newMessage.id}`;
  for (let n = 0; n < 2; n++) {
    const put = await server.send('PUT', `${address}/reactions/${encodeURIComponent('🔥')}`, {
      as,
    });
    expect(put.status).toBe(204);
  }
  const edited = await server.send('PATCH', address, { as, json: { comment: 'Uno.' } });
  expect((await jsonOf(edited)).data).toMatchObject({
    numEdits: 1,
    reactions: [{ reaction: '🔥', users: ['ada'], count: 1 }],
  });
  const off = await server.send('DELETE', `${address}/reactions/🔥`, { as });
  expect(off.status).toBe(204);
  expect((await server.send('DELETE', address, { as })).status).toBe(204);
  const detail = await jsonOf(server.get(`/api/papers/${PAPER}?field=comments`));
  expect(detail.comments).toHaveLength(2);
  expect(detail.comments[0]).toMatchObject({
    id: newMessage.id,
    data: { hidden: true, state: 'deleted', latest: { raw: '', html: '' } },
  });
  expect(detail.comments[0]?.author).toBeUndefined();
  expect((await jsonOf(server.get(`/api/papers/${PAPER}`))).comments).toBeUndefined();
  const bad = await server.send('POST', `/api/papers/${PAPER}/comment`, { as, json: {} });
  expect([bad.status, (await jsonOf(bad)).error]).toEqual([
    400,
    expect.stringContaining('comment'),
  ]);
  const nowhere = await server.send('POST', '/api/papers/2510.09999/comment', {
    as,
    json: { comment: 'x' },
  });
  expect(nowhere.status).toBe(404);
});

test('papers whose identity holds a slash have comments too', async () => {
  const server = await open();
  await save(server.app.database, record('hep-th/9901001'));
  const as = server.ada;
  const form = { text: 'One.' };
  const sent = await server.send('POST', '/papers/hep-th/9901001/comments', { as, form });
  const id = /^\/papers\/hep-th\/9901001\?mine&done#(\w+)$/.exec(
    sent.headers.get('location') ?? '',
  )?.[1];
  expect((await server.get(`/papers/hep-th/9901001/comments/${id}`)).status).toBe(200);
  const json = { comment: 'Two.' };
  const path = `/api/papers/hep-th/9901001/comment/${id}/reply`;
  expect((await server.send('POST', path, { as, json })).status).toBe(201);
  expect(await text(server.get('/papers/hep-th/9901001'))).toContain('Two.');
});

test('badges say who brought the paper, who wrote it, and who has an office', async () => {
  const server = await open();
  const author = { name: 'Ada Lovelace', elsewhere: { orcid: '0000-0002-1825-0097' } };
  await save(server.app.database, record(PAPER, { authors: [author], version: 2 }));
  await server.app.database.transact(async (tx) => {
    await tx
      .updateTable('people')
      .set({ orcid: '0000-0002-1825-0097' })
      .where('id', '=', server.ada.person.id)
      .execute();
    await tx
      .insertInto('day_entries')
      .values({
        day: '2025-10-29',
        paper_key: server.paperKey,
        origin: 'here',
        published_at: '2025-10-29T00:00:00.000Z',
        details: '{}',
        changed_at: '2025-10-29T00:00:00.000Z',
        listed_at: null,
        submitter: null,
        person_id: server.alan.person.id,
      })
      .execute();
  });
  const one = await say(server, server.ada, 'One.');
  await say(server, server.alan, 'Two.');
  const page = await pageOf(server);
  const [, first = '', second = ''] = page.split('<li id="');
  expect(first).toContain(one);
  expect(first).toContain('Paper author');
  expect(first).not.toContain('Submitter');
  expect(second).toContain('Submitter');
  expect(second).toContain('Editor');
});

test('a hundred people comment at once on three servers, and the count is exact', {
  timeout: 120_000,
}, async () => {
  const url = await testDatabaseUrl();
  const settings = { BROADSHEET_DATABASE_URL: url, BROADSHEET_SECRET: 'x'.repeat(40) };
  const first = await openTestServer(settings);
  const servers = [first, await openTestServer(settings), await openTestServer(settings)];
  const paperKey = await paperToDiscuss(first.app.database);
  const people = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const person = await createPerson(first.app.database, { handle: `person-${n}` });
      return { person, cookie: await signIn(first.app, person, first.url) };
    }),
  );
  const answers = await Promise.all(
    people.map((as, n) =>
      (servers[n % 3] as TestServer).send('POST', `${PATH}/comments`, {
        as,
        form: { text: `From ${as.person.handle}.` },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(people.map(() => 303));
  expect(await shownCount(first.app.database, paperKey)).toBe(100);
  const own = servers[1] as TestServer;
  expect((await pageOf(own)).match(/class="comment depth-0"/g)).toHaveLength(100);
  // The same people delete half of them again.
  await Promise.all(
    people.slice(0, 50).map((as, n) => {
      const id = /#(\w+)$/.exec(answers[n]?.headers.get('location') ?? '')?.[1];
      return (servers[(n + 1) % 3] as TestServer).send('POST', `/comments/${id}/delete`, { as });
    }),
  );
  expect(await shownCount(first.app.database, paperKey)).toBe(50);
});
