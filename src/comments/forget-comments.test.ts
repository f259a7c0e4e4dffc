import { expect, test } from 'vitest';
import { comment, NO_APPROVAL, paperToDiscuss, shownCount } from '../../tests/comments.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { editComment } from './comment-store.ts';
import { loadVersions } from './find-comment.ts';
import { forgetCommentsOf, forgetMentionsOf } from './forget-comments.ts';
import { exportCommentsOf, listCommentsOf } from './list-comments.ts';
import { loadThread } from './load-thread.ts';
import { hideComment } from './moderate-comments.ts';
import { react } from './reactions.ts';

/** Ada writes, edits, is answered and has one comment hidden; she reacts to Alan, who mentions her. */
async function open() {
  const database = await openTestDatabase();
  const paperKey = await paperToDiscuss(database);
  const ada = await createPerson(database, { role: 'editor', handle: 'ada' });
  const alan = await createPerson(database, { role: 'editor', handle: 'alan' });
  const first = await comment(database, ada, { paperKey, raw: 'Mine, badly put.' });
  const answer = await comment(database, alan, {
    paperKey,
    parentId: first.id,
    raw: 'As @ada says.',
  });
  const hidden = await comment(database, ada, { paperKey, raw: 'Rude.' });
  await database.transact(async (tx) => {
    const rules = NO_APPROVAL;
    await editComment(tx, { id: first.id, person: ada, raw: 'Mine, well put.', rules });
    await hideComment(tx, { id: hidden.id, by: alan.id, reason: 'Abuse' });
    const reaction = { commentId: answer.id, reaction: '🔥', turn: 'on' } as const;
    await react(tx, { ...reaction, person: ada });
  });
  const forget = (how: 'tombstones' | 'anonymous') =>
    database.transact((tx) => forgetCommentsOf(tx, ada, how));
  const thread = async () => {
    const found = await findPaper(database.read, '2510.00001');
    const shown = await loadThread(database.read, found?.paper as Paper, { reader: undefined });
    return shown.comments;
  };
  return { database, paperKey, ada, first, answer, hidden, forget, thread };
}

test('comments of an account that goes become tombstones', async () => {
  const { database, paperKey, first, hidden, forget, thread } = await open();
  await forget('tombstones');
  await forget('tombstones');
  expect(await shownCount(database, paperKey)).toBe(1);
  expect(await loadVersions(database.read, first.id)).toEqual([]);
  const rows = await database.read
    .selectFrom('comments')
    .select(['id', 'raw', 'state', 'author_id'])
    .where('id', 'in', [first.id, hidden.id])
    .execute();
  for (const row of rows) expect(row).toMatchObject({ raw: '', state: 'deleted', author_id: null });
  const [tombstone, answer] = await thread();
  expect(tombstone).toMatchObject({ state: 'deleted', raw: '', author: undefined });
  expect(answer).toMatchObject({ liked: 0, reactions: [] });
});

test('or stay without a name, but for those that nobody could see', async () => {
  const { database, paperKey, first, hidden, forget, thread } = await open();
  await forget('anonymous');
  expect(await shownCount(database, paperKey)).toBe(2);
  expect((await thread())[0]).toMatchObject({
    raw: 'Mine, well put.',
    author: undefined,
    edits: 1,
  });
  expect((await loadVersions(database.read, first.id))[0]?.editor).toBeUndefined();
  const gone = await database.read
    .selectFrom('comments')
    .select('raw')
    .where('id', '=', hidden.id)
    .executeTakeFirst();
  expect(gone?.raw).toBe('');
});

test('who is gone is a link in nobody’s comment any more', async () => {
  const { database, ada, forget, thread } = await open();
  expect((await thread())[1]?.html).toContain('href="/people/ada"');
  await forget('anonymous');
  await database.transact((tx) => tx.deleteFrom('people').where('id', '=', ada.id).execute());
  const html = (await thread())[1]?.html;
  expect(html).toContain('As @ada says.');
  expect(html).not.toContain('/people/ada');
  expect(html).not.toContain(ada.name);
});

test('a mention follows a handle that nobody has any more', async () => {
  const { database, ada, thread } = await open();
  await database.transact(async (tx) => {
    await tx.updateTable('people').set({ handle: 'countess' }).where('id', '=', ada.id).execute();
    await forgetMentionsOf(tx, 'ada');
  });
  expect((await thread())[1]?.html).toBe('<p>As @ada says.</p>\n');
});

test('somebody takes along everything they wrote, former texts and hidden ones too', async () => {
  const { database, ada } = await open();
  const all = [];
  for await (const one of exportCommentsOf(database.read, ada.id)) all.push(one);
  expect(all.map(({ text, state, paper }) => [text, state, paper])).toEqual([
    ['Mine, well put.', 'visible', '2510.00001'],
    ['Rude.', 'hidden', '2510.00001'],
  ]);
  expect(all[0]?.versions.map(({ text }) => text)).toEqual(['Mine, badly put.']);
});

test('a profile lists what all may see, newest first, page by page', async () => {
  const { database, paperKey, ada } = await open();
  for (const raw of ['Two.', 'Three.']) await comment(database, ada, { paperKey, raw });
  const first = await listCommentsOf(database.read, ada.id, { limit: 2 });
  expect(first.items.map(({ raw }) => raw)).toEqual(['Three.', 'Two.']);
  expect(first.hasMore).toBe(true);
  const before = first.items.at(-1)?.id;
  const second = await listCommentsOf(database.read, ada.id, { limit: 2, before });
  expect(second.items.map(({ raw, paperId }) => [raw, paperId])).toEqual([
    ['Mine, well put.', '2510.00001'],
  ]);
  expect(second.hasMore).toBe(false);
});
