import { expect, test } from 'vitest';
import { parseTopic, topicKey } from './topic.ts';

test('a topic is one text and is read back from it', () => {
  for (const key of [
    'trending',
    'list',
    'category:cs.LG',
    'category:quant-ph',
    'author:ada-lovelace',
    'search:either:layer normalization',
    'search:words:"exact phrase" cat:cs.LG -gan: x',
    'search:meaning:graphs',
  ]) {
    expect(topicKey(parseTopic(key))).toBe(key);
  }
  expect(parseTopic(' author: Ada  Lovelace ')).toEqual({ kind: 'author', author: 'ada-lovelace' });
  expect(parseTopic('category:CS.lg')).toEqual({ kind: 'category', category: 'cs.LG' });
  expect(parseTopic('search:words: two \n words ')).toMatchObject({ query: 'two words' });
});

test('what is no topic is refused with what would be one', () => {
  for (const text of [
    '',
    'Trending',
    'category:',
    'category:cs LG',
    'category:cooking',
    'author: ',
    'search:layer norm',
    'search:both:layer norm',
    'search:words: ',
    `search:words:${'x'.repeat(301)}`,
    'constructor:x',
  ]) {
    expect(() => parseTopic(text)).toThrow(/is no topic: name trending, list, a category/);
  }
});
