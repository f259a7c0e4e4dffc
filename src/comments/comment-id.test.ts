import { expect, test } from 'vitest';
import { firstIdAt, isCommentId, newCommentId } from './comment-id.ts';

const AT = Date.parse('2026-05-06T10:00:00.007Z');

test('ids sort in the order in which they were made, also within a millisecond', () => {
  const ids = [AT, AT, AT, AT + 1, AT + 999, AT + 60_000].map(newCommentId);
  expect(ids.every(isCommentId)).toBe(true);
  expect([...ids].sort()).toEqual(ids);
});

test('a moment divides the ids before it from those of it and after', () => {
  expect(newCommentId(AT - 1) < firstIdAt(AT)).toBe(true);
  expect(newCommentId(AT) > firstIdAt(AT)).toBe(true);
});

test('an id begins as those of Hugging Face do, with the seconds', () => {
  expect(Number.parseInt(newCommentId(AT).slice(0, 8), 16)).toBe(Math.floor(AT / 1_000));
});
