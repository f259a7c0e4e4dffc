import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { readReturnAddress, returnPathOf, unsubscribeAddressOf } from './return-addresses.ts';
import { newId } from './signed-id.ts';

const SECRET = 's'.repeat(32);
// The longest that the setting takes.
const returnAddress = parseConfig({
  BROADSHEET_MAIL_RETURN: 'Twenty.letters-here_@papers.example.org',
}).mail.returnAddress;
const returns = { returnAddress, secret: SECRET };

test('what a bounce or an unsubscribe is about stands in its address, within 64 signs', () => {
  const id = newId();
  const made = [
    [returnPathOf(returns, id), { deliveryId: id }],
    [unsubscribeAddressOf(returns, { subscriptionId: id }), { subscriptionId: id }],
    [unsubscribeAddressOf(returns, { alertId: id }), { alertId: id }],
  ] as const;
  for (const [address = '', about] of made) {
    expect(address.indexOf('@')).toBe(64);
    expect(readReturnAddress(returns, address)).toEqual(about);
    expect(readReturnAddress(returns, address.toUpperCase())).toEqual(about);
  }
});

test('a forged address, or one for another purpose, is about nothing', () => {
  const address = returnPathOf(returns, newId()) as string;
  const forged = [
    address.replace('+b-', '+u-'),
    address.replace('+b-', '+a-'),
    address.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@')),
    address.replace('+b-', '+c-'),
    'twenty.letters-here_+b-abc@papers.example.org',
    returnAddress,
  ];
  for (const one of forged) expect(readReturnAddress(returns, one)).toBeUndefined();
  expect(readReturnAddress({ ...returns, secret: 'o'.repeat(32) }, address)).toBeUndefined();
});

test('without the setting there is no such address', () => {
  const none = { returnAddress: '', secret: SECRET };
  expect(returnPathOf(none, newId())).toBeUndefined();
  expect(unsubscribeAddressOf(none, { alertId: newId() })).toBeUndefined();
  expect(readReturnAddress(none, 'returns+b-abc@papers.example.org')).toBeUndefined();
});

test.each([
  'returns',
  'a-name-of-21-letters_@papers.example.org',
  'returns+x@papers.example.org',
  'returns@localhost',
])('the setting refuses %s', (value) => {
  expect(() => parseConfig({ BROADSHEET_MAIL_RETURN: value })).toThrow(/BROADSHEET_MAIL_RETURN/);
});
