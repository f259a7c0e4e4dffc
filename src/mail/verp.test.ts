import { expect, test } from 'vitest';
import { findTag, tagAddress } from './verp.ts';

const RETURNS = 'returns@papers.example.org';

test('a tag is read back, also where the case of the address was folded', () => {
  const address = tagAddress(RETURNS, 'b-abc-123');
  expect(address).toBe('returns+b-abc-123@papers.example.org');
  for (const seen of [address, address.toUpperCase(), ` ${address} `]) {
    expect(findTag(RETURNS, seen)).toBe('b-abc-123');
  }
});

test.each([
  RETURNS,
  'returns+@papers.example.org',
  'other+b-abc@papers.example.org',
  'returns+b-abc@elsewhere.example.org',
  'returns+b-abc@papers.example.org.elsewhere',
  '',
])('%s has no tag of ours', (address) => {
  expect(findTag(RETURNS, address)).toBeUndefined();
});

test('an address that no mail server would take is not made', () => {
  expect(() => tagAddress(RETURNS, 'x'.repeat(57))).toThrow(/too long/);
});
