import { expect, it } from 'vitest';
import { widthOf, wrapText } from './wrap-text.ts';

it('breaks lines between words, none wider than told', () => {
  expect(wrapText('one two  three\nfour', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrapText('  ', 9)).toEqual([]);
});

it('counts columns as a terminal does', () => {
  expect(widthOf('Schrödinger')).toBe(11);
  expect(widthOf('Schro\u0308dinger')).toBe(11);
  expect(widthOf('深層学習')).toBe(8);
  expect(widthOf('🚀')).toBe(2);
});

it('breaks a script without spaces anywhere', () => {
  expect(wrapText('深層学習の論文', 8)).toEqual(['深層学習', 'の論文']);
});

it('leaves addresses whole', () => {
  const address = 'https://example.org/a/very/long/address';
  expect(wrapText(`see ${address} there`, 10)).toEqual(['see', address, 'there']);
});
