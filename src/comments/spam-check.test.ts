import { expect, test } from 'vitest';
import { checkLinks, checkSpam, type WritingFacts } from './spam-check.ts';

const LONG = 'What a remarkable proof, and so short that one can keep it in mind.';
const facts = (changes: Partial<WritingFacts> = {}): WritingFacts => ({
  raw: LONG,
  isNewAccount: false,
  sinceLastMs: undefined,
  isRepeated: undefined,
  isCopied: false,
  ...changes,
});
const links = (count: number) => 'see https://example.org '.repeat(count);

test.each([
  ['a first comment', {}, 'ok'],
  ['a comment five seconds after the last', { sinceLastMs: 5_000 }, 'ok'],
  ['a comment less than five seconds after the last', { sinceLastMs: 4_999 }, 'refuse'],
  ['a comment that a skewed clock puts before the last', { sinceLastMs: -1 }, 'refuse'],
  ['the same long text again elsewhere', { isRepeated: 'elsewhere' }, 'refuse'],
  ['the same short text again elsewhere', { raw: 'Thanks!', isRepeated: 'elsewhere' }, 'ok'],
  ['the same short text again here', { raw: 'Thanks!', isRepeated: 'here' }, 'refuse'],
  ['a long text of somebody else', { isCopied: true }, 'hold'],
  ['a short text of somebody else', { raw: 'Great work, thank you!', isCopied: true }, 'ok'],
  ['three links by a new account', { raw: links(3), isNewAccount: true }, 'ok'],
  ['four links by a new account', { raw: links(4), isNewAccount: true }, 'hold'],
  ['forty links by an old account', { raw: links(40) }, 'ok'],
] satisfies [string, Partial<WritingFacts>, string][])('%s: %o gives %s', (_, changes, result) => {
  expect(checkSpam(facts(changes)).result).toBe(result);
});

test('whoever was too quick hears how long to wait', () => {
  expect(checkSpam(facts({ sinceLastMs: 1_200 }))).toMatchObject({ retryAfterMs: 3_800 });
});

test('a change of a comment is checked for links only', () => {
  expect(checkLinks({ raw: links(4), isNewAccount: true }).result).toBe('hold');
  expect(checkLinks({ raw: LONG, isNewAccount: true }).result).toBe('ok');
});
