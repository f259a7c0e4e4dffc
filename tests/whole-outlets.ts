// What tells people of papers, and how it fares: alerts, channels, private feeds, mail and sources, in their states.
import { now } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { makeChannel } from './channels.ts';
import { addDelivery } from './mail-rows.ts';
import type { Someone } from './people.ts';
import type { TestServer } from './test-server.ts';

const DAY = '2025-10-29';

/** Identities of what there is, by what it is. */
export async function addOutlets(
  server: TestServer,
  { member, administrator }: { member: Someone; administrator: Someone },
  paperKey: number,
): Promise<Record<string, string>> {
  const { database } = server.app;
  const send = (path: string, as: Someone, form: Record<string, string>) =>
    server.send('POST', path, { as, form });
  const channel = await addChannels(server, member);
  const alert = await addAlerts(server, member, { channel, paperKey });
  await send('/settings/feeds', member, { name: 'My feed', what: 'day', by: 'either' });
  await send('/settings/feeds', member, { name: 'My feed', what: `alert ${alert}`, votes: '9' });
  await send('/admin/mail/suppressions', administrator, { email: 'x@example.org', why: 'Why.' });
  await addMails(database);
  await addSources(database);
  return { alert, channel, post: 'posted' };
}

async function addChannels({ app }: TestServer, { person }: Someone): Promise<string> {
  const { database } = app;
  const owner = person.id;
  const webhook = { kind: 'webhook', url: 'https://example.org/hook', secret: 'secret' } as const;
  const channel = await makeChannel(app, webhook, {
    ...{ owner, name: 'My channel' },
    topics: [
      { kind: 'author', author: 'ada-lovelace' },
      { kind: 'search', query: 'owls', by: 'words' },
    ],
  });
  const slack = { kind: 'slack', url: 'https://hooks.slack.com/services/x' } as const;
  const paused = await makeChannel(app, slack, { owner, name: 'My channel', trigger: 'votes' });
  await makeChannel(app, slack, { name: 'My channel', trigger: 'votes' });
  const at = now();
  const post = (state: 'posted' | 'failed' | 'empty' | 'waiting', occasion: string) => ({
    ...{ id: state, channel_id: channel, occasion, papers: '["2510.00001","2510.00002"]', state },
    ...{ attempts: 2, replays: state === 'posted' ? 2 : 1, run_at: at, lease_until: null },
    ...{ sent: state === 'waiting' ? null : '{}', status: state === 'waiting' ? null : 200 },
    ...{ problem: state === 'failed' ? 'Because.' : null, created_at: at },
    posted_at: state === 'posted' ? at : null,
  });
  await database.transact(async (tx) => {
    await tx
      .insertInto('channel_posts')
      .values([
        post('posted', `day ${DAY}`),
        post('failed', 'votes 2510.00001'),
        post('empty', 'alert x'),
        post('waiting', 'test'),
      ])
      .execute();
    await tx
      .updateTable('channels')
      .set({ state: 'paused', problem: 'Because.' })
      .where('id', '=', paused)
      .execute();
  });
  return channel;
}

/** One that has found something, and one that is paused. */
async function addAlerts(
  { app, send }: TestServer,
  member: Someone,
  { channel, paperKey }: { channel: string; paperKey: number },
): Promise<string> {
  const { database } = app;
  const make = async (form: Record<string, string>) => {
    const answer = await send('POST', '/settings/alerts/new', { as: member, form });
    const location = answer.headers.get('location') ?? '';
    return /alerts\/(\w+)/.exec(location)?.[1] ?? '';
  };
  const alert = await make({
    ...{ what: 'author', text: 'Ada Lovelace', name: 'My alert' },
    ...{ 'at-once': '1', channel },
  });
  const paused = await make({ what: 'author', text: 'Alan Turing', name: 'My alert' });
  await database.transact(async (tx) => {
    await tx
      .insertInto('alert_matches')
      .values({ alert_id: alert, paper_key: paperKey, day: DAY, matched_at: now() })
      .execute();
    await tx
      .updateTable('alerts')
      .set({ paused_at: now(), looked_at: now() })
      .where('id', '=', paused)
      .execute();
  });
  return alert;
}

async function addMails(database: Database): Promise<void> {
  const issue = `weekdays ${DAY}`;
  const email = 'x@example.org';
  await addDelivery(database, { issue, email, recipient: '1', is_uncertain: 1 });
  const later = { attempts: 2, problem: 'Because.' };
  await addDelivery(database, { issue, email, recipient: '2', state: 'failed', ...later });
  await addDelivery(database, { issue, email, recipient: '3', state: 'waiting', ...later });
  await addDelivery(database, { issue: `alert ${now()}`, email, recipient: '4', alert_id: null });
  const at = now();
  const pause = { name: 'mail server', failures: 1, problem: 'Because.', began_at: at, until: at };
  await database.transact((tx) => tx.insertInto('sending_pauses').values(pause).execute());
}

/** One that failed, and a day that lacks a paper and had one late. */
async function addSources(database: Database): Promise<void> {
  const at = now();
  const entry = (paper_id: string, late_on: string | null) => ({
    ...{ day: DAY, category: 'cs.LG', paper_id, kind: 'new' as const },
    ...{ feed_at: at, harvest_at: null, late_on },
  });
  await database.transact(async (tx) => {
    await tx
      .insertInto('sources')
      .values({
        name: 'arxiv-rss',
        last_run_at: at,
        last_success_at: null,
        problem: 'Because.',
        problem_at: at,
      })
      .execute();
    await tx
      .insertInto('feed_polls')
      .values({
        ...{ day: DAY, category: 'cs.LG', first_at: at, last_at: at },
        polls: 2,
        entries: 2,
      })
      .execute();
    await tx
      .insertInto('announcements')
      .values([entry('2510.00001', null), entry('2510.99999', '2025-10-30')])
      .execute();
  });
}
