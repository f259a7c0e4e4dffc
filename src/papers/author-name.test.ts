import { expect, test } from 'vitest';
import { authorKey, authorOfName, parseAuthorList, splitAuthorName } from './author-name.ts';

test.each([
  ['Ada Lovelace', { given: 'Ada', family: 'Lovelace' }],
  ['Ludwig van Beethoven', { given: 'Ludwig', family: 'van Beethoven' }],
  ['Martin Luther King Jr.', { given: 'Martin Luther', family: 'King', suffix: 'Jr.' }],
  ['Turing, Alan M.', { given: 'Alan M.', family: 'Turing' }],
  ['Plato', { family: 'Plato' }],
  ['王 小明', { given: '王', family: '小明' }],
])('%s is split', (name, parts) => {
  expect(splitAuthorName(name)).toEqual(parts);
});

test('TeX in a name becomes letters', () => {
  expect(authorOfName('Kurt G\\"odel')).toEqual({
    name: 'Kurt Gödel',
    given: 'Kurt',
    family: 'Gödel',
  });
  expect(authorOfName('  ')).toBeUndefined();
});

test('a key is the same for accents, case, order with a comma and points', () => {
  expect(authorKey('Kurt Gödel')).toBe('kurt-godel');
  expect(authorKey('Gödel, Kurt')).toBe('kurt-godel');
  expect(authorKey('J. R. Oppenheimer')).toBe('j-r-oppenheimer');
  expect(authorKey('Øyvind Straße')).toBe('oyvind-strasse');
  expect(authorKey(authorKey('Ludwig van Beethoven'))).toBe(authorKey('Ludwig van Beethoven'));
  expect(authorKey('?!')).toBe('unknown');
});

test('a list in one string gives authors with their affiliations', () => {
  expect(
    parseAuthorList('A. Author (Some Institute), B. Writer and C. Third').map((a) => a.name),
  ).toEqual(['A. Author', 'B. Writer', 'C. Third']);
  expect(parseAuthorList('A. Author (MIT), B. Writer')[0]?.affiliations).toEqual(['MIT']);
  expect(parseAuthorList('Sammy Davis, Jr., Dean Martin').map((a) => a.name)).toEqual([
    'Sammy Davis, Jr.',
    'Dean Martin',
  ]);
});
