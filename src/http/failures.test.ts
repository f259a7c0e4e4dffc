import { expect, test } from 'vitest';
import { join } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { LIMITS, spend } from '../people/limits.ts';

test('who asks for a page that is not there is shown where to look further', async () => {
  const { get } = await openTestServer();
  const page = await (await get('/nothing')).text();
  expect(page).toContain('There is no such page here.');
  expect(page).toContain('<label for="failure-search">');
  expect(page).toContain('To the newest papers');
  expect(page).not.toContain('request id');
  expect(page).not.toContain('Try again');
});

test('who comes too often is told when it works again', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  for (let use = 0; use < LIMITS.download.points; use++) {
    await spend(server.app.database, 'download', ada.person.id);
  }
  const answer = await server.send('GET', '/settings/data.json', { as: ada });
  expect(answer.status).toBe(429);
  const waitS = Number(answer.headers.get('retry-after'));
  const page = await answer.text();
  const opensAt = Date.parse(/<time datetime="([^"]+)"/.exec(page)?.[1] ?? '');
  expect(Math.abs(opensAt - Date.now() - waitS * 1000)).toBeLessThan(60_000);
  expect(page).toContain('<a href="/settings/data.json">Try again</a>');
});

test('who may not is shown the way to another account', async () => {
  const server = await openTestServer();
  const answer = await server.send('GET', '/admin/mail?issue=x', { as: await join(server) });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain(
    `<a href="/sign-in?next=${encodeURIComponent('/admin/mail?issue=x')}">sign in</a>`,
  );
});

test('a page stands also where the database does not answer', async () => {
  const { app, get } = await openTestServer();
  await app.database.close();
  const answer = await get('/papers', { 'x-request-id': 'the-request-of-this-test' });
  expect(answer.headers.get('content-type')).toContain('text/html');
  const page = await answer.text();
  expect(page).toContain('the request id the-request-of-this-test.');
  expect(page).toContain('<header class="site">');
  expect(page).toContain('<a href="/papers">Try again</a>');
});
