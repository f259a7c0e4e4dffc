// A server with a little of everything that a page may show, for tests that look at all pages.
import { now } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { parseWish, usualWish } from '../src/digests/parse-wish.ts';
import { signId } from '../src/digests/signed-id.ts';
import { createSubscription } from '../src/digests/subscription-store.ts';
import { comment, PAPER } from './comments.ts';
import { list, record, save } from './fixtures.ts';
import { createPerson, join, type Someone } from './people.ts';
import { openTestServer, type TestServer } from './test-server.ts';
import { addOutlets } from './whole-outlets.ts';

const DAY = '2025-10-29';

export type WholeWorld = {
  server: TestServer;
  people: Record<'member' | 'editor' | 'moderator' | 'administrator', Someone>;
  /** Identities of what is there, by what it is. */
  names: Record<string, string>;
  /** What people wrote. */
  data: string[];
};

/** A little of everything that a page may show. */
export async function openWholeWorld(): Promise<WholeWorld> {
  const server = await openTestServer({}, DAY);
  const { database } = server.app;
  const [saved, second] = await list(database, DAY, [
    { record: record(PAPER), votes: 1_234 },
    { record: record('2510.00003'), votes: 2 },
  ]);
  const paperKey = saved?.key as number;
  await list(database, '2025-10-28', [{ record: record('2510.00002'), votes: 1 }]);
  await save(database, record('2510.00004'));
  const people = {
    member: await join(server, { handle: 'member' }),
    editor: await join(server, { handle: 'editor', role: 'editor' }),
    moderator: await join(server, { handle: 'moderator', role: 'moderator' }),
    administrator: await join(server, { handle: 'administrator', role: 'administrator' }),
  };
  const { member, editor, moderator, administrator } = people;
  const send = async (path: string, as: Someone, form: Record<string, string | string[]>) => {
    const answer = await server.send('POST', path, { as, form });
    if (answer.status >= 400) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  };

  const loud = await createPerson(database, { handle: 'loud' });
  const first = await comment(database, member.person, { paperKey, raw: 'One.' });
  const reply = await comment(database, editor.person, {
    paperKey,
    parentId: first.id,
    raw: 'Two.',
  });
  const gone = await comment(database, administrator.person, { paperKey, raw: 'Three.' });
  const bad = await comment(database, loud, { paperKey, raw: 'Four.' });
  await send(`/comments/${first.id}/edit`, member, { text: 'One and a half.' });
  await send(`/comments/${first.id}/react`, editor, { reaction: '🔥' });
  await send(`/comments/${gone.id}/delete`, administrator, {});
  await send('/report', editor, { kind: 'comment', id: first.id, reason: 'Other', note: 'Look.' });
  const because = { reason: 'Because.' };
  await send('/moderation/act', moderator, {
    ...{ kind: 'comment', id: bad.id, act: 'hide', as: 'Low Quality' },
    ...because,
  });
  for (const act of ['warn', 'suspend']) {
    const deed = { kind: 'person', id: loud.id, act, until: '2999-01-02', ...because };
    await send('/moderation/act', moderator, deed);
  }
  await send('/moderation/act', moderator, {
    ...{ kind: 'person', id: member.person.id, act: 'warn' },
    ...because,
  });
  const warning = await database.read
    .selectFrom('moderation_log')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  await send('/moderation/undo', moderator, { entry: String(warning.id), ...because });

  await send(`/papers/${PAPER}/vote`, member, { on: '1' });
  await send('/papers/submit', member, { reference: '2510.00004', comment: '' });
  await send('/papers/submit', editor, { reference: '2510.54321', comment: 'Five.' });
  await send('/admin/people/role', administrator, { id: loud.id, role: 'reader', q: '' });
  await send('/settings/tokens', member, { name: 'Token', days: '9', scope: ['read', 'vote'] });
  const invited = await send('/invitations', member, { note: 'Join' });
  const invitation = /\/join\/([\w-]+)/.exec(await invited.text())?.[1] ?? '';
  await send('/invitations', member, { note: 'Never mind' });
  await useInvitation(database, loud.id);
  await addSignInMethods(database, member);
  const digests = await addDigests(server, member);
  const outlets = await addOutlets(server, people, paperKey);
  const submissions = await addSubmissions(database, member, second?.key as number);
  return {
    server,
    people,
    names: {
      ...{ day: DAY, paper: PAPER, other: '2510.00002', invitation },
      ...{ comment: first.id, reply: reply.id, editor: editor.person.id },
      ...digests,
      ...submissions,
      ...outlets,
    },
    data: [
      ...Object.values(people).map(({ person }) => person.name),
      ...[loud.name, 'Token', 'Laptop', 'Join', 'Never mind', 'Look.', 'Because.', 'Come'],
      ...['One.', 'One and a half.', 'Two.', 'Four.', 'Five.', 'Hm', 'My digest', 'Ada Lovelace'],
      ...['cs.LG', 'stat.ML', 'quant-ph', 'loud', 'member', 'editor', 'moderator'],
      ...['The title of', 'My alert', 'My channel', 'My feed', 'Alan Turing', 'owls', 'Why.'],
    ],
  };
}

/** One more that was used, one that was withdrawn and one that is too old. */
async function useInvitation(database: Database, usedBy: string): Promise<void> {
  const of = await database.read.selectFrom('invitations').selectAll().executeTakeFirstOrThrow();
  const copy = (id: string, changes: Partial<typeof of>) => ({
    ...of,
    ...{ id, code_hash: id, used_by: null, used_at: null },
    ...changes,
  });
  await database.transact(async (tx) => {
    await tx
      .insertInto('invitations')
      .values([
        copy('used', { used_by: usedBy, used_at: now() }),
        copy('left', { used_at: now() }),
        copy('withdrawn', { revoked_at: now() }),
        copy('old', { expires_at: '2020-01-01T00:00:00.000Z' }),
      ])
      .execute();
    await tx
      .updateTable('people')
      .set({ invited_by: of.created_by })
      .where('id', '=', usedBy)
      .execute();
  });
}

async function addSignInMethods(database: Database, { person }: Someone): Promise<void> {
  const at = now();
  const passkey = (id: string, name: string | null) => ({
    ...{ id, name, public_key: id, person_id: person.id, credential_id: id, counter: 0 },
    ...{ device_type: 'singleDevice', backed_up: 0, transports: null, created_at: at },
    aaguid: null,
  });
  await database.transact((tx) =>
    tx
      .insertInto('passkeys')
      .values([passkey('named', 'Laptop'), passkey('nameless', null)])
      .execute(),
  );
}

/** Digests in every state, and the links to them. */
async function addDigests(
  { app }: TestServer,
  { person }: Someone,
): Promise<Record<string, string>> {
  const wishOf = (name: string) =>
    parseWish({
      ...usualWish({ timeZone: 'Europe/Berlin', digestHour: 8 }),
      ...{ name, topics: ['trending', 'list'], categories: 'cs.LG', authors: 'Ada Lovelace' },
    }).wish;
  const ids: Record<string, string> = {};
  for (const state of ['active', 'paused', 'ended', 'unconfirmed'] as const) {
    const isConfirmed = state !== 'unconfirmed';
    const email = `${state}@example.org`;
    const wish = wishOf(isConfirmed ? 'My digest' : '');
    if (!wish) throw new Error('the wish is wrong');
    ids[state] = await app.database.transact((tx) =>
      createSubscription(tx, {
        ...(state === 'active' ? {} : { personId: person.id }),
        ...{ email, wish, isConfirmed },
      }),
    );
    if (!isConfirmed) continue;
    await app.database.transact((tx) =>
      tx
        .updateTable('subscriptions')
        .set({ state, ended_by: state === 'ended' ? 'bounce' : null })
        .where('id', '=', ids[state] ?? '')
        .execute(),
    );
  }
  const link = (purpose: Parameters<typeof signId>[1], state: string) =>
    signId(app.secret(), purpose, ids[state] ?? '');
  return {
    digest: ids.paused ?? '',
    endedDigest: ids.ended ?? '',
    unconfirmedDigest: ids.unconfirmed ?? '',
    confirm: link('confirm subscription', 'unconfirmed'),
    manage: link('manage subscription', 'active'),
    manageEnded: link('manage subscription', 'ended'),
    end: link('end subscription', 'active'),
    ended: link('end subscription', 'ended'),
  };
}

/** One in every state. */
async function addSubmissions(
  database: Database,
  { person }: Someone,
  paperKey: number,
): Promise<Record<string, string>> {
  const at = now();
  const submission = (state: 'waiting' | 'listed' | 'refused', key: number | null) => ({
    ...{ id: `submission-${state}`, person_id: person.id, reference: '2510.77777', state },
    ...{ paper_key: key, paper_id: null, day: DAY, comment: 'Five.', links: '{}', media: '[]' },
    ...{ problem: state === 'waiting' ? null : 'Because.', created_at: at, changed_at: at },
  });
  const all = [
    submission('waiting', null),
    submission('listed', paperKey),
    submission('refused', null),
  ];
  await database.transact((tx) => tx.insertInto('submissions').values(all).execute());
  return Object.fromEntries(all.map(({ id, state }) => [state, id]));
}
