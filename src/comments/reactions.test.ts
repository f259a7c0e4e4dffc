import { expect, test } from 'vitest';
import { comment, paperToDiscuss } from '../../tests/comments.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import type { Person } from '../people/person.ts';
import { deleteComment } from './comment-store.ts';
import { loadReactionsOf, parseReaction, REACTIONS, react } from './reactions.ts';

async function open() {
  const database = await openTestDatabase();
  const paperKey = await paperToDiscuss(database);
  const [ada, alan] = await Promise.all([createPerson(database), createPerson(database)]);
  const { id: commentId } = await comment(database, ada, { paperKey, raw: 'One.' });
  const turn = (person: Person, text: string, which: 'on' | 'off' | 'other' = 'on') =>
    database.transact((tx) =>
      react(tx, { commentId, person, reaction: parseReaction(text), turn: which }),
    );
  const liked = async () =>
    (
      await database.read
        .selectFrom('comments')
        .select('liked')
        .where('id', '=', commentId)
        .executeTakeFirstOrThrow()
    ).liked;
  return { database, paperKey, ada, alan, commentId, turn, liked };
}

test('there are twelve reactions; a heart is one with and without its sign for a picture', () => {
  expect(REACTIONS).toHaveLength(12);
  expect(parseReaction('\u2764')).toBe('❤️');
  expect(() => parseReaction('🍕')).toThrow('one of 🔥');
  expect(() => parseReaction('constructor')).toThrow('one of 🔥');
});

test('liked counts people, not reactions, and nobody who is sad', async () => {
  const { turn, ada, alan, liked } = await open();
  await turn(ada, '🔥');
  await turn(ada, '🔥');
  await turn(ada, '🚀');
  expect(await liked()).toBe(1);
  await turn(alan, '😔');
  expect(await liked()).toBe(1);
  await turn(alan, '🧠');
  expect(await liked()).toBe(2);
  await turn(ada, '🔥', 'off');
  await turn(ada, '🔥', 'off');
  expect(await liked()).toBe(2);
  await turn(ada, '🚀', 'off');
  expect(await liked()).toBe(1);
});

test('the same button puts a reaction there and takes it away', async () => {
  const { database, paperKey, turn, ada, commentId } = await open();
  await turn(ada, '👍', 'other');
  expect(await loadReactionsOf(database.read, ada.id, paperKey)).toEqual({ [commentId]: ['👍'] });
  await turn(ada, '👍', 'other');
  expect(await loadReactionsOf(database.read, ada.id, paperKey)).toEqual({});
});

test('thirty people react at once, and all are counted', async () => {
  const { database, turn, liked } = await open();
  const people = await Promise.all(Array.from({ length: 30 }, () => createPerson(database)));
  await Promise.all(people.map((person) => turn(person, '🔥')));
  expect(await liked()).toBe(30);
  await Promise.all(people.slice(0, 20).map((person) => turn(person, '🔥', 'off')));
  expect(await liked()).toBe(10);
});

test('nobody reacts to what is gone', async () => {
  const { database, turn, ada, alan, commentId, liked } = await open();
  await turn(alan, '🔥');
  await database.transact((tx) => deleteComment(tx, { id: commentId, person: ada }));
  expect(await liked()).toBe(0);
  await expect(turn(alan, '🔥')).rejects.toMatchObject({ code: 'conflict' });
});
