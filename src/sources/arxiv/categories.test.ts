import { expect, test } from 'vitest';
import { isCategory, setOfCategory } from './categories.ts';

test.each([
  ['cs.AI', 'cs:cs:AI'],
  ['math.NA', 'math:math:NA'],
  ['stat.ML', 'stat:stat:ML'],
  ['hep-th', 'physics:hep-th'],
  ['quant-ph', 'physics:quant-ph'],
  ['astro-ph.CO', 'physics:astro-ph:CO'],
  ['physics.optics', 'physics:physics:optics'],
  ['cs', 'cs'],
])('%s is the set %s', (category, set) => {
  expect(setOfCategory(category)).toBe(set);
});

test('the classes that authors name are no categories', () => {
  for (const text of ['cs.LG', 'cond-mat.mtrl-sci', 'q-bio.NC', 'chao-dyn']) {
    expect(isCategory(text)).toBe(true);
  }
  for (const text of ['68T45', 'I.2.10', 'cs.', 'foo.LG', '']) expect(isCategory(text)).toBe(false);
});
