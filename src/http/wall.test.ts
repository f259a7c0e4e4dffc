// Every route, as everyone: the answer must be the one that the table of roles gives.
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { list, record } from '../../tests/fixtures.ts';
import { createPerson, join, type Someone, signIn } from '../../tests/people.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import { ROLES, type Role, roleMay } from '../people/roles.ts';
import type { HttpEnv } from './requests.ts';
import { findRule, type Rule, ruledRoutes } from './route-rules.ts';
import { wall } from './wall.ts';

const DAY = '2025-10-29';
const PAPER = '2510.00001';

/** Routes that change something of one person: whom the table lets in may still be the wrong one. */
const OF_ITS_AUTHOR = [
  'GET /comments/:id/edit',
  'POST /comments/:id/edit',
  'POST /comments/:id/delete',
  'PATCH /api/comments/:id',
  'DELETE /api/comments/:id',
  'POST /api/papers/:id/links',
  'GET /papers/:id/links',
  'POST /papers/:id/links',
];

/** Whatever a route needs beside its address to come as far as the act itself. */
const BODIES: Record<string, Record<string, string>> = {
  'POST /papers/:id/vote': { on: '1' },
  'POST /comments/:id/react': { reaction: '👍' },
  'PATCH /api/comments/:id': { comment: 'Changed' },
  'POST /comments/:id/edit': { comment: 'Changed' },
};

type World = { server: TestServer; author: Someone; commentId: string; paperKey: number };

async function openWorld(): Promise<World> {
  const server = await openTestServer({}, DAY);
  const [saved] = await list(server.app.database, DAY, [{ record: record(PAPER), votes: 3 }]);
  const author = await join(server, { handle: 'author' });
  const written = await server.send('POST', `/api/papers/${PAPER}/comment`, {
    as: author,
    json: { comment: 'A comment' },
  });
  const { newMessage } = (await written.json()) as { newMessage: { id: string } };
  return { server, author, commentId: newMessage.id, paperKey: saved?.key as number };
}

/** Routes that answer something, as the router knows them. */
function routesOf(server: TestServer): string[] {
  const routes = server.server.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  return [...new Set(routes)];
}

/** An address that the route answers, about things that are there. */
function addressOf(path: string, { commentId }: World): string {
  return path
    .replace(':month{[0-9-]+\\.xml}', '2025-10.xml')
    .replace(/^(.*\/comments\/):(?:id|commentId)/, `$1${commentId}`)
    .replace(':commentId', commentId)
    .replace(
      /:(id|file|day|key|handle|category|slug|provider|code|reaction|feed)(?:\{[^}]*\})?/g,
      (_, name) => EXAMPLES[name] ?? name,
    );
}

const EXAMPLES: Record<string, string> = {
  id: PAPER,
  day: DAY,
  key: '2025-W44',
  handle: 'author',
  category: 'cs.LG',
  feed: 'day.atom',
  reaction: encodeURIComponent('👍'),
};

test('every route has a rule, and every rule a route', async () => {
  const server = await openTestServer();
  const routes = routesOf(server);
  const without = routes.filter((route) => {
    const [method = '', path = ''] = route.split(' ');
    return findRule(method, path) === undefined;
  });
  expect(without).toEqual([]);
  expect(ruledRoutes().filter((route) => !routes.includes(route))).toEqual([]);
});

test('a route without a rule answers nobody, not even an administrator', async () => {
  const { app, url } = await openTestServer();
  const administrator = await createPerson(app.database, { role: 'administrator' });
  const cookie = await signIn(app, administrator, url);
  const router = new Hono<HttpEnv>();
  router.use(wall(app, () => url));
  router.get('/secret', (c) => c.text('a secret'));
  router.get('/about', (c) => c.text('about'));
  router.onError((error, c) => c.text(error.message, 500));
  const ask = (path: string) => router.request(`${url}${path}`, { headers: { cookie } });
  expect((await ask('/about')).status).toBe(200);
  const refused = await ask('/secret');
  expect([refused.status, await refused.text()]).toEqual([
    500,
    'the route GET /secret has no rule',
  ]);
});

/** A page that asks for an account may show the way to one instead of an error. */
function leadsToSignIn(answer: Response): boolean {
  return answer.status === 303 && (answer.headers.get('location') ?? '').startsWith('/sign-in?');
}

const WHO = ['visitor', ...ROLES, 'another member', 'suspended'] as const;
type Who = (typeof WHO)[number];

function isAllowed(who: Who, rule: Rule): boolean {
  if (rule === 'open') return true;
  if (rule === 'known') return who !== 'visitor';
  if (who === 'visitor') return rule === 'read';
  if (who === 'suspended') return rule === 'read' || rule === 'account';
  return roleMay(who === 'another member' ? 'member' : (who as Role), rule);
}

describe('each route lets in whom the table of roles lets in', () => {
  test.each(WHO)(
    '%s',
    async (who) => {
      const world = await openWorld();
      const { server, author } = world;
      const { database } = server.app;
      const role: Role =
        who === 'another member' || who === 'suspended' || who === 'visitor' ? 'member' : who;
      const wrong: string[] = [];
      let doors = 0;
      for (const route of routesOf(server)) {
        const [method = '', path = ''] = route.split(' ');
        const rule = findRule(method, path) as Rule;
        // Somebody new each time: some routes end the session or the account.
        const person = await createPerson(database, { role });
        if (who === 'suspended') {
          await database.transact((tx) =>
            tx
              .updateTable('people')
              .set({ barred_until: '2999-01-01T00:00:00.000Z', barred_by: 'suspend' })
              .where('id', '=', person.id)
              .execute(),
          );
        }
        await database.transact((tx) => tx.deleteFrom('rate_limits').execute());
        const cookie = await signIn(server.app, person, server.url);
        const answer = await server.send(method, addressOf(path, world), {
          ...(who === 'visitor' ? {} : { as: { cookie } }),
          ...(method === 'GET'
            ? {}
            : path.startsWith('/api/')
              ? { json: BODIES[route] ?? {} }
              : { form: BODIES[route] ?? {} }),
        });
        doors++;
        const isOwned = OF_ITS_AUTHOR.includes(route);
        const status = answer.status;
        if (status >= 500 && status !== 503) wrong.push(`${route}: ${status}`);
        else if (!isAllowed(who, rule)) {
          const expected = who === 'visitor' ? 401 : 403;
          if (status !== expected && !leadsToSignIn(answer))
            wrong.push(`${route} (${rule}): ${status}, not ${expected}`);
        } else if (isOwned) {
          const mayAnyway = roleMay(role, 'moderate') || roleMay(role, 'edit');
          if (!mayAnyway && status !== 403)
            wrong.push(`${route} of ${author.person.handle}: ${status}`);
        } else if (status === 401 || status === 403) {
          if (!(route === 'POST /setup' && status === 403) && !SAYS_401.includes(route)) {
            wrong.push(`${route} (${rule}): ${status}`);
          }
        }
      }
      expect(doors).toBeGreaterThan(50);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

/** Open, and tells whoever is nobody so by themselves. */
const SAYS_401 = [
  'GET /api/auth/passkey/generate-authenticate-options',
  'POST /api/auth/passkey/verify-authentication',
  'GET /api/whoami-v2',
];

test('a body larger than anything that is taken is refused before it is read whole', async () => {
  const server = await openTestServer();
  const someone = await join(server);
  const path = `/api/papers/${PAPER}/comment`;
  const answer = await server.send('POST', path, {
    as: someone,
    json: { comment: 'a'.repeat(1_100_000) },
  });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toMatch(/larger than anything/);
});
