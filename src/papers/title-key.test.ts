import { expect, test } from 'vitest';
import { resemblance, titleKey } from './title-key.ts';

test('case, accents, spaces, punctuation and TeX make no other title', () => {
  const key = titleKey('Naïve Bayes: an L₁ view');
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  expect(titleKey('Na\\"{\\i}ve  Bayes -- an\n L1 view')).toBe(key);
  expect(titleKey('Naive Bayes, a L1 view')).not.toBe(key);
});

test('titles without letters are told apart', () => {
  expect(titleKey('???')).not.toBe(titleKey('!!!'));
  expect(titleKey('量子')).not.toBe(titleKey('機械'));
});

test('resemblance is the share of common words', () => {
  expect(resemblance('a b c', 'A, b; c')).toBe(1);
  expect(resemblance('a b', 'b c')).toBeCloseTo(1 / 3);
  expect(resemblance('', 'a')).toBe(0);
});
