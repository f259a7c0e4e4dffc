import { expect, test } from 'vitest';
import { topicKey } from '../feed/topic.ts';
import { dateLanguages } from './date-languages.ts';
import { parseAddress, parseWish, type TypedWish, usualWish } from './parse-wish.ts';
import { findTimeZone, timeZones } from './time-zones.ts';
import { typeWish } from './type-wish.ts';

const typed = (changes: Partial<TypedWish> = {}) => ({
  ...usualWish({ timeZone: 'UTC', digestHour: 8 }),
  ...changes,
});
const keys = (changes: Partial<TypedWish>) => parseWish(typed(changes)).wish?.topics.map(topicKey);

test('an address alone wishes for ten trending papers at eight on each weekday', () => {
  expect(parseWish(usualWish({ timeZone: 'Asia/Tokyo', digestHour: 8 })).wish).toEqual({
    name: undefined,
    cadence: 'weekdays',
    topics: [{ kind: 'trending' }],
    maxPapers: 10,
    hour: 8,
    timeZone: 'Asia/Tokyo',
    language: 'en',
  });
});

test('an address keeps what stands before the @, and its domain in lower case', () => {
  expect(parseAddress(' Ada+Papers@Example.ORG ').email).toBe('Ada+Papers@example.org');
  for (const wrong of [
    ...['', 'ada', 'ada@', 'a b@example.org', 'ada@example.org, bob@example.org'],
    ...['ada@example..org', 'ada@.example.org', 'ada@example.org.'],
  ]) {
    expect(parseAddress(wrong).problem).toContain('not an e-mail address');
  }
});

test('topics of all fields become one list without repetition', () => {
  const changes = {
    topics: ['list', 'category:cs.LG'],
    categories: 'cs.lg; quant-ph, math.st',
    authors: 'Ada Lovelace\r\n\n LOVELACE, Ada \nÉva Tardos',
    searches: [
      { query: ' layer  normalization ', by: 'meaning' },
      { query: '', by: 'words' },
    ],
  };
  expect(keys(changes)).toEqual([
    'list',
    'category:cs.LG',
    'category:quant-ph',
    'category:math.ST',
    'author:ada-lovelace',
    'author:eva-tardos',
    'search:meaning:layer normalization',
  ]);
});

test('what is saved is typed into the form again', () => {
  const { wish } = parseWish(
    typed({
      topics: ['trending', 'category:cs.LG'],
      categories: 'quant-ph',
      authors: 'Ludwig van Beethoven\nÉva Tardos',
      searches: [{ query: 'a: b', by: 'either' }],
    }),
  );
  const topics = (wish?.topics ?? []).map((topic) => ({ topic, isPaused: false }));
  const saved = { ...wish, topics } as unknown as Parameters<typeof typeWish>[0];
  const again = typeWish(saved, ['cs.LG']);
  expect(again).toMatchObject({ topics: ['trending', 'category:cs.LG'], categories: 'quant-ph' });
  expect(parseWish(again).wish).toEqual(wish);
});

test.each([
  [{ cadence: 'hourly' }, 'cadence'],
  [{ topics: [] }, 'topics'],
  [{ topics: ['nonsense'] }, 'topics'],
  [{ categories: 'cooking' }, 'categories'],
  [{ authors: '—' }, 'authors'],
  [{ searches: [{ query: 'x', by: 'luck' }] }, 'searches'],
  [{ searches: [{ query: 'x'.repeat(301), by: 'words' }] }, 'searches'],
  [{ authors: Array.from({ length: 31 }, (_, n) => `Ada ${n}`).join('\n') }, 'topics'],
  [{ papers: '0' }, 'papers'],
  [{ papers: '101' }, 'papers'],
  [{ papers: 'ten' }, 'papers'],
  [{ hour: '24' }, 'hour'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ timeZone: '+02:00' }, 'timeZone'],
  [{ language: 'tlh' }, 'language'],
] satisfies [Partial<TypedWish>, string][])('%j is told beside its field', (changes, field) => {
  expect(Object.keys(parseWish(typed(changes)).problems ?? {})).toEqual([field]);
});

test('a digest that only alerts fill needs no topics', () => {
  expect(parseWish(typed({ topics: [] }), { mayBeEmpty: true }).wish?.topics).toEqual([]);
});

test('time zones and languages are those that Intl knows, by any name of a zone', () => {
  expect(timeZones()).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin']));
  expect(timeZones()).toContain(findTimeZone('Asia/Kolkata'));
  expect(findTimeZone('europe/berlin')).toBe('Europe/Berlin');
  expect(dateLanguages()).toContainEqual({ tag: 'de', name: 'German' });
  expect(dateLanguages().length).toBeGreaterThan(30);
});
