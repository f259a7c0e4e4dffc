import { expect, test } from 'vitest';
import { newId, readSignedId, signId } from './signed-id.ts';

const SECRET = 'x'.repeat(32);

test('a signed id is read back for its purpose only, also in upper case', () => {
  const id = newId();
  expect(id).toMatch(/^[0-9a-z]{20}$/);
  const token = signId(SECRET, 'manage subscription', id);
  expect(readSignedId(SECRET, 'manage subscription', token)).toEqual({ id, isExpired: false });
  expect(readSignedId(SECRET, 'manage subscription', token.toUpperCase())).toMatchObject({ id });
  expect(readSignedId(SECRET, 'end subscription', token)).toBeUndefined();
  expect(readSignedId('y'.repeat(32), 'manage subscription', token)).toBeUndefined();
  for (const wrong of ['', id, `${token}0`, token.slice(1), `${token.slice(0, -1)}g`, 'ä-ö']) {
    expect(readSignedId(SECRET, 'manage subscription', wrong)).toBeUndefined();
  }
});

test('a token that expires says when it has, and its time cannot be changed', () => {
  const at = Date.parse('2025-10-29T12:00:00Z');
  const token = signId(SECRET, 'confirm subscription', 'abc', at);
  expect(readSignedId(SECRET, 'confirm subscription', token, at)).toMatchObject({
    isExpired: false,
  });
  expect(readSignedId(SECRET, 'confirm subscription', token, at + 1_000)).toEqual({
    id: 'abc',
    isExpired: true,
  });
  const [id, , proof] = token.split('-');
  expect(readSignedId(SECRET, 'confirm subscription', `${id}-zzzzzz-${proof}`)).toBeUndefined();
});
