import { expect, test } from 'vitest';
import { openMailServer } from '../../tests/mail-server.ts';
import { join, type Someone } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { openApp } from '../app.ts';
import { setupCode } from '../people/first-administrator.ts';
import { loadSavedSettings } from '../settings/saved-settings.ts';

const PATH = '/admin/first-run';

/** Every field of the form as an administrator may fill it in. */
const FORM = {
  name: 'The Morning Paper',
  community: 'quantum',
  contact: 'ada@example.org',
  categories: ['quant-ph', 'cs.IT'],
  'other-categories': 'hep-th, math-ph',
  reading: 'everyone',
  joining: 'domain',
  'joining-domains': 'example.org, lab.example.org',
  'new-role': 'member',
  approval: 'first',
  rules: '- Be **kind**.\r\n- Look at <b>this</b>.',
  'smtp-url': '',
  'mail-from': 'The Morning Paper <paper@example.org>',
  'time-zone': 'Europe/Berlin',
  'digest-hour': '6',
  'arxiv-poll-at': '15 0,12 * * 1-5',
};

async function withAdministrator(settings: Record<string, string> = {}) {
  const server = await openTestServer(settings);
  return { server, ada: await join(server, { role: 'administrator' }) };
}

async function save(server: TestServer, as: Someone, form: Record<string, string | string[]>) {
  return server.send('POST', PATH, { as, form });
}

/** What a process that starts now works by. */
async function configAfterStart({ app }: TestServer) {
  const started = await openApp(app.config, { log: app.log, announce: () => {} });
  await started.close();
  return started.config;
}

function savedBy({ app }: TestServer) {
  return loadSavedSettings(app.database.read);
}

/** The text beside a field that says what is wrong with it. */
function problemOf(html: string, field: string): string | undefined {
  return new RegExp(`id="${field}-problem"[^>]*>([^<]*)<`).exec(html)?.[1];
}

test('the code leads to the page, which nobody but administrators sees', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  expect((await server.send('GET', PATH, { as: ada })).status).toBe(403);
  const code = setupCode(server.app.secret());
  const answer = await server.send('POST', '/setup', { as: ada, form: { code } });
  expect(answer.headers.get('location')).toBe(`${PATH}?welcome`);
  const page = await server.send('GET', `${PATH}?welcome`, { as: ada });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('You are the administrator of Broadsheet.');
  expect((await server.get(PATH)).status).toBe(303);
  for (const path of [PATH, `${PATH}/mail`]) {
    const moderator = await join(server, { role: 'moderator' });
    expect((await server.send('POST', path, { as: moderator, form: FORM })).status).toBe(403);
  }
});

test('what is filled in is saved, and holds for every process that starts after it', async () => {
  const { server, ada } = await withAdministrator();
  const before = await server.app.database.currentChange();
  const answer = await save(server, ada, FORM);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PATH}?saved`]);
  expect(await server.app.database.currentChange()).toBeGreaterThan(before);
  expect(await configAfterStart(server)).toMatchObject({
    name: 'The Morning Paper',
    contact: 'ada@example.org',
    categories: ['quant-ph', 'cs.IT', 'hep-th', 'math-ph'],
    timeZone: 'Europe/Berlin',
    digestHour: 6,
    people: {
      community: 'quantum',
      joining: 'domain',
      joiningDomains: ['example.org', 'lab.example.org'],
      approval: 'first',
      rules: '- Be **kind**.\n- Look at <b>this</b>.',
    },
    mail: { from: { name: 'The Morning Paper', address: 'paper@example.org' } },
    arxiv: { pollAt: '15 0,12 * * 1-5' },
  });
  // The default is nothing to be kept.
  expect(Object.keys(await savedBy(server))).not.toContain('BROADSHEET_READING');
  const log = await server.app.database.read
    .selectFrom('audit_log')
    .select(['action', 'actor_id'])
    .where('action', '=', 'settings changed')
    .execute();
  expect(log).toEqual([{ action: 'settings changed', actor_id: ada.person.id }]);
});

test('what is emptied has its default again, and what a form does not hold stays', async () => {
  const { server, ada } = await withAdministrator();
  await save(server, ada, FORM);
  await save(server, ada, { name: '  ', community: 'research' });
  const saved = await savedBy(server);
  expect(saved.BROADSHEET_NAME).toBeUndefined();
  expect(saved.BROADSHEET_COMMUNITY).toBeUndefined();
  expect(saved.BROADSHEET_TIME_ZONE).toBe('Europe/Berlin');
});

test('what is wrong is said beside its field, nothing is lost and nothing saved', async () => {
  const { server, ada } = await withAdministrator();
  const answer = await save(server, ada, {
    ...FORM,
    'other-categories': 'cs.LG nonsense.XY',
    'joining-domains': '',
    'mail-from': 'nobody',
    'smtp-url': 'https://user:hush@mail.example.org',
    'arxiv-poll-at': 'at noon',
  });
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(problemOf(html, 'categories')).toContain('“nonsense.XY”, which is no category');
  expect(problemOf(html, 'joining-domains')).toContain('is missing');
  expect(problemOf(html, 'mail-from')).toContain('must be such as Broadsheet');
  expect(problemOf(html, 'smtp-url')).toContain('must be an address such as smtps://');
  expect(problemOf(html, 'arxiv-poll-at')).toContain('must be a cron line');
  expect(html).toContain('5 fields need another look');
  expect(html).toContain('value="The Morning Paper"');
  expect(html).toMatch(/value="quant-ph" checked/);
  expect(html).not.toContain('hush');
  expect(await savedBy(server)).toEqual({});
});

test('the environment wins, is shown as fixed, and cannot be saved over', async () => {
  const { server, ada } = await withAdministrator({
    BROADSHEET_NAME: 'By environment',
    BROADSHEET_SMTP_URL: 'smtp://me:hush@mail.example.org',
  });
  const html = await (await server.send('GET', PATH, { as: ada })).text();
  expect(html).toContain('set by <code>BROADSHEET_NAME</code> in the environment');
  expect(html).toContain('smtp://me:…@mail.example.org');
  expect(html).not.toContain('hush');
  expect(html).not.toMatch(/<input[^>]*name="(?:name|smtp-url)"/);
  expect((await save(server, ada, FORM)).status).toBe(303);
  expect(await savedBy(server)).not.toHaveProperty('BROADSHEET_NAME');
  expect((await configAfterStart(server)).name).toBe('By environment');
});

test('a password is kept when its field comes back as it was shown, and is never shown', async () => {
  const { server, ada } = await withAdministrator();
  await save(server, ada, { 'smtp-url': 'smtps://me:hush@mail.example.org' });
  const html = await (await server.send('GET', PATH, { as: ada })).text();
  expect(html).not.toContain('hush');
  const [, shown = ''] = /name="smtp-url" value="([^"]*)"/.exec(html) ?? [];
  await save(server, ada, { name: 'Another', 'smtp-url': shown });
  expect((await savedBy(server)).BROADSHEET_SMTP_URL).toBe('smtps://me:hush@mail.example.org');
  const other = await save(server, ada, { 'smtp-url': shown.replace('mail.', 'other.') });
  expect(problemOf(await other.text(), 'smtp-url')).toContain('write the password again');
  expect((await savedBy(server)).BROADSHEET_SMTP_URL).toContain('@mail.example.org');
});

test('a test mail goes by what stands in the form, and says what the server said', async () => {
  const { server, ada } = await withAdministrator();
  const mail = await openMailServer();
  const send = async (form: Record<string, string>) =>
    (await server.send('POST', `${PATH}/mail`, { as: ada, form })).text();
  const sent = await send({ name: 'Unsaved & typed', 'smtp-url': mail.url });
  expect(sent).toContain(`has taken a test for ${ada.person.email}`);
  expect(sent).toContain('value="Unsaved &amp; typed"');
  const received = await mail.nth(1);
  expect(received.subject).toBe('A test of Unsaved & typed');
  expect(received.to).toMatchObject({ value: [{ address: ada.person.email }] });
  expect(await send({ 'smtp-url': 'smtp://127.0.0.1:1' })).toMatch(
    /role="alert">The mail server 127\.0\.0\.1:1 cannot be reached/,
  );
  expect(await send({ 'smtp-url': '' })).toContain('There is no mail server yet.');
  expect(problemOf(await send({ 'smtp-url': 'ftp://x' }), 'smtp-url')).toContain('must be');
  expect(await savedBy(server)).toEqual({});
});

test('the page about the instance has its rules, its people and no markup of theirs', async () => {
  const server = await openTestServer({
    BROADSHEET_NAME: 'The Morning Paper',
    BROADSHEET_COMMUNITY: 'quantum',
    BROADSHEET_CONTACT: 'ada@example.org',
    BROADSHEET_RULES: '- Be **kind**.\\n- Look at <b>this</b>.',
    BROADSHEET_JOINING: 'domain',
    BROADSHEET_JOINING_DOMAINS: 'a.example.org b.example.org',
  });
  await join(server, { role: 'editor', handle: 'grace' });
  const html = await (await server.get('/about')).text();
  expect(html).toContain('<h1>About The Morning Paper</h1>');
  expect(html).toContain('chosen by the quantum community');
  expect(html).toContain('<strong>kind</strong>');
  expect(html).toContain('Look at &lt;b&gt;this&lt;/b&gt;');
  expect(html).toContain('an address at a.example.org and b.example.org');
  expect(html).toContain('href="mailto:ada@example.org"');
  expect(html).toContain('made by The person grace');
  expect(html).toContain('<math');
  for (const path of ['/about', '/about/search', '/about/sources', '/about/roles']) {
    const page = await (await server.get(path)).text();
    expect([path, page.includes(`href="${path}" aria-current="page"`)]).toEqual([path, true]);
  }
});

test('without rules of its own the page has those that suit most', async () => {
  const { server, ada } = await withAdministrator();
  const form = await (await server.send('GET', PATH, { as: ada })).text();
  const [, shown = ''] = /<textarea id="rules"[^>]*>\s*([^<]*)</.exec(form) ?? [];
  expect(shown).toContain('**Speak of the work.**');
  await save(server, ada, { rules: shown });
  expect(await savedBy(server)).toEqual({});
  expect(await (await server.get('/about')).text()).toContain(
    '<strong>Speak of the work.</strong>',
  );
});
