import { afterEach, expect, test, vi } from 'vitest';
import { comment, NO_APPROVAL, paperToDiscuss, shownCount } from '../../tests/comments.ts';
import { record, save } from '../../tests/fixtures.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { now, toInstant } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { findPerson, type Person } from '../people/person.ts';
import { readerOf } from './comment.ts';
import { deleteComment, editComment } from './comment-store.ts';
import { findComment, loadVersions } from './find-comment.ts';
import {
  approveComment,
  hideComment,
  lockComments,
  showComment,
  unlockComments,
} from './moderate-comments.ts';

const HOUR_MS = 3_600_000;

afterEach(() => void vi.useRealTimers());

async function open() {
  const database = await openTestDatabase();
  const paperKey = await paperToDiscuss(database);
  // Editors are free of the checks for spam, which have tests of their own.
  const [ada, alan] = await Promise.all([
    createPerson(database, { role: 'editor', handle: 'ada' }),
    createPerson(database, { role: 'editor', handle: 'alan' }),
  ]);
  return { database, paperKey, ada, alan };
}

const edit = (database: Database, person: Person, id: string, raw: string) =>
  database.transact((tx) => editComment(tx, { id, person, raw, rules: NO_APPROVAL }));
const remove = (database: Database, person: Person, id: string) =>
  database.transact((tx) => deleteComment(tx, { id, person }));

function getRow(database: Database, id: string) {
  return database.read
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

test('a comment is kept as it was written, rendered, and counted', async () => {
  const { database, paperKey, ada, alan } = await open();
  const { id, state } = await comment(database, ada, { paperKey, raw: 'So $x^2$ **it is**. \n ' });
  expect(state).toBe('visible');
  const row = await getRow(database, id);
  expect(row.raw).toBe('So $x^2$ **it is**.');
  expect(row.html).toContain('<strong>it is</strong>');
  expect(row.html).toContain('<math');
  await comment(database, alan, { paperKey, parentId: id, raw: 'No.' });
  expect(await shownCount(database, paperKey)).toBe(2);
});

test('a comment moves the change number, and its paper to it', async () => {
  const { database, paperKey, ada } = await open();
  const before = await database.currentChange();
  await comment(database, ada, { paperKey, raw: 'One.' });
  const after = await database.currentChange();
  expect(after).toBeGreaterThan(before);
  const paper = await database.read
    .selectFrom('papers')
    .select('change')
    .where('key', '=', paperKey)
    .executeTakeFirstOrThrow();
  expect(paper.change).toBe(after);
});

test.each([
  ['nothing', ''],
  ['white space', ' \n\t '],
  ['what cannot be seen', '\u200b\u0000\ufeff'],
  ['65,537 characters', 'x'.repeat(65_537)],
])('%s is no comment', async (_, raw) => {
  const { database, paperKey, ada } = await open();
  await expect(comment(database, ada, { paperKey, raw })).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(await shownCount(database, paperKey)).toBe(0);
});

test('65,536 characters are a comment; zero bytes and half characters are cleaned away', async () => {
  const { database, paperKey, ada } = await open();
  const long = await comment(database, ada, { paperKey, raw: `${'x'.repeat(65_536)}\n` });
  expect((await getRow(database, long.id)).raw).toHaveLength(65_536);
  const unclean = await comment(database, ada, { paperKey, raw: 'a\u0000b\ud800c\r\nd' });
  expect((await getRow(database, unclean.id)).raw).toBe('ab\ufffdc\nd');
});

test('one answers a comment of the same paper that is still there', async () => {
  const { database, paperKey, ada, alan } = await open();
  const elsewhere = await paperToDiscuss(database, '2510.00002');
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  const answer = (parentId: string, key = paperKey) =>
    comment(database, alan, { paperKey: key, parentId, raw: 'Two.' });
  await expect(answer(id, elsewhere)).rejects.toMatchObject({ code: 'not-found' });
  await expect(answer('0'.repeat(24))).rejects.toMatchObject({ code: 'not-found' });
  await remove(database, ada, id);
  await expect(answer(id)).rejects.toThrow('was deleted');
  const hidden = await comment(database, ada, { paperKey, raw: 'Three.' });
  await database.transact((tx) => hideComment(tx, { id: hidden.id, by: alan.id, reason: 'Spam' }));
  await expect(answer(hidden.id)).rejects.toThrow('was hidden');
  await expect(answer(id, 999)).rejects.toMatchObject({ code: 'not-found' });
});

test('every former text of an edited comment is kept', async () => {
  const { database, paperKey, ada } = await open();
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  await edit(database, ada, id, 'Two.');
  await edit(database, ada, id, 'Two. ');
  await edit(database, ada, id, 'Three.');
  const row = await getRow(database, id);
  expect(row).toMatchObject({ raw: 'Three.', edits: 2 });
  expect(row.edited_at).not.toBeNull();
  const versions = await loadVersions(database.read, id);
  expect(versions.map(({ raw, editor }) => [raw, editor])).toEqual([
    ['One.', ada.name],
    ['Two.', ada.name],
  ]);
  expect(versions[0]?.writtenAt).toBe(row.created_at);
});

test('nobody edits or deletes what is somebody else’s, moderators neither', async () => {
  const { database, paperKey, ada } = await open();
  const moderator = await createPerson(database, { role: 'moderator' });
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  await expect(edit(database, moderator, id, 'x')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(remove(database, moderator, id)).rejects.toMatchObject({ code: 'forbidden' });
  expect((await getRow(database, id)).raw).toBe('One.');
});

test('a deleted comment leaves nothing but its place, and is deleted once', async () => {
  const { database, paperKey, ada } = await open();
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  await edit(database, ada, id, 'Two.');
  await remove(database, ada, id);
  await remove(database, ada, id);
  expect(await getRow(database, id)).toMatchObject({
    raw: '',
    html: '',
    state: 'deleted',
    edits: 0,
  });
  expect(await loadVersions(database.read, id)).toEqual([]);
  expect(await shownCount(database, paperKey)).toBe(0);
  await expect(edit(database, ada, id, 'Three.')).rejects.toMatchObject({ code: 'conflict' });
});

test('a locked discussion takes nothing but from moderators, until it is open again', async () => {
  const { database, paperKey, ada } = await open();
  const moderator = await createPerson(database, { role: 'moderator' });
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  const lock = () => database.transact((tx) => lockComments(tx, paperKey));
  expect([await lock(), await lock()]).toEqual([true, false]);
  await expect(comment(database, ada, { paperKey, raw: 'Two.' })).rejects.toThrow('locked');
  await expect(edit(database, ada, id, 'Two.')).rejects.toThrow('locked');
  await comment(database, moderator, { paperKey, raw: 'Calm down.' });
  await remove(database, ada, id);
  expect(await database.transact((tx) => unlockComments(tx, paperKey))).toBe(true);
  await comment(database, ada, { paperKey, raw: 'Two.' });
  expect(await shownCount(database, paperKey)).toBe(2);
});

test('moderators hide and show, and the count follows', async () => {
  const { database, paperKey, ada, alan } = await open();
  const { id } = await comment(database, ada, { paperKey, raw: 'One.' });
  const hide = () =>
    database.transact((tx) => hideComment(tx, { id, by: alan.id, reason: 'Off-Topic' }));
  expect(await hide()).toEqual({ paperKey, authorId: ada.id, before: 'visible' });
  expect(await hide()).toBeUndefined();
  expect(await shownCount(database, paperKey)).toBe(0);
  expect(await findComment(database.read, id, undefined)).toBeUndefined();
  expect(await findComment(database.read, id, readerOf(ada))).toMatchObject({ raw: 'One.' });
  await database.transact((tx) => showComment(tx, { id }));
  expect(await shownCount(database, paperKey)).toBe(1);
  await remove(database, ada, id);
  await expect(hide()).rejects.toMatchObject({ code: 'conflict' });
});

test('where first comments wait, one is let through and the next need no more', async () => {
  const { database, paperKey, alan } = await open();
  const newcomer = await createPerson(database);
  const rules = { approval: 'first', newAccountHours: 24 } as const;
  const { id, state } = await comment(database, newcomer, { paperKey, raw: 'Hello.', rules });
  expect(state).toBe('pending');
  expect(await shownCount(database, paperKey)).toBe(0);
  expect(await findComment(database.read, id, readerOf(alan))).toBeUndefined();
  expect(await findComment(database.read, id, readerOf(newcomer))).toBeDefined();
  const answer = { paperKey, parentId: id, raw: 'Hm.', rules };
  await expect(comment(database, alan, answer)).rejects.toMatchObject({ code: 'not-found' });
  await database.transact((tx) => approveComment(tx, { id }));
  expect(await shownCount(database, paperKey)).toBe(1);
  const trusted = (await findPerson(database.read, newcomer.id, now())) as Person;
  expect(trusted.isTrusted).toBe(true);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  const next = await comment(database, trusted, { paperKey, raw: 'Again.', rules });
  expect(next.state).toBe('visible');
});

test('spam is refused or waits for a moderator', async () => {
  const { database, paperKey } = await open();
  const member = await createPerson(database);
  const newcomer = await createPerson(database, {
    joinedAt: toInstant(Date.now() - HOUR_MS) as string,
  });
  const raw = 'A text that is long enough to be somebody’s own and nobody else’s.';
  const say = (person: Person, text: string) => comment(database, person, { paperKey, raw: text });
  await say(member, raw);
  await expect(say(member, 'Something else.')).rejects.toMatchObject({
    code: 'too-many',
    retryAfterS: 5,
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  await expect(say(member, raw)).rejects.toMatchObject({ code: 'conflict' });
  expect((await say(newcomer, raw)).state).toBe('pending');
  vi.setSystemTime(Date.now() + 10_000);
  const links = 'Buy at https://example.com! '.repeat(4);
  expect((await say(newcomer, links)).state).toBe('pending');
  vi.setSystemTime(Date.now() + 10_000);
  const { id, state } = await say(newcomer, 'Nothing to see here.');
  expect(state).toBe('visible');
  await edit(database, newcomer, id, links);
  expect((await getRow(database, id)).state).toBe('pending');
  vi.setSystemTime(Date.now() + 25 * HOUR_MS);
  expect((await say(member, raw)).state).toBe('visible');
});

test('when two papers turn out to be one, their comments stand together', async () => {
  const { database, ada } = await open();
  const title = 'One Work Under Two Names';
  const [first] = await save(database, record('2510.00005', { title }));
  const paperKey = first?.key as number;
  const [second] = await save(
    database,
    record('doi:10.1000/x', { title: 'Another', source: 'publisher' }),
  );
  await comment(database, ada, { paperKey, raw: 'One.' });
  await comment(database, ada, { paperKey: second?.key as number, raw: 'Two.' });
  await save(database, record('2510.00005', { title, doi: '10.1000/x' }));
  await save(database, record('doi:10.1000/x', { title, source: 'publisher' }));
  const rows = await database.read
    .selectFrom('comments')
    .innerJoin('papers', 'papers.key', 'comments.paper_key')
    .select(['papers.id', 'papers.comments', 'comments.raw'])
    .orderBy('comments.id')
    .execute();
  expect(rows.map(({ id, comments, raw }) => [id, comments, raw])).toEqual([
    ['2510.00005', 2, 'One.'],
    ['2510.00005', 2, 'Two.'],
  ]);
});
