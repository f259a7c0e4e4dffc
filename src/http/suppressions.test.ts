import { expect, test } from 'vitest';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { join } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { noteMailEvent } from '../digests/mail-events.ts';
import { isSuppressed, suppress } from '../digests/suppressions.ts';
import { tidyMailEvents } from '../digests/tidy-mail-events.ts';

const PATH = '/admin/mail/suppressions';

test('an administrator sees, finds, adds and lifts suppressions; what is no address is given back', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const as = await join(server, { role: 'administrator' });
  const show = async (query = '') => (await server.send('GET', `${PATH}${query}`, { as })).text();
  expect(await show()).toContain('No address is suppressed.');
  const wrong = await server.send('POST', PATH, { as, form: { email: 'ada', why: 'She <asked>' } });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toMatch(/value="ada"[^>]*aria-invalid[\s\S]*value="She &lt;asked/);
  const form = { email: 'Ada@Example.org', why: 'She asked' };
  expect((await server.send('POST', PATH, { as, form })).headers.get('location')).toBe(
    `${PATH}?done=suppressed`,
  );
  await database.transact(async (tx) => {
    for (let number = 0; number < 51; number++) {
      const email = `p${number}@example.com`;
      await suppress(tx, { email, reason: 'hard bounce', detail: '550 <b>no</b>' });
    }
  });
  const first = await show('?q=EXAMPLE.com');
  expect(first.match(/hard|there is no such mailbox/g)).toHaveLength(50);
  expect(first).toContain('550 &lt;b&gt;no');
  const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') as string;
  const second = await show(next.slice(PATH.length));
  expect(second.match(/there is no such mailbox/g)).toHaveLength(1);
  expect(await show('?q=ada%40')).toContain('ada@example.org');
  const lift = { key: 'ada@example.org', q: 'ada@' };
  const lifted = await server.send('POST', `${PATH}/lift`, { as, form: lift });
  expect(lifted.headers.get('location')).toBe(`${PATH}?q=ada%40&done=lifted`);
  expect(await show('?q=ada%40')).toContain('No suppressed address has “ada@” in it.');
  expect((await isSuppressed(database.read, ['ada@example.org'])).size).toBe(0);
});

test('what is known of mail to somebody is theirs to take away, and goes with the account but for a hash', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  const someone = await join(server, { handle: 'ada' });
  const email = 'Ada@example.org';
  const id = await addSubscription(database, { person_id: someone.person.id, email });
  const deliveryId = await addDelivery(database, { subscription_id: id, email });
  const detail = '550 5.1.1 <ada@example.org>: no such user';
  await database.transact((tx) =>
    noteMailEvent(tx, { kind: 'hard bounce', deliveryId, source: 'mail', detail }),
  );
  const data = await server.send('GET', '/settings/data.json', { as: someone });
  const { mail } = (await data.json()) as { mail: unknown };
  expect(mail).toMatchObject([
    { email: 'ada@example.org', suppressed: 'hard bounce', detail },
    { email: 'ada@example.org', event: 'hard bounce', detail },
  ]);
  const form = { handle: 'ada', comments: 'tombstones' };
  const gone = await server.send('POST', '/settings/delete', { as: someone, form });
  expect(gone.status).toBe(303);
  const rows = {
    mail_events: await database.read.selectFrom('mail_events').selectAll().execute(),
    suppressions: await database.read.selectFrom('suppressions').selectAll().execute(),
  };
  expect(JSON.stringify(rows)).not.toMatch(/ada@/i);
  expect(rows).toMatchObject({
    mail_events: [],
    suppressions: [{ email: expect.stringMatching(/^sha256:/), reason: 'hard bounce', detail: '' }],
  });
  expect((await isSuppressed(database.read, [email, 'grace@example.org'])).size).toBe(1);

  const as = await join(server, { role: 'administrator' });
  const page = await (await server.send('GET', PATH, { as })).text();
  expect(page).toContain('An address of an account that was deleted');
  await server.send('POST', `${PATH}/lift`, { as, form: { key: email, q: '' } });
  expect((await isSuppressed(database.read, [email])).size).toBe(0);
});

test('events of long ago go, and suppressions that were lifted', async () => {
  const server = await openTestServer();
  const { database } = server.app;
  await database.transact(async (tx) => {
    const event = { kind: 'soft bounce', source: 'mail', detail: '' } as const;
    await noteMailEvent(tx, { ...event, email: 'a@example.org', sourceId: '1' });
    await suppress(tx, { email: 'b@example.org', reason: 'by hand', detail: '' });
    await suppress(tx, { email: 'c@example.org', reason: 'by hand', detail: '' });
    await tx
      .updateTable('suppressions')
      .set({ lifted_at: '2025-01-01T00:00:00.000Z' })
      .where('email', '=', 'c@example.org')
      .execute();
  });
  const kept = async () => [
    (await database.read.selectFrom('mail_events').select('email').execute()).length,
    (await database.read.selectFrom('suppressions').select('email').execute()).length,
  ];
  await tidyMailEvents(database);
  expect(await kept()).toEqual([1, 1]);
  await tidyMailEvents(database, Date.now() + 401 * 86_400_000);
  expect(await kept()).toEqual([0, 1]);
});
