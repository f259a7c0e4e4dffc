import { expect, test } from 'vitest';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { join } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { noteMailEvent } from '../digests/mail-events.ts';

const ISSUE = 'weekdays 2025-10-29';

async function openWithIssue() {
  const server = await openTestServer();
  const { database } = server.app;
  const add = async (email: string, changes: Parameters<typeof addDelivery>[1]) =>
    addDelivery(database, {
      issue: ISSUE,
      email,
      subscription_id: await addSubscription(database, { email }),
      ...changes,
    });
  const ids = {
    sent: await add('sent@a.org', {}),
    uncertain: await add('uncertain@a.org', { is_uncertain: 1 }),
    failed: await add('failed@a.org', { state: 'failed', attempts: 18, problem: 'said no <b>' }),
    waiting: await add('waiting@a.org', { state: 'waiting', attempts: 2, problem: 'try later' }),
    empty: await add('empty@a.org', { state: 'empty' }),
  };
  await addDelivery(database, { issue: 'weekdays 2025-10-28', recipient: 'x', email: 'old@a.org' });
  await addDelivery(database, { issue: 'monthly 2025-09', recipient: 'x', email: 'old@a.org' });
  return { ...server, ids, admin: await join(server, { role: 'administrator' }) };
}

/** The figures of a row, by the labels of its cells. */
function figuresOf(html: string, issue: string): Record<string, string> {
  const row = html.split('<tr>').find((part) => part.includes(`>${issue}</a>`)) ?? '';
  return Object.fromEntries(
    [...row.matchAll(/data-label="([^"]*)">([^<]*)</g)].map(([, label, value]) => [label, value]),
  );
}

test('administrators see how each issue fared, and which mails failed or are uncertain', async () => {
  const { app, get, ids, admin } = await openWithIssue();
  await app.database.transact(async (tx) => {
    const about = { deliveryId: ids.sent, source: 'mail', detail: '' };
    await noteMailEvent(tx, { ...about, kind: 'soft bounce' });
    await noteMailEvent(tx, { ...about, kind: 'complaint' });
    await tx
      .updateTable('subscriptions')
      .set({ state: 'ended', ended_by: 'one-click', changed_at: '2025-11-01T00:00:00.000Z' })
      .where('email', '=', 'uncertain@a.org')
      .execute();
  });
  const page = await get('/admin/mail', { cookie: admin.cookie });
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(figuresOf(html, ISSUE)).toEqual({
    Recipients: '5',
    Waiting: '1',
    Sent: '2',
    Empty: '1',
    Failed: '1',
    Uncertain: '1',
    Suppressed: '0',
    Dropped: '0',
    Left: '1',
    Bounces: '1',
    Complaints: '1',
  });
  expect([...html.matchAll(/issue=[^"]*">([^<]*)</g)].map(([, name]) => name)).toEqual([
    ISSUE,
    'weekdays 2025-10-28',
    'monthly 2025-09',
  ]);
  expect(html).toContain('No mail server is set');
  expect(html).toContain('said no &lt;b&gt;');
  for (const email of ['failed@a.org', 'uncertain@a.org', 'waiting@a.org']) {
    expect(html).toContain(email);
  }
  expect(html).not.toContain('empty@a.org');
  const other = await get('/admin/mail?issue=monthly+2025-09', { cookie: admin.cookie });
  expect(await other.text()).not.toContain('failed@a.org');
});

test('what failed is tried again by hand, one or all of an issue', async () => {
  const { app, send, get, ids, admin } = await openWithIssue();
  const stateOf = (id: string) =>
    app.database.read
      .selectFrom('deliveries')
      .select(['state', 'attempts', 'problem'])
      .where('id', '=', id)
      .executeTakeFirst();
  const answer = await send('POST', '/admin/mail/retry', { as: admin, form: { id: ids.failed } });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin/mail?again=1']);
  expect(await stateOf(ids.failed)).toEqual({ state: 'waiting', attempts: 0, problem: null });
  const again = await send('POST', '/admin/mail/retry', { as: admin, form: { issue: ISSUE } });
  expect(again.headers.get('location')).toBe('/admin/mail?issue=weekdays+2025-10-29&again=0');
  const told = await get('/admin/mail?again=0', { cookie: admin.cookie });
  expect(await told.text()).toContain('It had been sent or tried again already.');
  expect(await stateOf(ids.sent)).toMatchObject({ state: 'sent' });
});

test('the page says since when and why nothing is sent, and through which server, without its password', async () => {
  const server = await openTestServer({
    BROADSHEET_SMTP_URL: 'smtps://me:hunter22@mail.example.org',
  });
  await server.app.database.transact((tx) =>
    tx
      .insertInto('sending_pauses')
      .values({
        name: 'mail server',
        failures: 2,
        problem: 'It cannot be reached.',
        began_at: '2025-10-29T08:00:00.000Z',
        until: '2025-10-29T08:10:00.000Z',
      })
      .execute(),
  );
  const admin = await join(server, { role: 'administrator' });
  const html = await (await server.get('/admin/mail', { cookie: admin.cookie })).text();
  expect(html).toContain('It cannot be reached.');
  expect(html).toContain('mail.example.org');
  expect(html).not.toContain('hunter22');
  const moderator = await join(server, { role: 'moderator' });
  expect((await server.get('/admin/mail', { cookie: moderator.cookie })).status).toBe(403);
});
