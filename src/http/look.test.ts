// How a reader wants pages to look, on pages that all readers share; and what browsers need to keep them.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { openTestServer, URL_OF_TESTS } from '../../tests/test-server.ts';

const DAY = '/papers/date/2025-10-29';

async function openDay(settings: Record<string, string> = {}) {
  const server = await openTestServer(settings, '2025-10-30');
  await list(server.app.database, '2025-10-29', [
    { record: record('2510.00001'), votes: 2 },
    { record: record('2510.00002'), votes: 1 },
  ]);
  return server;
}

test('a choice is added to those of before, and leads back to where it was made', async () => {
  const { send } = await openDay();
  const answer = await send('POST', '/look', {
    form: { density: 'compact' },
    headers: { cookie: 'a=b; look=theme:dark', referer: `${URL_OF_TESTS}${DAY}?p=1` },
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`${DAY}?p=1`);
  expect(answer.headers.get('set-cookie')).toBe(
    'look=density:compact.theme:dark; Path=/; SameSite=Lax; Max-Age=31536000; Secure',
  );
});

test.each([{}, { density: 'huge' }, { colour: 'red' }])(
  '%j is nothing that can be chosen',
  async (form) => {
    const { send } = await openDay();
    const answer = await send('POST', '/look', { form });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null]);
  },
);

test('a choice made on a page of somebody else changes nothing', async () => {
  const { send } = await openDay();
  const answer = await send('POST', '/look', {
    form: { theme: 'dark' },
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
  });
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
});

test('without script the style sheet holds what the cookie says, for this reader alone', async () => {
  const { get } = await openDay();
  const plain = await get('/look.css');
  expect(plain.headers.get('cache-control')).toBe('private, no-store');
  const nothingChosen = await plain.text();
  expect(nothingChosen).not.toContain('color-scheme');
  expect(nothingChosen).toContain('.look button[name="density"][value="comfortable"]');
  const cookie = 'look=density:compact.theme:dark.contrast:more.keys:</style>.x';
  const chosen = await (await get('/look.css', { cookie })).text();
  expect(chosen).toContain('color-scheme: dark');
  expect(chosen).toContain('--paper: light-dark(#fff,#000)');
  expect(chosen).toContain('.card');
  expect(chosen).toContain('.look button[name="density"][value="compact"]');
  expect(chosen).toContain('.look button[name="keys"][value="on"]');
  expect(chosen).not.toMatch(/data-|<\/style>/);
});

test('a page is the same whatever its reader has chosen, and its policy allows its one script', async () => {
  const { get } = await openDay();
  const [plain, chosen] = await Promise.all([
    get(DAY),
    get(DAY, { cookie: 'look=density:compact.theme:dark' }),
  ]);
  const html = await plain.text();
  expect(await chosen.text()).toBe(html);
  const scripts = html.match(/<script>/g);
  expect(scripts).toHaveLength(1);
  expect(plain.headers.get('content-security-policy')).toMatch(
    /script-src 'self' 'sha256-[\w+/=]+'/,
  );
  expect(html).toContain('<noscript><link rel="stylesheet" href="/look.css"/></noscript>');
});

test('every choice can be made in a foot of a page, and the keys are told', async () => {
  const { get } = await openDay();
  const html = await (await get('/about/keys')).text();
  for (const [name, value] of [
    ['density', 'reading'],
    ['theme', 'light'],
    ['contrast', 'more'],
    ['keys', 'off'],
  ]) {
    expect(html).toContain(`name="${name}" value="${value}"`);
  }
  expect(html).toContain('<kbd>g</kbd> <kbd>t</kbd>');
});

test('browsers keep pages, and another name of the instance makes another worker', async () => {
  const { get } = await openDay();
  const worker = await get('/sw.js');
  expect(worker.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(worker.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  const source = await worker.text();
  expect(source).toContain('You are offline: this is the page as of {time}.');
  const renamed = await openDay({ BROADSHEET_NAME: 'Ada & Co' });
  const other = await (await renamed.get('/sw.js')).text();
  expect(other).not.toBe(source);
  expect(other).toContain('"titleEnd":" · Ada &amp; Co"');
  expect(await (await get(DAY)).text()).toContain('/assets/offline-');
});

test('where pages are not to be kept, browsers that have some get a worker that forgets them', async () => {
  const { get } = await openDay({ BROADSHEET_READ_OFFLINE: 'false' });
  const source = await (await get('/sw.js')).text();
  expect(source).toContain('registration.unregister()');
  expect(source).not.toContain('SETUP');
  expect(await (await get(DAY)).text()).not.toContain('/assets/offline-');
});

test('the site is described for those who put it on their screen', async () => {
  const { get } = await openDay({ BROADSHEET_NAME: 'Morning papers' });
  const answer = await get('/manifest.webmanifest');
  expect(answer.headers.get('content-type')).toBe('application/manifest+json');
  const manifest = (await answer.json()) as { name: string; icons: { src: string }[] };
  expect(manifest.name).toBe('Morning papers');
  expect((await get(manifest.icons[0]?.src ?? '')).status).toBe(200);
});

test('the scripts of a day page are small, and what they import is there', async () => {
  const { get } = await openDay();
  const html = await (await get(DAY)).text();
  const paths = [...new Set(html.match(/\/assets\/[\w-]+\.js/g))];
  const scripts = await Promise.all(
    paths.map(async (path) => {
      const answer = await get(path, { 'accept-encoding': 'identity' });
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.text();
    }),
  );
  for (const script of scripts) {
    for (const [, imported = ''] of script.matchAll(/\bfrom '([^']+)'/g)) {
      expect(paths).toContain(imported);
    }
  }
  const bytes = scripts.map((script) => gzipSync(script, { level: 9 }).length);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(15_000);
});
